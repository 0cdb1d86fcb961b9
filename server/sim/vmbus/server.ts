import { assert } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { ChannelId, HostId, Id, PartitionId, VmId } from '../../protocol/id.ts';
import type { OfferDetails } from '../../protocol/record/vmbus.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypervisorFault } from '../hypervisor/fault.ts';
import type { Channel, Connection } from './bus-id.ts';
import { channelOf, channelsOf, connectionOf } from './bus-id.ts';
import { moveChannel, removeChannel } from './channel-state.ts';
import { FIRST_FREE_PAGE, FIRST_GPADL } from './client-memory.ts';
import { TELL_DEVICE } from './duration.ts';
import type { Offer } from './offer.ts';
import { MONITORED } from './offer.ts';
import { tellGuest } from './post.ts';
import { dropClient, sendOffer } from './server-connection.ts';
import {
  closeInterruptPath,
  closeMessagePath,
  openMessagePath,
  openSignalPath,
} from './synic-path.ts';

// VMBus, root half (vmbusr.sys): a kernel driver of the management OS that keeps one bus for each
// virtual machine. It owns offers, the states of channels and the GPADL tables; it never reads
// what a device says in its rings, and it never talks to two guests on one bus.

export interface BusOwner {
  readonly host: HostId;
  readonly vm: VmId;
  readonly partition: PartitionId;
}

/** One event flag a channel, flag 0 unused. */
const CHANNELS_MAX = 2047;

/** 4 groups of 32 triggers. */
const MONITORS_MAX = 128;

/** Connection ids of channels: the channel id and, from bit 12 on, the SINT. */
const CHANNEL_CONNECTION = 2 << 12;

/**
 * The bus of one partition: its connection record, and the SynIC ports of control messages. Its
 * virtual processors must be there, for messages have a target.
 */
export function createBus(
  turn: Turn,
  owner: BusOwner,
): Result<Id<'vmbus-connection'>, HypervisorFault> {
  const id = connectionOf(owner.partition);
  const connection = turn.insert('vmbus-connection', id, {
    host: owner.host,
    vm: owner.vm,
    partition: owner.partition,
    state: 'Disconnected',
    version: null,
    offersSent: false,
    nextRelId: 1,
    nextConnectionId: CHANNEL_CONNECTION + 1,
    clientState: 'Idle',
    nextGpadlId: FIRST_GPADL,
    controlMessages: 0,
    offersRequested: false,
    proposals: [],
    nextPage: FIRST_FREE_PAGE,
    paused: false,
    held: [],
    unposted: [],
    monitorPending: [],
  });
  const opened = openMessagePath(turn, connection);
  if (opened.ok) return ok(id);
  destroyBus(turn, owner.partition);
  return opened;
}

/** Everything of a partition's bus goes: channels, GPADLs, ports, connections. */
export function destroyBus(turn: Turn, partition: PartitionId): void {
  const connection = turn.get('vmbus-connection', connectionOf(partition));
  if (connection === undefined) return;
  for (const channel of channelsOf(turn, connection)) removeChannel(turn, channel);
  closeMessagePath(turn, connection);
  turn.remove('vmbus-connection', connection.id);
}

/**
 * Offers a channel; the guest hears of it when it asks, or at once if it has asked already. A
 * device that comes back before the guest has let go of its old channel waits for that.
 */
export function offerChannel(
  turn: Turn,
  partition: PartitionId,
  offer: Offer,
): Result<ChannelId, HypervisorFault> {
  const connection = turn.must('vmbus-connection', connectionOf(partition));
  const known = channelsOf(turn, connection).find(channel => isSame(channel, offer));
  if (known !== undefined) {
    assert(known.state === 'Revoked', `${offer.label} is on the bus already`);
    moveChannel(turn, known, 'reoffer');
    turn.patch('vmbus-channel', known.id, { offer: detailsOf(offer) });
    return ok(known.id);
  }
  const channel = insertChannel(turn, connection, offer);
  const opened = openSignalPath(turn, channel);
  if (!opened.ok) {
    removeChannel(turn, channel);
    return opened;
  }
  if (connection.state === 'Connected' && connection.offersSent) {
    sendOffer(turn, connection, channel);
  }
  return ok(channel.id);
}

