import { useMemo } from 'react';
import { spanText } from '../format/lab-time.ts';
import { useFacts, useLabTime, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, useSelection } from '../state/place.tsx';
import css from './job-card.module.css';

/** The job under way on what is chosen: its steps, the one it is at, who does it. */
export const JobCard = () => {
  const { vm, host } = useSelection();
  const jobs = useRecords('job');
  const job = jobs.findLast(
    ({ state, vm: of, host: on }) => state === 'Running' && (vm ? of === vm.id : on === host?.id),
  );
  return job === undefined ? null : <Card job={job} />;
};

const Card = ({ job }: { job: Seen<'job'> }) => {
  const { scope } = useSelection();
  const facts = useFacts(scope);
  const move = useMove();
  const now = useLabTime(200);
  // Which machine it is stands above the card already.
  const suffix = ` (${job.vmName ?? ''})`;
  const steps = useMemo(
    () => facts.filter(({ kind, data }) => kind === 'step' && data['job'] === job.id),
    [facts, job.id],
  );
  return (
    <section className={css['card']} aria-label="Task under way">
      <h2>
        {job.title}{' '}
        <small>
          step {(job.step ?? 0) + 1} of {job.stepsTotal}
        </small>
      </h2>
      <div className={css['track']} aria-hidden="true">
        <i style={{ width: `${job.percent ?? 0}%` }} />
      </div>
      <ol>
        {steps.slice(-7).map(({ n, summary }, index, shown) => (
          <li key={n} aria-current={index === shown.length - 1 ? 'step' : undefined}>
            <button type="button" className="plain" onClick={() => move({ inspect: `fact:${n}` })}>
              {summary.replace(suffix, '')}
            </button>
          </li>
        ))}
      </ol>
      <p>for {spanText(Math.max(0, Math.floor(now - (job.startedAt ?? now))))} of lab time</p>
    </section>
  );
};
