import { memo } from 'react';
import type { Drawing, Wire, WireLook } from './drawing.ts';
import type { Arrow, Lights } from './lights.ts';
import { pathText } from './path.ts';
import { TINT_CLASS } from './tint-class.ts';
import css from './wire.module.css';

export const Marker = () => (
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
export const Wires = memo(({ wires, inspected, onInspect }: WiresProps) => (
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
export const Counts = memo(({ wires, onInspect }: Omit<WiresProps, 'inspected'>) => (
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

export const Arrows = memo(({ arrows }: Pick<Lights, 'arrows'>) => (
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
export const Tags = ({ arrows }: Pick<Lights, 'arrows'>) => {
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
