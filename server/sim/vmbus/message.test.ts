import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMessage } from './decode.ts';
import { encodeMessage } from './encode.ts';
import { toHex } from './hex.ts';
import type { ControlMessage, ControlName } from './message.ts';
import { CONTROL_MESSAGES, MESSAGE_LIMIT } from './message.ts';

/** The tables of the protocol: name, number, direction, size, fields as [name, offset, size]. */
const TABLES: readonly [
  name: ControlName,
  number: number,
  to: 'host' | 'guest',
  size: number,
  fields: readonly (readonly [string, number, number])[],
][] = [
  [
    'OfferChannel',
    1,
    'guest',
    196,
    [
      ['interfaceId', 8, 16],
      ['instanceId', 24, 16],
      ['flags', 56, 2],
      ['mmioMegabytes', 58, 2],
      ['userDefined', 60, 120],
      ['subchannelIndex', 180, 2],
      ['channelId', 184, 4],
      ['monitorId', 188, 1],
      ['monitorAllocated', 189, 1],
      ['isDedicated', 190, 2],
      ['connectionId', 192, 4],
    ],
  ],
  ['RescindChannelOffer', 2, 'guest', 12, [['channelId', 8, 4]]],
  ['RequestOffers', 3, 'host', 8, []],
  ['AllOffersDelivered', 4, 'guest', 8, []],
  [
    'OpenChannel',
    5,
    'host',
    148,
    [
      ['channelId', 8, 4],
      ['openId', 12, 4],
      ['ringGpadlId', 16, 4],
      ['targetVp', 20, 4],
      ['downstreamPageOffset', 24, 4],
      ['userData', 28, 120],
    ],
  ],
  [
    'OpenChannelResult',
    6,
    'guest',
    20,
    [
      ['channelId', 8, 4],
      ['openId', 12, 4],
      ['status', 16, 4],
    ],
  ],
  ['CloseChannel', 7, 'host', 12, [['channelId', 8, 4]]],
  [
    'GpadlHeader',
    8,
    'host',
    20,
    [
      ['channelId', 8, 4],
      ['gpadlId', 12, 4],
      ['rangeBufferLength', 16, 2],
      ['rangeCount', 18, 2],
    ],
  ],
  [
    'GpadlBody',
    9,
    'host',
    16,
    [
      ['messageNumber', 8, 4],
      ['gpadlId', 12, 4],
    ],
  ],
  [
    'GpadlCreated',
    10,
    'guest',
    20,
    [
      ['channelId', 8, 4],
      ['gpadlId', 12, 4],
      ['status', 16, 4],
    ],
  ],
  [
    'GpadlTeardown',
    11,
    'host',
    16,
    [
      ['channelId', 8, 4],
      ['gpadlId', 12, 4],
    ],
  ],
  ['GpadlTorndown', 12, 'guest', 12, [['gpadlId', 8, 4]]],
  ['RelIdReleased', 13, 'host', 12, [['channelId', 8, 4]]],
  [
    'InitiateContact',
    14,
    'host',
    40,
    [
      ['versionRequested', 8, 4],
      ['targetMessageVp', 12, 4],
      ['interruptPage', 16, 8],
      ['parentToChildMonitorPage', 24, 8],
      ['childToParentMonitorPage', 32, 8],
    ],
  ],
  [
    'VersionResponse',
    15,
    'guest',
    16,
    [
      ['versionSupported', 8, 1],
      ['connectionState', 9, 1],
      ['selectedVersion', 12, 4],
    ],
  ],
  ['Unload', 16, 'host', 8, []],
  ['UnloadComplete', 17, 'guest', 8, []],
];

test.each(TABLES)('[VB1] %s has its number, sizes and offsets', (name, ...table) => {
  const [number, to, size, fields] = table;
  const { layout, ...message } = CONTROL_MESSAGES[name];

  const placed = Object.entries(layout.fields).map(
    ([field, { offset, codec }]: [string, { offset: number; codec: { size: number } }]) => [
      field,
      offset,
      codec.size,
    ],
  );

  expect(message).toEqual({ number, to });
  expect(layout.size).toBe(size);
  expect(placed).toEqual(fields);
});

