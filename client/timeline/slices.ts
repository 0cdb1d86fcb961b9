import type { Fact } from '../../server/protocol/fact.ts';
import type { Seen } from '../state/lab-store.ts';

/** A step of a job. */
export interface Step {
  readonly at: number;
  readonly title: string;
}

/** A job of VMMS, from its beginning to its end or to now. */
export interface Slice {
  readonly id: string;
  /** The machine it is about, or its host. */
  readonly owner: string;
  readonly title: string;
  readonly from: number;
  /** Null while it runs. */
  readonly to: number | null;
  readonly percent: number;
  readonly steps: readonly Step[];
  readonly isBad: boolean;
  /** What the inspector shows of it. */
  readonly inspect: string;
}

/**
 * All jobs that are known, in order. VMMS forgets a finished job after five minutes; what its steps left
 * stays, so an older one is put together from those.
 */
export const slicesOf = (
  facts: readonly Fact[],
  jobs: readonly Seen<'job'>[],
): readonly Slice[] => {
  const told = new Map(toldBy(facts).map(slice => [slice.id, slice]));
  for (const job of jobs) told.set(job.id, sliceOf(job, told.get(job.id)?.steps ?? []));
  return [...told.values()].toSorted((a, b) => a.from - b.from);
};

const sliceOf = (job: Seen<'job'>, steps: readonly Step[]): Slice => ({
  id: job.id,
  owner: job.vm ?? job.host ?? '',
  title: job.title ?? '',
  from: job.startedAt ?? 0,
  to: job.endedAt ?? null,
  percent: job.percent ?? 0,
  steps,
  isBad: job.state === 'Exception' || job.state === 'Killed',
  inspect: job.id,
});

interface Told {
  readonly first: Fact;
  readonly steps: Step[];
  last: Fact;
  to: number;
}

const toldBy = (facts: readonly Fact[]): readonly Slice[] => {
  const jobs = new Map<string, Told>();
  const open = new Map<string, Told>();
  for (const fact of facts) {
    const owner = fact.vm ?? fact.host ?? '';
    // What a machine becomes is what its job was for: that ends it.
    if (fact.kind === 'state') {
      const ended = open.get(owner);
      if (ended !== undefined && isLast(ended.last)) ended.to = fact.at;
    }
    const id = fact.data['job'];
    if (fact.kind !== 'step' || typeof id !== 'string') continue;
    const known = jobs.get(id) ?? { first: fact, steps: [], last: fact, to: fact.at };
    known.steps.push({ at: fact.at, title: fact.summary.replace(MACHINE, '') });
    known.last = fact;
    known.to = fact.at;
    jobs.set(id, known);
    open.set(owner, known);
  }
  return [...jobs].map(([id, { first, steps, last, to }]) => ({
    id,
    owner: first.vm ?? first.host ?? '',
    title: procedureTitle(first.data['procedure']),
    from: first.at,
    to,
    percent: 100,
    steps,
    isBad: last.data['failed'] !== undefined,
    inspect: `fact:${first.n}`,
  }));
};

/** Which machine it is stands in front of the line already. */
const MACHINE = / \([^()]*\)$/u;

const isLast = ({ data }: Fact): boolean =>
  data['failed'] !== undefined || data['step'] === data['of'];

/** `start-vm` as `Start vm`: the table of the procedure is all that is left of its name. */
const procedureTitle = (procedure: unknown): string => {
  if (typeof procedure !== 'string' || procedure === '') return 'A job';
  const words = procedure.replaceAll('-', ' ').replace(/ vm$/u, ' virtual machine');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
