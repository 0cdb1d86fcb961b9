import { assert } from '../../base/assert.ts';
import type { PartitionId, VmId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { Offer } from '../vmbus/offer.ts';

/** The offers of a generation 1 virtual machine of Server 2012, in the host's order. */
export function offersFor(_turn: Turn, _vm: VmId, _partition: PartitionId): readonly Offer[] {
  assert(false, 'not written yet');
}
