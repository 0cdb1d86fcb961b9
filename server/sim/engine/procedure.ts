import { assert, must } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import type { Component } from '../../protocol/fact.ts';
import type { HostId, JobId, PersonId, VmId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Duration } from '../../protocol/time.ts';
import { minutes, ticks } from '../../protocol/time.ts';
import type { Handler } from './handler.ts';
import { handler } from './handler.ts';
import type { Message } from './message.ts';
import type { Turn } from './turn.ts';

// A procedure is a table of steps. From the table come a job's progress, the chain of facts that
// explains it, what turning it round undoes, and the places where a fault can stand.

export type Job = RecordOf<'job'>;

export interface Step {
  /** Who does it. */
  readonly component: Component;
  /** What a person reads while it runs. */
  readonly title: string;
  /** How long it takes after `run`; `told` waits for `tell`, whatever time that takes. */
  readonly duration: Duration | ((turn: Turn, job: Job) => Duration) | 'told';
  /** Does the step's work at its beginning, or says why it cannot be done. */
  readonly run: (turn: Turn, job: Job) => Result<null, Refusal>;
  /** Of a step that waits: for how long, and what follows when nobody has told it by then. */
  readonly patience?: {
    readonly span: Duration;
    readonly over: (turn: Turn, job: Job) => Result<null, Refusal>;
  };
  /** Takes back what `run` did, also when it was done only in part. */
  readonly undo?: (turn: Turn, job: Job) => void;
}

export interface Procedure {
  readonly name: string;
  readonly steps: readonly Step[];
  /** After the last step. */
  readonly done: (turn: Turn, job: Job) => void;
  /** After a step said no, or somebody ended the procedure; what was done is undone by then. */
  readonly failed: (turn: Turn, job: Job, fault: Refusal) => void;
}

export interface NewJob {
  readonly host: HostId;
  readonly vm: VmId | null;
  readonly vmName: string | null;
  readonly title: string;
  readonly person: PersonId | null;
  readonly args?: Job['args'];
}

type JobMessage =
  | { readonly type: 'RunStep'; readonly step: number }
  | { readonly type: 'StepDone'; readonly step: number }
  | { readonly type: 'PatienceOver'; readonly step: number }
  | { readonly type: 'Cancel'; readonly fault: Refusal }
  | { readonly type: 'Forget' };

// CIM_ConcreteJob.TimeBeforeRemoval: a finished job stays visible for five minutes (recalled).
const KEPT = minutes(5);

const AT_ONCE = ticks(0);

/** Opens a job. Its first step runs in the turn after this one, at the same lab time. */
export function begin(turn: Turn, procedure: Procedure, job: NewJob): JobId {
  const { nextJob, name } = turn.must('host', job.host);
  turn.patch('host', job.host, { nextJob: nextJob + 1 });
  const id: JobId = `job:${name}/${nextJob}`;
  turn.insert('job', id, {
    host: job.host,
    vm: job.vm,
    vmName: job.vmName,
    procedure: procedure.name,
    title: job.title,
    state: 'Running',
    percent: 0,
    step: 0,
    stepTitle: must(procedure.steps[0], 'a procedure has steps').title,
    stepsTotal: procedure.steps.length,
    startedAt: turn.now,
    endedAt: null,
    person: job.person,
    error: null,
    args: job.args ?? {},
  });
  turn.send(id, { type: 'RunStep', step: 0 }, AT_ONCE);
  return id;
}

/** Ends the step that a job waits at; a job that is at work does not listen. */
export function tell(turn: Turn, procedure: Procedure, job: Job): void {
  if (job.state !== 'Running' || procedure.steps[job.step]?.duration !== 'told') return;
  turn.send(job.id, { type: 'StepDone', step: job.step }, AT_ONCE);
}

/** Turns a running job round, in a turn of its own: its steps are undone, its procedure fails. */
export function cancelJob(turn: Turn, job: Job, fault: Refusal): void {
  turn.send(job.id, { type: 'Cancel', fault: { ...fault } }, AT_ONCE);
}

