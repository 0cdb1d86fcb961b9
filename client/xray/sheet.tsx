import { memo } from 'react';
import { BoxView } from './box-view.tsx';
import type { Drawing, Frame } from './drawing.ts';
import frameCss from './frame.module.css';
import type { Lights } from './lights.ts';
import { useArrowKeys } from './use-arrow-keys.ts';
import wireCss from './wire.module.css';
import { Arrows, Counts, Marker, Tags, Wires } from './wire-view.tsx';
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

/** The picture: frames lowest, then wires and arrows, boxes over them, the names of messages on top. */
export const Sheet = (props: SheetProps) => {
  const { drawing, lights, inspected, fades, onInspect, onChoose } = props;
  const { width, height, frames, boxes, labels, wires } = drawing;
  const keys = useArrowKeys();
  return (
    <div
      className={`${css['sheet']} ${fades ? wireCss['runs'] : ''}`}
      style={{ width, height }}
      {...keys}
    >
      {frames.map(({ id, x, y, w, h, look }) => (
        <div
          key={id}
          className={`${frameCss['frame']} ${frameCss[look]}`}
          style={{ left: x, top: y, width: w, height: h }}
        />
      ))}
      {labels.map(({ x, y, text }) => (
        <span key={text} className={frameCss['label']} style={{ left: x, top: y }}>
          {text}
        </span>
      ))}
      <svg
        className={wireCss['lines']}
        width={width}
        height={height}
        role="group"
        aria-label="Wires"
      >
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
      className={`${frameCss['frameTitle']} ${frameCss[look]}`}
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
