import type { OperationResult } from '../protocol/operation/index.ts';
import type { CommandId, LabId } from '../protocol/id.ts';
import type { LiveLab, Submit } from './live-lab.ts';
import type { FromLab, ToCompanion } from './port.ts';

/** Answers for the connection of this number are the companion's own. */
export const COMPANION = -1;

/**
 * What lives beside a lab in its thread and is a client of it like any other: its consoles. It reads
 * the records as they are, submits operations, and shows what came of it through the gate.
 */
export interface Companion {
  receive(message: ToCompanion): void;
  /** Records may have changed. */
  settled(): void;
  /** The answer to something it submitted, once that is durable. */
  answered(command: CommandId, result: OperationResult): void;
  /** Came through the gate: what it was computed from is durable. */
  passed(message: Extract<FromLab, { t: 'printed' }>): void;
  /**
   * The lab stands still, perhaps half way through a turn: nothing of it is looked at, and nothing is
   * shown of it, until it is loaded again.
   */
  paused(): void;
  /** The lab was loaded again: whatever was computed before may never have been. */
  reloaded(): void;
  /** Until everything it has to keep is kept; at once when the lab stands still. */
  close(): Promise<void>;
}

/** What a companion has of its lab. */
export interface Companioned {
  readonly lab: LabId;
  /** The lab as it is now; another one after it was loaded again. */
  readonly live: LiveLab;
  submit(submit: Submit): void;
}