/** Ends a job and leaves what it did as it is, for whoever takes it away now, or took it already. */
export function abandonJob(turn: Turn, job: Job, message: string): void {
  if (job.state === 'Running') close(turn, job, 'Killed', message);
}

/** The receiver of all jobs' messages, for the procedures that there are. */
export function jobHandler(procedures: readonly Procedure[]): Handler {
  const byName = new Map(procedures.map(procedure => [procedure.name, procedure]));
  assert(byName.size === procedures.length, 'procedures have different names');
  return handler('job', (turn, job: Job, message: Message & JobMessage) => {
    if (message.type === 'Forget') return turn.remove('job', job.id);
    if (job.state !== 'Running') return;
    const procedure = must(byName.get(job.procedure), `there is a procedure ${job.procedure}`);
    if (message.type === 'Cancel') return turnRound(turn, procedure, job, message.fault);
    if (message.step !== job.step) return;
    if (message.type === 'RunStep') return runStep(turn, procedure, job);
    if (message.type === 'StepDone') return advance(turn, procedure, job);
    const { patience } = procedure.steps[job.step] ?? {};
    const result = must(patience, 'only a step with patience runs out of it').over(turn, job);
    if (result.ok) advance(turn, procedure, job);
    else failStep(turn, procedure, job, result.fault);
  });
}

function runStep(turn: Turn, procedure: Procedure, job: Job): void {
  const step = must(procedure.steps[job.step], 'a job is at a step of its table');
  turn.patch('job', job.id, {
    stepTitle: step.title,
    percent: Math.floor((100 * job.step) / procedure.steps.length),
  });
  turn.fact({
    kind: 'step',
    from: step.component,
    host: job.host,
    vm: job.vm,
    summary: `${step.title}${job.vmName === null ? '' : ` (${job.vmName})`}`,
    data: { job: job.id, procedure: procedure.name, step: job.step + 1, of: job.stepsTotal },
  });
  const result = step.run(turn, job);
  // A step may have ended its own job, e.g. by taking away what it ran on.
  if (job.state !== 'Running') return;
  if (!result.ok) return failStep(turn, procedure, job, result.fault);
  if (step.duration === 'told') {
    if (step.patience === undefined) return;
    return turn.send(job.id, { type: 'PatienceOver', step: job.step }, step.patience.span);
  }
  const span = typeof step.duration === 'function' ? step.duration(turn, job) : step.duration;
  turn.send(job.id, { type: 'StepDone', step: job.step }, span);
}

function advance(turn: Turn, procedure: Procedure, job: Job): void {
  const step = job.step + 1;
  if (step === procedure.steps.length) return complete(turn, procedure, job);
  turn.patch('job', job.id, { step });
  turn.send(job.id, { type: 'RunStep', step }, AT_ONCE);
}

function failStep(turn: Turn, procedure: Procedure, job: Job, fault: Refusal): void {
  turn.fact({
    kind: 'step',
    from: must(procedure.steps[job.step], 'it failed, so it ran').component,
    host: job.host,
    vm: job.vm,
    summary: `${job.stepTitle} failed: ${fault.message}`,
    data: { job: job.id, failed: fault.kind, code: fault.code },
  });
  turnRound(turn, procedure, job, fault);
}

function turnRound(turn: Turn, procedure: Procedure, job: Job, fault: Refusal): void {
  for (let at = job.step; at >= 0; at -= 1) procedure.steps[at]?.undo?.(turn, job);
  close(turn, job, 'Exception', fault.message);
  procedure.failed(turn, job, fault);
}

function complete(turn: Turn, procedure: Procedure, job: Job): void {
  close(turn, job, 'Completed', null);
  procedure.done(turn, job);
}

function close(turn: Turn, job: Job, state: Job['state'], error: string | null): void {
  turn.patch('job', job.id, {
    state,
    error,
    endedAt: turn.now,
    ...(state === 'Completed' ? { percent: 100, stepTitle: 'Completed' } : {}),
  });
  turn.send(job.id, { type: 'Forget' }, KEPT);
}
