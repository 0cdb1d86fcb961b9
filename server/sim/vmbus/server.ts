import { assert } from '../../base/assert.ts';
import type { ChannelId, HostId, Id, PartitionId, VmId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { Offer } from './offer.ts';

export interface BusOwner {
  readonly host: HostId;
  readonly vm: VmId;
  readonly partition: PartitionId;
}

/** The bus of one partition: its connection record, and the SynIC ports of control messages. */
export function createBus(_turn: Turn, _owner: BusOwner): Id<'vmbus-connection'> {
  assert(false, 'not written yet');
}

/** Everything of a partition's bus goes: channels, GPADLs, ports, connections. */
export function destroyBus(_turn: Turn, _partition: PartitionId): void {
  assert(false, 'not written yet');
}

/** Offers a channel; the guest hears of it when it asks, or at once if it has asked already. */
export function offerChannel(_turn: Turn, _partition: PartitionId, _offer: Offer): ChannelId {
  assert(false, 'not written yet');
}

/** Withdraws an offer: hot remove, or a service switched off. */
export function rescindChannel(_turn: Turn, _channel: ChannelId): void {
  assert(false, 'not written yet');
}

/** The guest was reset without unloading its bus: channels fall back to offers nobody has seen. */
export function resetBus(_turn: Turn, _partition: PartitionId): void {
  assert(false, 'not written yet');
}
