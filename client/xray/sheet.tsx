import { memo } from 'react';
import type { Tint } from '../facts/components.ts';
import type { Box, Drawing, Frame, WireLook } from './drawing.ts';
import type { Lights } from './lights.ts';
import { pathText } from './path.ts';
import css from './xray.module.css';

interface SheetProps {
  readonly drawing: Drawing;
  readonly lights: Lights;
  readonly inspected: string | null;
  readonly runs: boolean;
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
  const { drawing, lights, inspected, runs, onInspect, onChoose } = props;
  const { width, height, frames, boxes, labels } = drawing;
  const newest = lights.arrows.at(-1);
  return (
    <div className={`${css['sheet']} ${runs ? css['runs'] : ''}`} style={{ width, height }}>
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
      <svg className={css['lines']} width={width} height={height} aria-hidden="true">
        <Marker />
        <Wires wires={drawing.wires} />
        {lights.arrows.map(arrow => (
          <path
            key={arrow.key}
            className={`${css['arrow']} ${TINT_CLASS[arrow.tint]} ${arrow === newest ? css['newest'] : ''}`}
            d={pathText(arrow.points)}
            markerEnd="url(#arrow-head)"
          />
        ))}
      </svg>
      {frames.map(frame => (
        <FrameTitle key={frame.id} frame={frame} onInspect={onInspect} />
      ))}
      {boxes.map(box => (
        <BoxView
          key={box.id}
          box={box}
          lit={lights.lit.get(box.id) ?? null}
          inspected={box.inspect !== null && box.inspect === inspected}
          onInspect={onInspect}
          onChoose={onChoose}
        />
      ))}
      {newest && (
        <span
          key={newest.key}
          className={`${css['tag']} ${TINT_CLASS[newest.tint]}`}
          style={{ left: newest.label.x, top: newest.label.y }}
          aria-hidden="true"
        >
          {newest.text}
        </span>
      )}
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

const Wires = memo(({ wires }: Pick<Drawing, 'wires'>) =>
  wires.map(({ id, look, points, about }) => (
    <path key={id} className={`${css['wire']} ${WIRE_CLASS[look]}`} d={pathText(points)}>
      {about !== '' && <title>{about}</title>}
    </path>
  )),
);

/** Over the wires, on a ground of its own: no line goes through a title. */
const FrameTitle = memo(
  ({ frame, onInspect }: { frame: Frame; onInspect: (id: string) => void }) => {
    const { x, y, w, look, title, note, inspect } = frame;
    return (
      <button
        type="button"
        className={`${css['frameTitle']} ${css[look]}`}
        style={{ left: x + 7, top: y + 5, maxWidth: w - 14 }}
        onClick={() => inspect !== null && onInspect(inspect)}
      >
        <b>{title}</b>
        {note !== '' && <span>{note}</span>}
      </button>
    );
  },
);

interface BoxViewProps {
  readonly box: Box;
  readonly lit: { readonly n: number; readonly tint: Tint } | null;
  readonly inspected: boolean;
  readonly onInspect: (id: string) => void;
  readonly onChoose: (id: string) => void;
}

const BoxView = memo(({ box, lit, inspected, onInspect, onChoose }: BoxViewProps) => {
  const { x, y, w, h, look, title, lines, inspect, choose, fill } = box;
  const classes = [
    css['box'],
    look === 'plain' ? '' : css[look],
    h <= 30 ? css['low'] : '',
    lit === null ? '' : `${css['lit']} ${TINT_CLASS[lit.tint]}`,
  ];
  const text = [title, ...lines].join(', ');
  return (
    <button
      type="button"
      className={classes.join(' ')}
      style={{ left: x, top: y, width: w, height: h }}
      title={text}
      aria-label={text}
      aria-pressed={inspected}
      onClick={() => {
        if (choose !== undefined) onChoose(choose);
        else if (inspect !== null) onInspect(inspect);
      }}
    >
      <span>{title}</span>
      {lines.map(line => (
        <span key={line}>{line}</span>
      ))}
      {fill !== undefined && (
        <span className={css['fill']}>
          <i style={{ width: `${Math.round(fill * 100)}%` }} />
        </span>
      )}
      {lit !== null && <i key={lit.n} className={css['flash']} />}
    </button>
  );
});
