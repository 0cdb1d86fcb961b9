import type { Json } from '../../base/json.ts';
import type { OperationResult } from '../../protocol/operation/index.ts';
import type { SimTime } from '../../protocol/time.ts';
import type { ShellLab } from './lab.ts';

/**
 * A computation of the shell: a generator that yields whenever it must wait, and returns its value.
 * Nothing in `powershell/` knows promises or clocks: whoever drives a session (lab/) fulfils each wait
 * and resumes. Ctrl+C is `generator.return()`: every `finally` of the script runs, and nothing else.
 */
export type Steps<T> = Generator<Wait, T, void>;

/** What a computation waits for. The driver sets the answer before it resumes. */
export type Wait = Breath | Submitting | LabMoment | Asking;

/** A slice of work is done: others have their turn. Every loop, statement and pipeline object counts. */
export interface Breath {
  readonly wait: 'breath';
}

/** An operation on its way to the machine; answered once it is durable. */
export interface Submitting {
  readonly wait: 'submit';
  readonly op: string;
  readonly args: Json;
  answer: OperationResult | null;
}

/** Until something is so in the lab, or lab time is up. Looked at after every turn that changed anything. */
export interface LabMoment {
  readonly wait: 'moment';
  readonly until: (lab: ShellLab) => boolean;
  /** Lab time; null waits for ever. */
  readonly deadline: SimTime | null;
}

/** A question to whoever holds the keyboard: Read-Host, -Confirm, a mandatory parameter. */
export interface Asking {
  readonly wait: 'ask';
  readonly prompt: string;
  readonly secret: boolean;
  /** Null when nobody can answer (a script, a remote end, a job). */
  answer: string | null;
}
