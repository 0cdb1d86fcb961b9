import type { ChannelId, Id, PartitionId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { keyOf } from '../hypervisor/partition-id.ts';

// A bus, its channels, its GPADLs and the guest behind it share the key of their partition.

export type Connection = RecordOf<'vmbus-connection'>;
export type Channel = RecordOf<'vmbus-channel'>;
export type GpadlRecord = RecordOf<'gpadl'>;

export function connectionOf(id: Id): Id<'vmbus-connection'> {
  return `vmbus-connection:${keyOf(id)}`;
}

export function channelOf(id: Id, relId: number): ChannelId {
  return `vmbus-channel:${keyOf(id)}/${relId}`;
}

export function gpadlOf(id: Id, gpadlId: number): Id<'gpadl'> {
  return `gpadl:${keyOf(id)}/${gpadlId}`;
}

export function guestOf(id: Id): Id<'guest'> {
  return `guest:${keyOf(id)}`;
}

export function partitionOf(id: Id): PartitionId {
  return `partition:${keyOf(id)}`;
}

/** Channels of one bus by channel id, which is the order they were offered in. */
export function channelsOf(turn: Turn, connection: Connection): Channel[] {
  const prefix = `vmbus-channel:${keyOf(connection.id)}/`;
  return turn
    .where('vmbus-channel', 'vm', connection.vm)
    .filter(channel => channel.id.startsWith(prefix))
    .toSorted((a, b) => a.relId - b.relId);
}

/** GPADLs of a channel, oldest first. */
export function gpadlsOf(turn: Turn, channel: ChannelId): GpadlRecord[] {
  return turn.where('gpadl', 'channel', channel).toSorted((a, b) => a.gpadlId - b.gpadlId);
}