test('[VB1] the table has messages 1 to 17 and no other', () => {
  const numbers = Object.values(CONTROL_MESSAGES).map(({ number }) => number);

  expect(numbers).toEqual(Array.from({ length: 17 }, (_, i) => i + 1));
});

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const u64 = fc.maxSafeNat();
/** As it comes back: without trailing zeros. */
const area = fc.uint8Array({ maxLength: 120 }).map(given => toHex(given).replace(/(00)+$/u, ''));

function values(limit: number): fc.Arbitrary<readonly number[]> {
  return fc.array(u64, { maxLength: limit });
}

const MESSAGES: { readonly [N in ControlName]: fc.Arbitrary<object> } = {
  OfferChannel: fc.record({
    interfaceId: fc.uuid(),
    instanceId: fc.uuid(),
    flags: u16,
    mmioMegabytes: u16,
    userDefined: area,
    subchannelIndex: u16,
    channelId: u32,
    monitorId: u8,
    monitorAllocated: u8,
    isDedicated: u16,
    connectionId: u32,
  }),
  RescindChannelOffer: fc.record({ channelId: u32 }),
  RequestOffers: fc.constant({}),
  AllOffersDelivered: fc.constant({}),
  OpenChannel: fc.record({
    channelId: u32,
    openId: u32,
    ringGpadlId: u32,
    targetVp: u32,
    downstreamPageOffset: u32,
    userData: area,
  }),
  OpenChannelResult: fc.record({ channelId: u32, openId: u32, status: u32 }),
  CloseChannel: fc.record({ channelId: u32 }),
  GpadlHeader: fc.record({
    channelId: u32,
    gpadlId: u32,
    rangeBufferLength: u16,
    rangeCount: u16,
    values: values(27),
  }),
  GpadlBody: fc.record({ messageNumber: u32, gpadlId: u32, values: values(28) }),
  GpadlCreated: fc.record({ channelId: u32, gpadlId: u32, status: u32 }),
  GpadlTeardown: fc.record({ channelId: u32, gpadlId: u32 }),
  GpadlTorndown: fc.record({ gpadlId: u32 }),
  RelIdReleased: fc.record({ channelId: u32 }),
  InitiateContact: fc.record({
    versionRequested: u32,
    targetMessageVp: u32,
    interruptPage: u64,
    parentToChildMonitorPage: u64,
    childToParentMonitorPage: u64,
  }),
  VersionResponse: fc.record({ versionSupported: u8, connectionState: u8, selectedVersion: u32 }),
  Unload: fc.constant({}),
  UnloadComplete: fc.constant({}),
};

const anyMessage = fc.oneof(
  ...Object.entries(MESSAGES).map(([type, body]) =>
    body.map(fields => ({ type, ...fields }) as ControlMessage),
  ),
);

test('[VB1] every message comes back from its bytes, which fit a SynIC message', () => {
  fc.assert(
    fc.property(anyMessage, message => {
      const encoded = encodeMessage(message);

      expect(encoded.length).toBeLessThanOrEqual(MESSAGE_LIMIT);
      expect(decodeMessage(encoded)).toEqual({ ok: true, value: message });
    }),
    { numRuns: 500 },
  );
});

test('[VB1] the bytes of a message are those of the protocol', () => {
  const encoded = encodeMessage({
    type: 'InitiateContact',
    versionRequested: 0x2_0004,
    targetMessageVp: 0,
    interruptPage: 0,
    parentToChildMonitorPage: 0x200_0000,
    childToParentMonitorPage: 0x200_1000,
  });

  expect(toHex(encoded)).toBe(
    ['0e00000000000000', '0400020000000000', '0000000000000000', '0000000200000000'].join('') +
      '0010000200000000',
  );
});

test('[VB2] bytes that are no message are dropped, never a bug', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), given => {
      const decoded = decodeMessage(Uint8Array.from(given));

      if (decoded.ok) expect(given.length).toBeGreaterThanOrEqual(8);
    }),
    { numRuns: 500 },
  );
  expect(decodeMessage(new Uint8Array(4))).toMatchObject({ fault: { kind: 'TooShort' } });
  expect(decodeMessage(new Uint8Array(241))).toMatchObject({ fault: { kind: 'TooLong' } });
  expect(decodeMessage(Uint8Array.of(99, 0, 0, 0, 0, 0, 0, 0))).toMatchObject({
    fault: { kind: 'UnknownMessage', number: 99 },
  });
  expect(decodeMessage(Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0))).toMatchObject({
    fault: { kind: 'TooShort', needed: 148 },
  });
});
