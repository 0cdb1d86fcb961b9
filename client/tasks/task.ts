import type { Fact } from '../../server/protocol/fact.ts';
import { actionText, actorOf, objectOf, refusalOf } from '../facts/action-text.ts';
import type { Seen } from '../state/lab-store.ts';

/** A line of the strip: a job of VMMS, or what somebody asked for and was refused. */
export interface Task {
  readonly key: string;
  readonly title: string;
  readonly person: string | null;
  readonly vm: string | null;
  readonly host: string | null;
  readonly startedAt: number;
  readonly inspect: string;
  readonly progress:
    | { readonly state: 'running'; readonly percent: number; readonly step: string }
    | { readonly state: 'done' }
    | { readonly state: 'ended'; readonly word: string; readonly error: string };
}

const ofJob = (job: Seen<'job'>): Task => ({
  key: job.id,
  title: job.title ?? '',
  person: job.person ?? null,
  vm: job.vm ?? null,
  host: job.host ?? null,
  startedAt: job.startedAt ?? 0,
  inspect: job.id,
  progress: progressOf(job),
});

const progressOf = ({ state, percent, stepTitle, error }: Seen<'job'>): Task['progress'] => {
  if (state === 'Completed') return { state: 'done' };
  if (state === 'Killed') return { state: 'ended', word: 'cancelled', error: error ?? '' };
  if (state === 'Exception') return { state: 'ended', word: 'failed', error: error ?? '' };
  return { state: 'running', percent: percent ?? 0, step: stepTitle ?? '' };
};

/** What was refused left no job; its fact tells the answer, and the fact before it who asked. */
const ofRefusal = (
  fact: Fact,
  asked: Fact | undefined,
  nameOf: (id: string) => string | null,
): Task | null => {
  const error = refusalOf(fact);
  if (error === null) return null;
  return {
    key: `fact:${fact.n}`,
    title: asked === undefined ? fact.summary : actionText(asked, nameOf),
    person: asked === undefined ? null : actorOf(asked),
    vm: asked === undefined ? null : objectOf(asked, 'vm'),
    host: asked === undefined ? null : objectOf(asked, 'host'),
    startedAt: fact.at,
    inspect: `fact:${fact.n}`,
    progress: { state: 'ended', word: 'refused', error },
  };
};

const REFUSALS_SHOWN = 50;

/** Newest first. */
export const tasksOf = (
  jobs: readonly Seen<'job'>[],
  facts: readonly Fact[],
  nameOf: (id: string) => string | null,
): readonly Task[] => {
  const byNumber = new Map(facts.map(fact => [fact.n, fact]));
  const refusals = facts
    .map(fact => ofRefusal(fact, byNumber.get(fact.cause ?? 0), nameOf))
    .filter(task => task !== null)
    .slice(-REFUSALS_SHOWN);
  return [...jobs.map(ofJob), ...refusals].toSorted(
    (a, b) => b.startedAt - a.startedAt || (a.key < b.key ? 1 : -1),
  );
};
