import type { PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';

/** A partition's virtual processors by index. */
export function processorsOf(turn: Turn, partition: PartitionId): RecordOf<'virtual-processor'>[] {
  return turn
    .where('virtual-processor', 'partition', partition)
    .toSorted((a, b) => a.index - b.index);
}

/** It runs only while both suspend bits are clear. */
export function isSuspended(vp: RecordOf<'virtual-processor'>): boolean {
  return vp.explicitSuspend || vp.interceptSuspend;
}
