import { expect, test } from 'vitest';
import type { Fact } from '../../../server/protocol/fact.ts';
import type { SimTime } from '../../../server/protocol/time.ts';
import { MessageTable } from '../message-table.ts';
import { compileFilter } from './compile.ts';
import { complete } from './complete.ts';
import { parseFilter } from './parse.ts';

const START = Date.UTC(2012, 10, 20, 10, 0, 0);

const fact = (n: number, given: Partial<Fact>): Fact => ({
  n,
  turn: n,
  at: (n * 10_000_000) as SimTime,
  kind: 'vmbus',
  from: 'vmbusr',
  to: 'vmbus',
  host: null,
  vm: 'vm:1',
  cause: null,
  audience: 'everyone',
  summary: '',
  data: {},
  ...given,
});

const control = (n: number, message: string, channelId: number | null, bytes = 8): Fact =>
  fact(n, {
    data: {
      message,
      fields: channelId === null ? {} : { channelId },
      bytes: '00'.repeat(bytes),
    },
    summary: `${message} of the bus`,
  });

const TABLE = new MessageTable();
TABLE.append([
  fact(1, { ...control(1, 'InitiateContact', null, 40), from: 'vmbus', to: 'vmbusr' }),
  control(2, 'OfferChannel', 3, 196),
  control(3, 'OfferChannel', 4, 196),
  fact(4, {
    kind: 'packet',
    from: 'netvsc',
    to: 'netvsp',
    data: { channel: 4, packetType: 'InBand', bytes: '00'.repeat(56) },
    summary: 'Network: says "hello"',
  }),
]);

const found = (text: string): readonly number[] => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  const wanted = compileFilter(parsed.filter, START);
  return [0, 1, 2, 3].filter(place => wanted(TABLE, place)).map(place => TABLE.n(place));
};

test.each([
  ['', [1, 2, 3, 4]],
  ['type == OfferChannel && channel == 3', [2]],
  ['type == offerchannel', [2, 3]],
  ['direction == "host to guest"', [2, 3]],
  ['direction contains "to host"', [1, 4]],
  ['length > 40', [2, 3, 4]],
  ['length >= 0x28', [1, 2, 3, 4]],
  ['summary contains "net"', [4]],
  ['"hello"', [4]],
  ['summary contains "\\"hello\\""', [4]],
  ['kind == packet or channel == 3', [2, 4]],
  ['channel', [2, 3, 4]],
  ['!channel', [1]],
  ['channel != 4', [1, 2]],
  ['not (type == OfferChannel and channel == 3) && length < 100', [1, 4]],
  ['type == OfferChannel || kind == packet && length < 40', [2, 3]],
  ['time >= 10:00:03', [3, 4]],
  ['time < 10:00:01.5', [1]],
  ['number == 2', [2]],
])('%s finds %o', (text, numbers) => {
  expect(found(text)).toEqual(numbers);
});

test.each([
  ['type = OfferChannel', 'Equal is written ==.', 5, 6],
  [
    'offer',
    'There is no field “offer”. Words to look for stand in quotation marks: "offer".',
    0,
    5,
  ],
  ['type ==', 'A value for type is missing.', 6, 7],
  ['type == OfferChannel &&', 'A condition is missing here: try type == OfferChannel.', 22, 23],
  ['length contains 4', 'After length comes ==, !=, >, >=, < or <=.', 7, 15],
  ['length > "4"', 'length is a number.', 9, 12],
  ['direction == up', 'direction is "host to guest" or "guest to host".', 13, 15],
  ['(channel == 3', 'The closing ) is missing.', 12, 13],
  ['channel == 3)', 'This ) has no (.', 12, 13],
  ['channel == 3 length > 4', 'Join two conditions with && or ||.', 13, 19],
  ['summary contains "net', 'The closing " is missing.', 17, 21],
  ['time > 10', 'A time is written 10:42 or 10:42:07.418.', 7, 9],
  ['channel & 3', 'Write &&.', 8, 9],
])('%s is wrong, and is told where', (text, message, start, end) => {
  expect(parseFilter(text)).toEqual({ ok: false, fault: { message, start, end } });
});

const offers = (text: string): readonly string[] => {
  const caret = text.indexOf('|');
  const source = text.replace('|', '');
  const types = ['OfferChannel', 'OpenChannel', 'CloseChannel'];
  return complete(source, caret, types).offers.map(offer => offer.text);
};

test.each([
  ['t|', ['type', 'time']],
  ['type |', ['==', '!=', 'contains']],
  ['length |', ['==', '!=', '>', '>=', '<', '<=']],
  ['type == |', ['OfferChannel', 'OpenChannel', 'CloseChannel']],
  ['type == O|', ['OfferChannel', 'OpenChannel']],
  ['type == chan|', ['OfferChannel', 'OpenChannel', 'CloseChannel']],
  ['type == OfferChannel|', []],
  ['type == OfferChannel |', ['&&', '||']],
  ['type == OfferChannel && ch|', ['channel']],
  ['direction == "host|', ['"host to guest"', '"guest to host"']],
  ['(ki|', ['kind']],
  ['!ki|', ['kind']],
])('at %s what could come is %o', (text, expected) => {
  expect(offers(text)).toEqual(expected);
});

test('a completion takes the place of the word it completes, and of no other', () => {
  const { start, end } = complete('type == Off && channel == 3', 11, ['OfferChannel']);

  expect([start, end]).toEqual([8, 11]);
});
