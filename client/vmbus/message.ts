import type { Fact } from '../../server/protocol/fact.ts';
import { plainText } from '../format/plain-text.ts';

/** A line of the list: a control message of the bus, or a packet of a channel's ring. */
export interface BusMessage {
  /** Grows from line to line: the number of its fact, or one of the list's own. */
  readonly n: number;
  readonly at: number;
  readonly turn: number;
  readonly isPacket: boolean;
  /** Null where nothing tells which way it went. */
  readonly toGuest: boolean | null;
  /** Null for messages of the bus as a whole. */
  readonly channel: number | null;
  /** `OfferChannel`, or how a packet stands in its ring: `InBand`. */
  readonly type: string;
  readonly length: number;
  readonly summary: string;
}

const GUEST_SIDE: ReadonlySet<string> = new Set(['vmbus', 'storvsc', 'netvsc', 'ic', 'guest']);

const numberIn = (value: unknown, key: string): number | null => {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'number' ? found : null;
};

export const isMessage = ({ kind }: Pick<Fact, 'kind'>): boolean =>
  kind === 'vmbus' || kind === 'packet';

export const isToGuest = ({ to }: Pick<Fact, 'to'>): boolean => to !== null && GUEST_SIDE.has(to);

export const bytesOf = ({ data }: Pick<Fact, 'data'>): string =>
  typeof data['bytes'] === 'string' ? data['bytes'] : '';

export const messageOf = (fact: Fact): BusMessage => {
  const { n, at, turn, data, kind, summary } = fact;
  return {
    n,
    at,
    turn,
    isPacket: kind === 'packet',
    toGuest: isToGuest(fact),
    channel: kind === 'packet' ? numberIn(data, 'channel') : numberIn(data['fields'], 'channelId'),
    type: plainText(kind === 'vmbus' ? data['message'] : (data['packetType'] ?? 'packet')),
    length: bytesOf(fact).length / 2,
    summary,
  };
};
