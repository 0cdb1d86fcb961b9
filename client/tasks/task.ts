import type { Fact } from '../../server/protocol/fact.ts';
import type { OperationName } from '../../server/protocol/operation/index.ts';
import { actionText, actorOf, objectOf, refusalOf } from '../facts/action-text.ts';
import type { Seen } from '../state/lab-store.ts';

/** A line of the strip: a job of VMMS, or what somebody did that has none, or none any more. */
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
    /** VMMS forgets a finished job after five minutes; that it was, and whose, stays. */
    | { readonly state: 'over' }
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

/** Operations that VMMS carries out as a job; every other one is done when it is taken. */
const WITH_JOB: ReadonlySet<unknown> = new Set([
  'vm.start',
  'vm.pause',
  'vm.resume',
  'vm.save',
  'vm.reset',
  'vm.turnOff',
  'vm.shutDown',
  'host.start',
  'host.shutDown',
] satisfies readonly OperationName[]);

/** Whose job it was, and when: an action and the job that it opened are of one turn. */
const beginning = (person: string | null, at: number | null | undefined): string =>
  `${person ?? ''} ${at ?? ''}`;

/** What somebody did and has no job: it needed none, or its job is forgotten. */
const ofAction = (fact: Fact, nameOf: (id: string) => string | null): Task | null => {
  const person = actorOf(fact);
  const { op } = fact.data;
  // The clock of the lab shows its own state, and who changed it.
  if (
    fact.kind !== 'action' ||
    person === null ||
    typeof op !== 'string' ||
    op.startsWith('clock.')
  )
    return null;
  return {
    key: `fact:${fact.n}`,
    title: actionText(fact, nameOf),
    person,
    vm: objectOf(fact, 'vm'),
    host: objectOf(fact, 'host'),
    startedAt: fact.at,
    inspect: `fact:${fact.n}`,
    progress: { state: WITH_JOB.has(op) ? 'over' : 'done' },
  };
};

const ACTIONS_SHOWN = 50;

/** Newest first. */
export const tasksOf = (
  jobs: readonly Seen<'job'>[],
  facts: readonly Fact[],
  nameOf: (id: string) => string | null,
): readonly Task[] => {
  const byNumber = new Map(facts.map(fact => [fact.n, fact]));
  const refused = new Set(facts.filter(fact => refusalOf(fact) !== null).map(({ cause }) => cause));
  const known = new Set(jobs.map(({ person, startedAt }) => beginning(person ?? null, startedAt)));
  const actions = facts
    .map(fact => {
      if (refusalOf(fact) !== null) return ofRefusal(fact, byNumber.get(fact.cause ?? 0), nameOf);
      if (refused.has(fact.n) || known.has(beginning(actorOf(fact), fact.at))) return null;
      return ofAction(fact, nameOf);
    })
    .filter(task => task !== null)
    .slice(-ACTIONS_SHOWN);
  return [...jobs.map(ofJob), ...actions].toSorted(
    (a, b) => b.startedAt - a.startedAt || (a.key < b.key ? 1 : -1),
  );
};
