import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from './hex.ts';
import type { PacketType } from './packet.ts';
import {
  DESCRIPTOR,
  PACKET_TYPE,
  TRANSFER_PAGES,
  decodePacket,
  encodePacket,
  gpaDirect,
  ringLength,
  transferPages,
} from './packet.ts';

const NOTHING = new Uint8Array(0);

test('[VB13] the descriptor has its fields where the protocol has them', () => {
  const placed = Object.entries(DESCRIPTOR.fields).map(([name, { offset, codec }]) => [
    name,
    offset,
    codec.size,
  ]);

  expect(DESCRIPTOR.size).toBe(16);
  expect(placed).toEqual([
    ['packetType', 0, 2],
    ['dataOffset8', 2, 2],
    ['length8', 4, 2],
    ['flags', 6, 2],
    ['transactionId', 8, 8],
  ]);
  expect(PACKET_TYPE).toEqual({ InBand: 6, TransferPages: 7, GpaDirect: 9, Completion: 0xb });
});

test('[VB13] every packet comes back from its bytes, its payload padded to eight', () => {
  const types = fc.constantFrom(...(Object.keys(PACKET_TYPE) as PacketType[]));
  fc.assert(
    fc.property(
      types,
      fc.maxSafeNat(),
      fc.boolean(),
      fc.uint8Array({ maxLength: 200 }),
      (type, transaction, completionRequested, data) => {
        const payload = Uint8Array.from(data);
        const extended = type === 'GpaDirect' ? gpaDirect(7, 5000) : NOTHING;

        const encoded = encodePacket({ type, transaction, completionRequested, extended, payload });
        const back = decodePacket(encoded);

        expect(encoded.length % 8).toBe(0);
        expect(back).toMatchObject({ type, transaction, completionRequested });
        expect(toHex(back.extended)).toBe(toHex(extended));
        expect(toHex(back.payload).startsWith(toHex(payload))).toBe(true);
        expect(back.payload.length).toBe(Math.ceil(payload.length / 8) * 8);
        expect(ringLength(encoded.length)).toBe(encoded.length + 8);
      },
    ),
  );
});

test('[VB13] a page list names each page that its bytes touch', () => {
  const header = gpaDirect(0x2000, 4097);

  // Reserved, one range; 4,097 bytes from offset 0; two page numbers.
  expect(toHex(header)).toBe(
    ['0000000001000000', '0110000000000000', '0020000000000000', '0120000000000000'].join(''),
  );
});

test('[VB13] a transfer page packet names its set and one range', () => {
  const header = transferPages(0xcafe, 16, 52);

  expect(header).toHaveLength(TRANSFER_PAGES.size);
  expect(toHex(header)).toBe('feca000001000000' + '3400000010000000');
});
