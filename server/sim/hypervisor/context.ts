import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { Caller, HypercallName, Outcome, OutputOf } from './call.ts';
import type { HvStatusName } from './status.ts';
import { HV_STATUS } from './status.ts';

/** A hypercall under way, after its code, its privilege, its target and its state were found right. */
export interface CallContext {
  readonly turn: Turn;
  readonly by: Caller;
  readonly caller: RecordOf<'partition'>;
  readonly target: RecordOf<'partition'>;
}

export function succeeded<N extends HypercallName>(output: OutputOf<N>, reps = 0): Outcome<N> {
  return { status: HV_STATUS.SUCCESS, output, reps };
}

export function refused<N extends HypercallName>(status: HvStatusName): Outcome<N> {
  return { status: HV_STATUS[status], output: null, reps: 0 };
}
