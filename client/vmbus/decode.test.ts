import { expect, test } from 'vitest';
import { NVSP_MESSAGES } from '../../server/sim/devices/netvsp/nvsp.ts';
import { encodeMessage } from '../../server/sim/vmbus/encode.ts';
import { toHex } from '../../server/sim/vmbus/hex.ts';
import type { ControlMessage } from '../../server/sim/vmbus/message.ts';
import { CONTROL_MESSAGES } from '../../server/sim/vmbus/message.ts';
import { encodePacket } from '../../server/sim/vmbus/packet.ts';
import { decode } from './decode.ts';
import { CONTROL, NVSP } from './layout.ts';

const INTERFACE = 'ba6163d9-04a1-4d29-b605-72e2ffb1dc7f';

const control = (message: ControlMessage) =>
  decode({
    kind: 'vmbus',
    from: 'vmbusr',
    to: 'vmbus',
    data: { bytes: toHex(encodeMessage(message)) },
  })[0];

const texts = (fields: readonly { readonly name: string; readonly text: string }[] = []) =>
  Object.fromEntries(fields.map(({ name, text }) => [name, text]));

test('an offer is read from its bytes, each field with its place', () => {
  const part = control({
    type: 'OfferChannel',
    interfaceId: INTERFACE,
    instanceId: '00000000-0000-8899-0000-000000000000',
    flags: 1,
    mmioMegabytes: 0,
    userDefined: '',
    subchannelIndex: 0,
    channelId: 12,
    monitorId: 255,
    monitorAllocated: 0,
    isDedicated: 1,
    connectionId: 0x2000c,
  });

  expect(part?.title).toBe('OfferChannel (1)');
  expect(texts(part?.fields)).toMatchObject({
    interfaceId: INTERFACE,
    channelId: '12 (0xC)',
    connectionId: '131084 (0x2000C)',
    userDefined: '120 bytes, all 0',
  });
  expect(part?.fields.find(({ name }) => name === 'channelId')).toMatchObject({
    offset: 184,
    size: 4,
  });
});

test('a proposed version is read as people write it', () => {
  const part = control({
    type: 'InitiateContact',
    versionRequested: 0x2_0004,
    targetMessageVp: 0,
    interruptPage: 0,
    parentToChildMonitorPage: 0x1_0000_2000,
    childToParentMonitorPage: 0,
  });

  expect(texts(part?.fields)).toMatchObject({
    versionRequested: '2.4 (0x00020004)',
    parentToChildMonitorPage: '0x100002000',
  });
});

test('the page list of a GPADL is counted to the end of the message', () => {
  const part = control({
    type: 'GpadlHeader',
    channelId: 1,
    gpadlId: 0xe1e10,
    rangeBufferLength: 24,
    rangeCount: 1,
    values: [0, 7, 8],
  });

  expect(part?.fields.at(-1)).toMatchObject({ text: '3 values', offset: 20, size: 24 });
});

test('every control message the simulation can send is known here, field by field', () => {
  for (const [name, { number, layout }] of Object.entries(CONTROL_MESSAGES)) {
    const known = CONTROL[number];
    expect(known?.name).toBe(name);
    for (const [field, { offset }] of Object.entries(layout.fields)) {
      expect([
        name,
        field,
        known?.fields.some(one => one.name === field && one.offset === offset),
      ]).toEqual([name, field, true]);
    }
  }
});

test('every message of a network adapter that the simulation can send is known here too', () => {
  for (const [name, { number, layout }] of Object.entries(NVSP_MESSAGES)) {
    const known = NVSP[number];
    for (const [field, { offset }] of Object.entries(layout.fields)) {
      expect([
        name,
        field,
        known?.fields.some(one => one.name === field && one.offset === offset),
      ]).toEqual([name, field, true]);
    }
  }
});

test('a packet is read behind its descriptor by who speaks', () => {
  const payload = new Uint8Array(64);
  new DataView(payload.buffer).setUint32(0, 9, true);
  const bytes = encodePacket({
    type: 'InBand',
    transaction: 5,
    completionRequested: true,
    extended: new Uint8Array(0),
    payload,
  });

  const parts = decode({
    kind: 'packet',
    from: 'storvsc',
    to: 'storvsp',
    data: { bytes: toHex(bytes) },
  });

  expect(parts.map(({ title }) => title)).toEqual([
    'Packet, data in-band',
    'StorVSP, QUERY_PROTOCOL_VERSION',
  ]);
  expect(texts(parts[0]?.fields)).toMatchObject({ transactionId: '5', flags: '1' });
  expect(parts[1]?.fields[0]).toMatchObject({ offset: 16, size: 4 });
});

test('a packet whose data lies elsewhere says where, and one that nobody knows is still bytes', () => {
  const extended = new Uint8Array(16);
  const view = new DataView(extended.buffer);
  view.setUint32(4, 1, true);
  view.setUint32(8, 1_514, true);
  const payload = new Uint8Array(16);
  new DataView(payload.buffer).setUint32(0, 9_999, true);
  const bytes = encodePacket({
    type: 'GpaDirect',
    transaction: 3,
    completionRequested: true,
    extended,
    payload,
  });

  const parts = decode({
    kind: 'packet',
    from: 'netvsc',
    to: 'netvsp',
    data: { bytes: toHex(bytes) },
  });

  expect(texts(parts[0]?.fields)).toMatchObject({
    rangeCount: '1',
    byteCount: '1514 (0x5EA)',
    byteOffset: '0',
  });
  expect(parts[1]?.title).toBe('NVSP, message 9999');
  expect(parts[1]?.fields[0]).toMatchObject({ name: 'payload', offset: 32, size: 16 });
});

test.each(['', 'zz', '0600'])('bytes that are no message, %o, are no reason to fail', bytes => {
  expect(decode({ kind: 'packet', from: 'ic', to: 'vmwp', data: { bytes } })).toEqual([]);
});
