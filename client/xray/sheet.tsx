import { memo, type ReactNode, useState } from 'react';
import type { Tint } from '../facts/components.ts';
import type { Box, Drawing, Frame, Wire, WireLook } from './drawing.ts';
import type { Arrow, Lights, Mark } from './lights.ts';
import { pathText } from './path.ts';
import { useArrowKeys } from './use-arrow-keys.ts';
import css from './xray.module.css';

interface SheetProps {
  readonly drawing: Drawing;
  readonly lights: Lights;
  readonly inspected: string | null;
  /** Whether what is lit goes out by itself. */
  readonly fades: boolean;
  readonly onInspect: (id: string) => void;
  readonly onChoose: (id: string) => void;
}

const TINT_CLASS: Readonly<Record<Tint, string | undefined>> = {
  hypercall: css['hypercall'],
  synthetic: css['synthetic'],
  intercept: css['intercept'],
  brand: css['brand'],
  quiet: css['quietTint'],
};

/** The picture: frames lowest, then wires and arrows, boxes over them, the names of messages on top. */
export const Sheet = (props: SheetProps) => {
  const { drawing, lights, inspected, fades, onInspect, onChoose } = props;
  const { width, height, frames, boxes, labels, wires } = drawing;
  const keys = useArrowKeys();
  return (
    <div
      className={`${css['sheet']} ${fades ? css['runs'] : ''}`}
      style={{ width, height }}
      {...keys}
    >
      {frames.map(({ id, x, y, w, h, look }) => (
        <div
          key={id}
          className={`${css['frame']} ${css[look]}`}
          style={{ left: x, top: y, width: w, height: h }}
        />
      ))}
      {labels.map(({ x, y, text }) => (
        <span key={text} className={css['label']} style={{ left: x, top: y }}>
          {text}
        </span>
      ))}
      <svg className={css['lines']} width={width} height={height} role="group" aria-label="Wires">
        <Marker />
        <Wires wires={wires} inspected={inspected} onInspect={onInspect} />
        <Arrows arrows={lights.arrows} />
      </svg>
      {frames.map(frame => (
        <FrameTitle key={frame.id} frame={frame} inspected={inspected} onInspect={onInspect} />
      ))}
      {boxes.map((box, index) => (
        <BoxView
          key={box.id}
          box={box}
          first={index === 0}
          lit={lights.lit.get(box.id) ?? null}
          inspected={box.inspect !== null && box.inspect === inspected}
          onInspect={onInspect}
          onChoose={onChoose}
        />
      ))}
      <Counts wires={wires} onInspect={onInspect} />
      <Tags arrows={lights.arrows} />
    </div>
  );
};

const Marker = () => (
  <defs>
    <marker
      id="arrow-head"
      viewBox="0 0 8 8"
      refX="7"
      refY="4"
      markerWidth="5"
      markerHeight="5"
      orient="auto"
    >
      <path d="M0 0 8 4 0 8z" fill="context-stroke" />
    </marker>
  </defs>
);

const WIRE_CLASS: Readonly<Record<WireLook, string | undefined>> = {
  synthetic: '',
  offered: css['offered'],
  emulated: css['emulated'],
  driver: css['driver'],
};

interface WiresProps extends Pick<Drawing, 'wires'> {
  readonly inspected: string | null;
  readonly onInspect: (id: string) => void;
}

/** Each is drawn as it is, and once more as wide as a finger to be clicked. */
const Wires = memo(({ wires, inspected, onInspect }: WiresProps) => (
  <>
    {wires.map(wire => (
      <path
        key={wire.id}
        className={`${css['wire']} ${WIRE_CLASS[wire.look]} ${wire.inspect !== null && wire.inspect === inspected ? css['chosen'] : ''}`}
        d={pathText(wire.points)}
      />
    ))}
    {wires.map(wire => (
      <WireHold key={wire.id} wire={wire} onInspect={onInspect} />
    ))}
  </>
));

const WireHold = ({ wire, onInspect }: { wire: Wire; onInspect: (id: string) => void }) => {
  const { points, about, inspect } = wire;
  const open = (): void => {
    if (inspect !== null) onInspect(inspect);
  };
  return (
    <path
      className={css['hold']}
      d={pathText(points)}
      role="button"
      tabIndex={-1}
      data-part=""
      aria-label={`Wire: ${about}`}
      onClick={open}
      onKeyDown={event => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        open();
      }}
    >
      <title>{about}</title>
    </path>
  );
};

/** The number that runs along a wire; its wire says the same to those who cannot see it. */
const Counts = memo(({ wires, onInspect }: Omit<WiresProps, 'inspected'>) => (
  <>
    {wires.map(({ id, count, inspect }) =>
      count === undefined ? null : (
        <button
          key={id}
          type="button"
          className={css['count']}
          style={{ left: count.x, top: count.y }}
          tabIndex={-1}
          onClick={() => inspect !== null && onInspect(inspect)}
        >
          {count.text}
        </button>
      ),
    )}
  </>
));

/** How strongly each step of the trail shows, the newest first. */
const AGE_CLASS = [css['newest'], css['first'], css['second'], css['third']];

const Arrows = memo(({ arrows }: Pick<Lights, 'arrows'>) => (
  <>
    {arrows.map(arrow => (
      <path
        key={arrow.key}
        className={`${css['arrow']} ${TINT_CLASS[arrow.tint]} ${AGE_CLASS[arrow.age] ?? css['third']}`}
        d={pathText(arrow.points)}
        pathLength={1}
        markerEnd="url(#arrow-head)"
      />
    ))}
  </>
));

/** The name of the newest message, and of the one before where both can be read. */
const Tags = ({ arrows }: Pick<Lights, 'arrows'>) => {
  const newest = arrows.at(-1);
  const before = arrows.at(-2);
  if (newest === undefined) return null;
  const apart =
    before !== undefined &&
    (Math.abs(before.label.y - newest.label.y) > 22 ||
      Math.abs(before.label.x - newest.label.x) > 230);
  return (
    <>
      {apart && <Tag arrow={before} />}
      <Tag key={newest.key} arrow={newest} />
    </>
  );
};

const Tag = ({ arrow }: { arrow: Arrow }) => (
  <span
    className={`${css['tag']} ${TINT_CLASS[arrow.tint]} ${arrow.age > 0 ? css['before'] : ''}`}
    style={{ left: arrow.label.x, top: arrow.label.y }}
    aria-hidden="true"
  >
    {arrow.text}
  </span>
);

interface FrameTitleProps {
  readonly frame: Frame;
  readonly inspected: string | null;
  readonly onInspect: (id: string) => void;
}

/** Over the wires, on a ground of its own: no line goes through a title. */
const FrameTitle = memo(({ frame, inspected, onInspect }: FrameTitleProps) => {
  const { x, y, w, look, title, note, inspect } = frame;
  return (
    <button
      type="button"
      className={`${css['frameTitle']} ${css[look]}`}
      style={{ left: x + 7, top: y + 5, maxWidth: w - 14 }}
      tabIndex={-1}
      data-part=""
      aria-pressed={inspect !== null && inspect === inspected}
      onClick={() => inspect !== null && onInspect(inspect)}
    >
      <b>{title}</b>
      {note !== '' && <span>{note}</span>}
    </button>
  );
});

interface BoxViewProps {
  readonly box: Box;
  readonly first: boolean;
  readonly lit: Mark | null;
  readonly inspected: boolean;
  readonly onInspect: (id: string) => void;
  readonly onChoose: (id: string) => void;
}

const BoxView = memo(
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
