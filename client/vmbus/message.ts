import type { Fact } from '../../server/protocol/fact.ts';
import { plainText } from '../format/plain-text.ts';

/** A line of the list: a control message of the bus, or a packet of a channel's ring. */
export interface BusMessage {
  readonly fact: Fact;
  readonly number: number;
  readonly toGuest: boolean;
  /** Null for messages of the bus as a whole. */
  readonly channel: number | null;
  readonly type: string;
  readonly length: number;
}

const GUEST_SIDE: ReadonlySet<string> = new Set(['vmbus', 'storvsc', 'netvsc', 'ic', 'guest']);

const numberIn = (value: unknown, key: string): number | null => {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'number' ? found : null;
};

const messageOf = (fact: Fact, number: number): BusMessage => {
  const { data, kind, to } = fact;
  const bytes = typeof data['bytes'] === 'string' ? data['bytes'].length / 2 : 0;
  return {
    fact,
    number,
    toGuest: to !== null && GUEST_SIDE.has(to),
    channel: kind === 'packet' ? numberIn(data, 'channel') : numberIn(data['fields'], 'channelId'),
    type:
      kind === 'vmbus'
        ? `${plainText(data['message'])} ${plainText(data['number'])}`
        : plainText(data['packetType'] ?? 'packet'),
    length: bytes,
  };
};

/** All messages among the facts, in order; of one channel if one is asked for. */
export const messagesOf = (
  facts: readonly Fact[],
  channel: number | null,
): readonly BusMessage[] => {
  const messages: BusMessage[] = [];
  let number = 0;
  for (const fact of facts) {
    if (fact.kind !== 'vmbus' && fact.kind !== 'packet') continue;
    number += 1;
    const message = messageOf(fact, number);
    if (channel === null || message.channel === channel) messages.push(message);
  }
  return messages;
};
