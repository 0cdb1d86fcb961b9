import type { Turn } from '../../engine/turn.ts';
import type { Duration } from '../../../protocol/time.ts';
import { ticks } from '../../../protocol/time.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { presenceOf } from '../../vmbus/guest-presence.ts';
import { toHex } from '../../vmbus/hex.ts';
import { encodePacket, ringLength } from '../../vmbus/packet.ts';
import { hasRoom, used } from '../../vmbus/ring.ts';
import { countSignal } from '../../vmbus/synic-path.ts';
import { packetNumber, ringTo } from '../packet-io.ts';
import { sampleRate } from '../sample.ts';
import type { ServiceRecord } from './service.ts';

// What a service does by itself every few seconds, for as long as the lab runs. A beat is one event
// of the agenda: the host writes, a guest that lives reads and answers, and both rings, all signals
// and all totals are what they would be had each step been an event of its own.

export interface Beat {
  /** The request's bytes, made only when the packet is kept. */
  readonly request: () => Uint8Array;
  readonly requestLength: number;
  readonly requestSummary: string;
  /** The answer's; null for a message that wants none. */
  readonly answer: { readonly bytes: () => Uint8Array; readonly summary: string } | null;
}

export interface Beaten {
  readonly sent: number;
  readonly received: number;
}

/** A packet of an in-band payload, without its footer. */
const DESCRIPTOR_SIZE = 16;

export function packetLength(payloadLength: number): number {
  return DESCRIPTOR_SIZE + ((payloadLength + 7) & ~7);
}

export function beatOnce(turn: Turn, channel: Channel, beat: Beat): Beaten {
  const length = packetLength(beat.requestLength);
  const inRing = ringLength(length);
  const ring = ringTo(channel, 'guest');
  const listens = presenceOf(turn, channel.id) === 'listening';
  const sent = hasRoom(ring, inRing) ? 1 : 0;
  const waiting = used(ring) / inRing + sent;
  const received = listens && beat.answer !== null ? waiting : 0;

  sample(turn, channel, beat, { sent, received });
  const toGuestIn = (ring.in + sent * inRing) % ring.size;
  const back = ringTo(channel, 'host');
  const backAt = (back.in + received * inRing) % back.size;
  const wakesGuest = sent > 0 && used(ring) === 0;
  turn.patch('vmbus-channel', channel.id, {
    nextTransaction: channel.nextTransaction + sent + received,
    packetsToGuest: channel.packetsToGuest + sent,
    bytesToGuest: channel.bytesToGuest + sent * length,
    toGuestIn,
    ...(listens ? { toGuestOut: toGuestIn } : {}),
    signalsToGuest: channel.signalsToGuest + (wakesGuest ? 1 : 0),
    packetsToHost: channel.packetsToHost + received,
    bytesToHost: channel.bytesToHost + received * length,
    toHostIn: backAt,
    toHostOut: backAt,
    signalsToHost: channel.signalsToHost + (received > 0 ? 1 : 0),
  });
  if (wakesGuest) countSignal(turn, channel, 'guest');
  if (received > 0) countSignal(turn, channel, 'host');
  return { sent, received };
}

function sample(turn: Turn, channel: Channel, beat: Beat, { sent, received }: Beaten): void {
  const packet = packetNumber(channel);
  const { requestSummary: summary, request: payload } = beat;
  if (sent > 0) trace(turn, channel, { packet, summary, payload });
  if (received > 0 && beat.answer !== null) {
    const { summary: answered, bytes } = beat.answer;
    trace(turn, channel, { packet: packet + sent, summary: answered, payload: bytes });
  }
}

interface Traced {
  readonly packet: number;
  readonly summary: string;
  readonly payload: () => Uint8Array;
}

function trace(turn: Turn, channel: Channel, { packet, summary, payload }: Traced): void {
  const rate = sampleRate(packet);
  if (rate === 0) return;
  const bytes = encodePacket({
    type: 'InBand',
    transaction: channel.nextTransaction,
    completionRequested: false,
    extended: new Uint8Array(0),
    payload: payload(),
  });
  turn.trace({ channel: channel.id, vm: channel.vm, summary, packet, rate, bytes: toHex(bytes) });
}

/** Whether this is the beat that is due, and not one from before a pause. */
export function isDue(turn: Turn, service: ServiceRecord): boolean {
  return service.nextAt === turn.now;
}

/** Sets the next beat; the one that is on the agenda already, if any, falls to the floor. */
export function scheduleBeat(
  turn: Turn,
  channel: Channel,
  service: ServiceRecord,
  after: Duration,
): void {
  turn.patch('integration-service', service.id, { nextAt: turn.now + after });
  turn.send(channel.id, { type: 'Beat' }, after);
}

export const AT_ONCE = ticks(0);
