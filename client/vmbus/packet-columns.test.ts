import { expect, test } from 'vitest';
import { packetType } from './packet-columns.tsx';

test('the type of a packet is the first field of its descriptor, the lower byte first', () => {
  const inBand = '0600020003000000';
  const completion = '0b00020003000000';
  const unknown = '01ff';

  const types = [inBand, completion, unknown, ''].map(packetType);

  expect(types).toEqual(['data in-band', 'completion', 'type 65281', '']);
});
