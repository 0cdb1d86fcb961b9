import type { PartitionState } from '../../protocol/record/hypervisor.ts';
import type { HypercallName } from './call.ts';

const BALANCE = [
  'HvGetMemoryBalance',
  'HvWithdrawMemory',
  'HvGetNextChildPartition',
] as const satisfies readonly HypercallName[];

/**
 * Which hypercalls a partition accepts as their target, by its state: TLFS 2.0a chapter 5. Withdrawing
 * from an uninitialized partition is in the chapter on pools and not in the table; without it a
 * partition that was never initialized could not be deleted. Initializing twice is in neither.
 */
export const LEGAL_CALLS: {
  readonly [S in PartitionState]:
    | { readonly only: readonly HypercallName[] }
    | { readonly allBut: readonly HypercallName[] };
} = {
  Uninitialized: {
    only: [...BALANCE, 'HvDepositMemory', 'HvInitializePartition', 'HvDeletePartition'],
  },
  Active: { allBut: ['HvDeletePartition', 'HvInitializePartition'] },
  Finalizing: { only: [...BALANCE, 'HvFinalizePartition'] },
  Finalized: { only: [...BALANCE, 'HvDeletePartition'] },
};

export function isLegal(state: PartitionState, call: HypercallName): boolean {
  const row = LEGAL_CALLS[state];
  return 'only' in row ? row.only.includes(call) : !row.allBut.includes(call);
}
