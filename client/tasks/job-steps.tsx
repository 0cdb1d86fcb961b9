import { useMemo } from 'react';
import css from '../inspector/inspector.module.css';
import { Part } from '../inspector/page.tsx';
import { useFacts } from '../state/lab-context.tsx';
import { useMove, useSelection } from '../state/place.tsx';

/** What a task did, in its order: the first step first. */
export const JobSteps = ({ job }: { job: string }) => {
  const { scope } = useSelection();
  const facts = useFacts(scope);
  const move = useMove();
  const steps = useMemo(
    () => facts.filter(({ kind, data }) => kind === 'step' && data['job'] === job),
    [facts, job],
  );
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