function isSame(channel: Channel, offer: Offer): boolean {
  return (
    channel.interfaceType === offer.interfaceType &&
    channel.instanceId === offer.instanceId &&
    channel.offer.subchannelIndex === offer.subchannelIndex
  );
}

function detailsOf(offer: Offer): OfferDetails {
  const { flags, mmioMegabytes, userDefined, subchannelIndex } = offer;
  return { flags, mmioMegabytes, userDefined, subchannelIndex };
}

function insertChannel(turn: Turn, connection: Connection, offer: Offer): Channel {
  const channels = channelsOf(turn, connection);
  const relId = freeRelId(connection, channels);
  if (relId === connection.nextRelId) {
    turn.patch('vmbus-connection', connection.id, {
      nextRelId: relId + 1,
      nextConnectionId: CHANNEL_CONNECTION + relId + 1,
    });
  }
  return turn.insert('vmbus-channel', channelOf(connection.id, relId), {
    host: connection.host,
    vm: connection.vm,
    relId,
    interfaceType: offer.interfaceType,
    instanceId: offer.instanceId,
    device: offer.device,
    label: offer.label,
    state: 'ClientReleased',
    connectionId: CHANNEL_CONNECTION + relId,
    monitorId: (offer.flags & MONITORED) === 0 ? null : freeMonitor(channels),
    openId: null,
    ringGpadl: null,
    ringPages: 0,
    downstreamPage: 0,
    targetVp: null,
    protocol: null,
    deviceState: 'Offered',
    packetsToHost: 0,
    packetsToGuest: 0,
    bytesToHost: 0,
    bytesToGuest: 0,
    signalsToHost: 0,
    signalsToGuest: 0,
    toHostIn: 0,
    toHostOut: 0,
    toGuestIn: 0,
    toGuestOut: 0,
    nextTransaction: 1,
    offer: detailsOf(offer),
    rings: { toHost: [], toGuest: [] },
    ends: { client: null, vsp: null, vsc: null },
  });
}

/** The next channel id; once all have been used, the lowest that was released. */
function freeRelId(connection: Connection, channels: readonly Channel[]): number {
  if (connection.nextRelId <= CHANNELS_MAX) return connection.nextRelId;
  const taken = new Set(channels.map(channel => channel.relId));
  let relId = 1;
  while (taken.has(relId)) relId += 1;
  assert(relId <= CHANNELS_MAX, 'a bus has 2047 channels');
  return relId;
}

/** A trigger of the monitor page, or none when all are taken: then signals are hypercalls. */
function freeMonitor(channels: readonly Channel[]): number | null {
  const taken = new Set(channels.map(channel => channel.monitorId));
  for (let id = 0; id < MONITORS_MAX; id += 1) if (!taken.has(id)) return id;
  return null;
}

/** Withdraws an offer: hot remove, or a service switched off. */
export function rescindChannel(turn: Turn, channelId: ChannelId): void {
  const channel = turn.must('vmbus-channel', channelId);
  const connection = turn.must('vmbus-connection', connectionOf(channelId));
  const wasOpen = channel.state === 'Open';
  if (moveChannel(turn, channel, 'revoke') !== 'Revoked') return;
  closeInterruptPath(turn, channel);
  tellGuest(turn, connection, { type: 'RescindChannelOffer', channelId: channel.relId });
  if (wasOpen) turn.send(channelId, { type: 'ChannelClosing' }, TELL_DEVICE);
}

/** The guest was reset without unloading its bus: channels fall back to offers nobody has seen. */
export function resetBus(turn: Turn, partition: PartitionId): void {
  const connection = turn.must('vmbus-connection', connectionOf(partition));
  dropClient(turn, connection);
  turn.patch('vmbus-connection', connection.id, {
    state: 'Disconnected',
    version: null,
    clientState: 'Idle',
    proposals: [],
    nextPage: FIRST_FREE_PAGE,
    held: [],
    unposted: [],
    monitorPending: [],
  });
}
