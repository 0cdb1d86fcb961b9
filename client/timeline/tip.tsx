import { COMPONENTS } from '../facts/components.ts';
import { whoText } from '../facts/fact-columns.tsx';
import { plural } from '../format/amount.ts';
import { clockTime, spanText } from '../format/lab-time.ts';
import type { Hit } from './layout.ts';
import type { Scene } from './stage.ts';
import css from './timeline.module.css';

/** What is under the pointer. */
export const Tip = ({ hit, x, y, scene }: { hit: Hit; x: number; y: number; scene: Scene }) => {
  const said = linesOf(hit, scene);
  if (said === null) return null;
  const side = x > 420 ? { right: `calc(100% - ${x - 12}px)` } : { left: x + 14 };
  const room = y > 200 ? { bottom: `calc(100% - ${y - 8}px)` } : { top: y + 16 };
  return (
    <div className={css['tip']} style={{ ...side, ...room }} aria-hidden="true">
      <strong>{said.title}</strong>
      {said.lines.map(line => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
};

const linesOf = (
  hit: Hit,
  { textOf, calendarStart }: Scene,
): { title: string; lines: readonly string[] } | null => {
  if (hit.on === 'fact') {
    const { fact, others } = hit;
    return {
      title: textOf(fact),
      lines: [
        `${clockTime(calendarStart, fact.at)} · ${fact.kind === 'action' ? COMPONENTS.person.name : whoText(fact)}`,
        ...(others > 0 ? [`and ${plural(others, 'more', 'more')} here`] : []),
      ],
    };
  }
  if (hit.on === 'slice') {
    const { title, from, to, percent } = hit.slice;
    const took = to === null ? `${percent} %` : `took ${spanText(to - from)} of lab time`;
    const step = hit.step === null ? [] : [hit.step.title];
    return { title, lines: [...step, `${clockTime(calendarStart, from)} · ${took}`] };
  }
  return hit.on === 'ruler'
    ? { title: 'Drag to look at the past', lines: ['for you alone'] }
    : null;
};
