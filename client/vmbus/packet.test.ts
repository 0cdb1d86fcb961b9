import { expect, test } from 'vitest';
import { isPacketToGuest, packetType } from './packet.ts';

const descriptor = (type: string): string => `${type}000200030000000000000000000000`;

/** An integration component's message behind its descriptor and its pipe's head. */
const component = (flags: string): string =>
  `${descriptor('06')}${'00'.repeat(8)}${'00'.repeat(17)}${flags}${'00'.repeat(6)}`;

test('the type of a packet is the first field of its descriptor, the lower byte first', () => {
  const types = [descriptor('06'), descriptor('0b'), '01ff', ''].map(packetType);

  expect(types).toEqual(['InBand', 'Completion', 'type 65281', '']);
});

test.each([
  ['a disk request', 'storvsp', descriptor('09'), false],
  ['its completion', 'storvsp', descriptor('0b'), true],
  ['a frame that is received', 'netvsp', descriptor('07'), true],
  ['a frame that is sent', 'netvsp', descriptor('09'), false],
  ['what both sides complete', 'netvsp', descriptor('0b'), null],
  ['a heartbeat', 'ic-heartbeat', component('03'), true],
  ['its answer', 'ic-heartbeat', component('05'), false],
  ['a time sample, which wants no answer', 'ic-timesync', component('00'), true],
  ['a packet that was cut short', 'ic-heartbeat', descriptor('06'), null],
  ['another device', 'mouse', descriptor('06'), null],
])('%s of %s goes to the guest: %s', (_, device, bytes, toGuest) => {
  expect(isPacketToGuest(device, bytes)).toBe(toGuest);
});
