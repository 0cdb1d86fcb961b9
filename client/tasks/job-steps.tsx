import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import css from '../inspector/inspector.module.css';
import { Part } from '../inspector/page.tsx';
import { readFacts } from '../rest/request.ts';
import { useFacts } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { useToldFacts } from '../state/told-facts.ts';
import { isStepOf, stepsBefore } from './steps-before.ts';

/** What a task did, in its order: the first step first. */
export const JobSteps = ({ job }: { job: Seen<'job'> }) => {
  const move = useMove();
  const steps = useSteps(job);
  if (steps.length === 0) return null;
  return (
    <Part title="Its steps">
      <ol className={css['chain']}>
        {steps.map(({ n, summary }) => (
          <li key={n}>
            <button
              type="button"
              className={css['link']}
              onClick={() => move({ inspect: `fact:${n}` })}
            >
              {summary}
            </button>
          </li>
        ))}
      </ol>
    </Part>
  );
};

const STRETCH = 1_000;

/** A page that came later holds the end of a task only: its beginning is asked for. */
const useSteps = ({ id: job, startedAt = 0 }: Seen<'job'>): readonly Fact[] => {
  const { lab } = usePlace();
  const { scope } = useSelection();
  const facts = useFacts(scope);
  const told = useToldFacts();
  const [older, setOlder] = useState<readonly Fact[]>([]);
  const [oldest] = facts;
  const isCut = oldest !== undefined && oldest.n > 1 && oldest.at >= startedAt;
  // What is held moves on with every fact; it is not asked again for each.
  const stretch = isCut ? Math.ceil(oldest.n / STRETCH) : null;
  const turnNow = useEffectEvent(() => facts.at(-1)?.turn ?? 0);
  useEffect(() => {
    if (stretch === null) return undefined;
    let isWanted = true;
    void stepsBefore(asked => readFacts(lab, { scope, ...asked }), {
      job,
      startedAt,
      oldest: { n: stretch * STRETCH, turn: turnNow() },
    }).then(found => {
      if (!isWanted) return;
      told.put(found);
      setOlder(found);
    });
    return () => {
      isWanted = false;
    };
  }, [lab, scope, job, startedAt, stretch, told]);
  return useMemo(() => {
    const held = facts.filter(fact => isStepOf(fact, job));
    const first = held[0]?.n ?? Infinity;
    return [...older.filter(fact => isStepOf(fact, job) && fact.n < first), ...held];
  }, [facts, older, job]);
};
