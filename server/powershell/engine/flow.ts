import { type ErrorRecord, Terminating } from './error-record.ts';
import type { Value } from '../value/value.ts';

// What leaves a statement by another way than its end. Flow is no error: it carries no stack.

/** break, continue, return and exit on their way to whoever they are meant for. */
export class Flow {
  readonly kind: 'break' | 'continue' | 'return' | 'exit';
  /** In lower case; null for the innermost loop. */
  readonly label: string | null;
  readonly value: Value;

  constructor(kind: Flow['kind'], label: string | null = null, value: Value = null) {
    this.kind = kind;
    this.label = label;
    this.value = value;
  }
}

/** Ends the stages before one: Select-Object -First has what it needs. */
export class StopUpstream {
  readonly stage: object;

  constructor(stage: object) {
    this.stage = stage;
  }
}

/**
 * An error of a later stage on its way through those before it: to them it is only that the pipeline
 * has stopped, so none of their statements takes it. The pipeline throws the error itself again.
 */
export class FailedDownstream {
  readonly pipeline: object;
  /** Which stage of it. */
  readonly stage: number;
  readonly problem: Terminating;

  constructor(pipeline: object, stage: number, problem: Terminating) {
    this.pipeline = pipeline;
    this.stage = stage;
    this.problem = problem;
  }
}

/** Of `throw` and -ErrorAction Stop: ends the whole script, not only its statement. */
export class Thrown extends Terminating {}

/** A limit of the line was reached: no `catch` and no `finally` of the script sees it. */
export class LimitReached extends Terminating {}

export const limitReached = (message: string, id: string): LimitReached =>
  new LimitReached(limitRecord(message, id));

const limitRecord = (message: string, id: string): ErrorRecord => ({
  message,
  id,
  category: 'LimitsExceeded',
  exception: 'System.Management.Automation.PipelineStoppedException',
  activity: '',
  reason: 'PipelineStoppedException',
  target: null,
  command: '',
  place: null,
});

export const depthReached = (): LimitReached =>
  new LimitReached({
    ...limitRecord('The script failed due to call depth overflow.', 'CallDepthOverflow'),
    category: 'InvalidOperation',
    exception: 'System.Management.Automation.ScriptCallDepthException',
    reason: 'ScriptCallDepthException',
  });
