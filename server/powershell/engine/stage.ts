import type { Value } from '../value/value.ts';
import type { Sink } from './sink.ts';
import type { Steps } from './steps.ts';

/** One command of a running pipeline. */
export interface Stage {
  /** Binds the command line and does what comes before the first object. */
  begin(): Steps<void>;
  process(input: Value): Steps<void>;
  /** After the last object; without one before it when the command is the first of its pipeline. */
  end(): Steps<void>;
  /** However the pipeline ended: what must be put back is. */
  close(): void;
}

/** How a stage is placed. */
export interface Placing {
  readonly out: Sink;
  /** From 1. */
  readonly position: number;
  readonly expectsInput: boolean;
}
