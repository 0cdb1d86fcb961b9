import { useMemo } from 'react';
import facts from '../facts/facts.module.css';
import { timeOfDay } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import { Grid } from '../list/grid.tsx';
import { Face } from '../people/face.tsx';
import { useArrived, useFacts, useNameOf, useRecord, useRecords } from '../state/lab-context.tsx';
import { type Somebody, useSomebody } from '../state/known-people.ts';
import { useMove, usePlace } from '../state/place.tsx';
import { type Task, tasksOf } from './task.ts';
import css from './tasks.module.css';

/** Everyone's tasks, newest first: who did what, how far it is, how it ended. */
export const TasksPanel = () => {
  const jobs = useRecords('job');
  const labFacts = useFacts('lab');
  const arrived = useArrived('lab');
  const somebody = useSomebody();
  const clock = useRecord<'clock'>('clock:lab');
  const { inspect } = usePlace();
  const move = useMove();
  const nameOf = useNameOf();
  const tasks = useMemo(() => tasksOf(jobs, labFacts, nameOf), [jobs, labFacts, nameOf]);
  const columns = useMemo(
    () => taskColumns(somebody, clock?.calendarStart ?? 0),
    [somebody, clock?.calendarStart],
  );
  return (
    <section className={facts['panel']} aria-label="Tasks">
      <div className={`${facts['head']} ${css['head']}`}>
        <h2>Tasks</h2>
        <small>everyone, newest first</small>
      </div>
      <div className={facts['list']}>
        <Grid
          label="Tasks"
          rows={tasks}
          columns={columns}
          keyOf={({ key }) => key}
          selected={inspect}
          onSelect={task => move({ on: task.vm ?? task.host, inspect: task.inspect }, 'replace')}
          onOpen={task => move({ tab: 'xray', on: task.vm ?? task.host, inspect: task.inspect })}
          rowHeight={27}
          empty={arrived && <p>Nobody has started anything yet.</p>}
        />
      </div>
    </section>
  );
};

type FindSomebody = (id: string) => Somebody | null;

const taskColumns = (somebody: FindSomebody, calendarStart: number): readonly Column<Task>[] => [
  {
    id: 'person',
    title: 'Person',
    untitled: true,
    width: '38px',
    cell: ({ person }) => <Who id={person} somebody={somebody} />,
  },
  {
    id: 'title',
    title: 'Task',
    width: 'minmax(120px, 1fr)',
    // The column is narrow, and which machine it is must be seen.
    cell: ({ title }) => <span title={title}>{title.replace('virtual machine ', '')}</span>,
  },
  {
    id: 'progress',
    title: 'Status',
    width: 'minmax(110px, 150px)',
    cell: task => <Progress task={task} />,
  },
  {
    id: 'started',
    title: 'Started',
    width: '84px',
    cell: ({ startedAt }) => (
      <span className={css['quiet']}>{timeOfDay(calendarStart, startedAt)}</span>
    ),
  },
];

const Who = ({ id, somebody }: { id: string | null; somebody: FindSomebody }) => {
  if (id === null) return null;
  const person = somebody(id) ?? { id, name: 'Somebody', online: false };
  return (
    <span className={css['person']}>
      <Face person={person} small />
    </span>
  );
};

const Progress = ({ task: { progress } }: { task: Task }) => {
  if (progress.state === 'done') return <span className={css['done']}>Completed</span>;
  if (progress.state === 'over') {
    return (
      <span
        className={css['quiet']}
        title="VMMS forgets a finished task after five minutes. What it did is in X-ray and the Timeline."
      >
        Over
      </span>
    );
  }
  if (progress.state === 'ended') {
    return (
      <span className={css['failed']} title={progress.error}>
        {progress.word}: {progress.error}
      </span>
    );
  }
  const { percent, step } = progress;
  return (
    <span className={css['progress']} title={step}>
      <span
        className={css['track']}
        role="progressbar"
        aria-label={step}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ width: `${percent}%` }} />
      </span>
      <span className={css['percent']}>{percent}%</span>
    </span>
  );
};
