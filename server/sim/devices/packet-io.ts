import type { Json } from '../../base/json.ts';
import type { ChannelId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { Channel } from '../vmbus/bus-id.ts';
import { fromHex, toHex } from '../vmbus/hex.ts';
import type { Packet, PacketType } from '../vmbus/packet.ts';
import { decodePacket, encodePacket, ringLength } from '../vmbus/packet.ts';
import type { Ring } from '../vmbus/ring.ts';
import { hasRoom, ringSize, write } from '../vmbus/ring.ts';
import type { Side } from '../vmbus/synic-path.ts';
import { signalGuest, signalHost } from '../vmbus/synic-path.ts';
import { partiesOf } from './party.ts';
import { sampleRate } from './sample.ts';

/** What people see of a packet: negotiation leaves facts, data is traced. */
export interface Telling {
  readonly as: 'fact' | 'trace';
  readonly summary: string;
  readonly data?: { readonly [field: string]: Json };
}

export interface Outgoing {
  readonly to: Side;
  readonly payload: Uint8Array;
  readonly type?: PacketType;
  /** A completion echoes its request's; a request takes the next of its channel. */
  readonly transaction?: number;
  readonly wantsCompletion?: boolean;
  readonly extended?: Uint8Array;
  readonly telling: Telling;
}

/** A message's fields as a fact shows them. */
export function shown(fields: object): { readonly [field: string]: Json } {
  const plain: { [field: string]: Json } = {};
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    if (typeof value === 'number' || typeof value === 'string') plain[name] = value;
    else if (typeof value === 'bigint') plain[name] = `0x${value.toString(16)}`;
  }
  return plain;
}

const NOTHING = new Uint8Array(0);

/** Bytes of a traced packet that are kept; key-value pairs are mostly zeros after that. */
const TRACED_BYTES = 512;

export function ringTo(channel: Channel, side: Side): Ring {
  const pages =
    side === 'host' ? channel.downstreamPage : channel.ringPages - channel.downstreamPage;
  return side === 'host'
    ? { in: channel.toHostIn, out: channel.toHostOut, size: ringSize(pages) }
    : { in: channel.toGuestIn, out: channel.toGuestOut, size: ringSize(pages) };
}

/** Writes a packet into its ring and wakes the reader if it sleeps; false when there is no room. */
export function sendPacket(turn: Turn, id: ChannelId, outgoing: Outgoing): boolean {
  const channel = turn.must('vmbus-channel', id);
  const { to, type = 'InBand', payload, extended = NOTHING } = outgoing;
  const bytes = encodePacket({
    type,
    transaction: outgoing.transaction ?? channel.nextTransaction,
    completionRequested: outgoing.wantsCompletion ?? false,
    extended,
    payload,
  });
  const ring = ringTo(channel, to);
  const length = ringLength(bytes.length);
  if (!hasRoom(ring, length)) return false;

  tell(turn, channel, outgoing, bytes);
  const written = write(ring, length);
  const packet = { bytes: toHex(bytes), cause: turn.cause };
  const { rings } = channel;
  turn.patch('vmbus-channel', id, {
    ...(outgoing.transaction === undefined ? { nextTransaction: channel.nextTransaction + 1 } : {}),
    ...(to === 'host'
      ? {
          toHostIn: written.in,
          packetsToHost: channel.packetsToHost + 1,
          bytesToHost: channel.bytesToHost + bytes.length,
          rings: { ...rings, toHost: [...rings.toHost, packet] },
        }
      : {
          toGuestIn: written.in,
          packetsToGuest: channel.packetsToGuest + 1,
          bytesToGuest: channel.bytesToGuest + bytes.length,
          rings: { ...rings, toGuest: [...rings.toGuest, packet] },
        }),
  });
  if (written.signal) signal(turn, id, to);
  return true;
}

export function signal(turn: Turn, id: ChannelId, to: Side): void {
  const channel = turn.must('vmbus-channel', id);
  if (to === 'host') signalHost(turn, channel);
  else signalGuest(turn, channel);
}

/** The number a packet of this channel gets: both directions count together. */
export function packetNumber(channel: Channel): number {
  return channel.packetsToHost + channel.packetsToGuest;
}

function tell(turn: Turn, channel: Channel, outgoing: Outgoing, bytes: Uint8Array): void {
  const { to, telling, type = 'InBand' } = outgoing;
  const packet = packetNumber(channel);
  if (telling.as === 'trace') return tracePacket(turn, channel, telling.summary, bytes);
  const parties = partiesOf(channel.device);
  turn.fact({
    kind: 'packet',
    from: to === 'host' ? parties.guest : parties.host,
    to: to === 'host' ? parties.host : parties.guest,
    host: channel.host,
    vm: channel.vm,
    summary: `${channel.label}: ${telling.summary}`,
    data: {
      channel: channel.relId,
      packet,
      packetType: type,
      ...telling.data,
      bytes: toHex(bytes),
    },
  });
}

function tracePacket(turn: Turn, channel: Channel, summary: string, bytes: Uint8Array): void {
  const packet = packetNumber(channel);
  const rate = sampleRate(packet);
  if (rate === 0) return;
  turn.trace({
    channel: channel.id,
    vm: channel.vm,
    summary,
    packet,
    rate,
    bytes: toHex(bytes.subarray(0, TRACED_BYTES)),
  });
}

/** Takes everything out of a ring, oldest first; each packet's fact is the cause of its handling. */
export function drain(
  turn: Turn,
  id: ChannelId,
  side: Side,
  take: (channel: Channel, packet: Packet) => void,
): void {
  const channel = turn.must('vmbus-channel', id);
  const packets = side === 'host' ? channel.rings.toHost : channel.rings.toGuest;
  const { in: drained } = ringTo(channel, side);
  turn.patch(
    'vmbus-channel',
    id,
    side === 'host'
      ? { toHostOut: drained, rings: { ...channel.rings, toHost: [] } }
      : { toGuestOut: drained, rings: { ...channel.rings, toGuest: [] } },
  );
  for (const { bytes, cause } of packets) {
    // A handler may end the channel: what stood behind that packet is gone with its ring.
    const now = turn.get('vmbus-channel', id);
    if (now === undefined || (side === 'host' ? now.ends.vsp : now.ends.vsc) === null) return;
    turn.cause = cause;
    take(now, decodePacket(fromHex(bytes)));
  }
}
