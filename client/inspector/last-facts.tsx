import type { Fact } from '../../server/protocol/fact.ts';
import { clockTime } from '../format/lab-time.ts';
import { useRecord } from '../state/lab-context.tsx';
import { useMove } from '../state/place.tsx';
import css from './inspector.module.css';
import { Part } from './page.tsx';

/** How many are shown. */
export const LAST = 8;

/** What happened to it last, the newest first. */
export const LastFacts = ({ facts, title }: { facts: readonly Fact[]; title: string }) => {
  const clock = useRecord<'clock'>('clock:lab');
  const move = useMove();
  return (
    <Part title={title}>
      {facts.length === 0 ? (
        <p className={css['about']}>Nothing that this page was sent.</p>
      ) : (
        <ol className={css['chain']}>
          {facts.map(fact => (
            <li key={fact.n}>
              <span className={css['who']}>{clockTime(clock?.calendarStart ?? 0, fact.at)}</span>
              <button
                type="button"
                className={css['link']}
                onClick={() => move({ inspect: `fact:${fact.n}` })}
              >
                {fact.summary}
              </button>
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
};
