import { memo, type ReactNode, useState } from 'react';
import css from './box.module.css';
import type { Box } from './drawing.ts';
import type { Mark } from './lights.ts';
import { TINT_CLASS } from './tint-class.ts';

interface BoxViewProps {
  readonly box: Box;
  readonly first: boolean;
  readonly lit: Mark | null;
  readonly inspected: boolean;
  readonly onInspect: (id: string) => void;
  readonly onChoose: (id: string) => void;
}

export const BoxView = memo(
  ({ box, first, lit, inspected, onInspect, onChoose }: BoxViewProps) => {
    const { x, y, w, h, look, title, lines, inspect, choose } = box;
    const classes = [
      css['box'],
      look === 'plain' ? '' : css[look],
      h <= 27 || (h <= 30 && box.tight !== true) ? css['low'] : '',
      box.tight === true ? css['tight'] : '',
      lit === null ? '' : `${css[lit.age === 0 ? 'lit' : 'waning']} ${TINT_CLASS[lit.tint]}`,
    ];
    const text = box.about ?? [title, ...lines].join(', ');
    return (
      <button
        type="button"
        className={classes.join(' ')}
        style={{ left: x, top: y, width: w, height: h }}
        title={text}
        aria-label={text}
        aria-pressed={inspected}
        tabIndex={first ? 0 : -1}
        data-part=""
        onClick={() => {
          if (choose !== undefined) onChoose(choose);
          else if (inspect !== null) onInspect(inspect);
        }}
      >
        <span>{title}</span>
        {lines.map(line => (
          <span key={line}>{line}</span>
        ))}
        <Gauges box={box} />
        <Changed rev={box.rev} />
        {lit !== null && <i key={lit.n} className={css['flash']} />}
      </button>
    );
  },
  (before, after) =>
    before.first === after.first &&
    before.inspected === after.inspected &&
    before.lit?.n === after.lit?.n &&
    (before.lit?.age === 0) === (after.lit?.age === 0) &&
    before.onInspect === after.onInspect &&
    before.onChoose === after.onChoose &&
    isSameBox(before.box, after.box),
);

/** A drawing is laid out anew for every number that moved; most of its boxes are as before. */
const isSameBox = (one: Box, other: Box): boolean =>
  one.x === other.x &&
  one.y === other.y &&
  one.w === other.w &&
  one.h === other.h &&
  one.look === other.look &&
  one.title === other.title &&
  one.inspect === other.inspect &&
  one.choose === other.choose &&
  one.about === other.about &&
  one.rev === other.rev &&
  one.tight === other.tight &&
  one.fill === other.fill &&
  isSameList(one.bars ?? NONE, other.bars ?? NONE) &&
  isSameList(one.lines, other.lines);

const NONE: readonly number[] = [];

const isSameList = (one: readonly (string | number)[], other: typeof one): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

const Gauges = ({ box: { fill, bars } }: { box: Box }): ReactNode => (
  <>
    {fill !== undefined && (
      <span className={css['fill']}>
        <i style={{ transform: `scaleX(${Math.round(fill * 100) / 100})` }} />
      </span>
    )}
    {bars !== undefined && (
      <span className={css['bars']}>
        {bars.map((bar, index) => (
          <i key={index} style={{ transform: `scaleY(${Math.round(bar * 100) / 100})` }} />
        ))}
      </span>
    )}
  </>
);

/** A change of the record behind a box flashes once; what was so from the beginning does not. */
const Changed = ({ rev }: { rev: number | undefined }) => {
  const [first] = useState(rev);
  return rev === undefined || rev === first ? null : <i key={rev} className={css['changed']} />;
};
