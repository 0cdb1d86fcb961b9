import { expect, test } from 'vitest';
import { captureHead, LINK_TYPE, packetBlock } from './pcapng.ts';

interface ReadBlock {
  readonly type: number;
  readonly body: DataView;
}

/** Blocks as a reader walks them: by their first length, checked against their last. */
const blocksOf = (bytes: Uint8Array): readonly ReadBlock[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const blocks: ReadBlock[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = view.getUint32(at + 4, true);
    expect(length % 4).toBe(0);
    expect(view.getUint32(at + length - 4, true)).toBe(length);
    const body = new DataView(bytes.buffer, bytes.byteOffset + at + 8, length - 12);
    blocks.push({ type: view.getUint32(at, true), body });
    at += length;
  }
  return blocks;
};

const optionsOf = (body: DataView, from: number): ReadonlyMap<number, Uint8Array> => {
  const options = new Map<number, Uint8Array>();
  for (let at = from; at < body.byteLength;) {
    const code = body.getUint16(at, true);
    const length = body.getUint16(at + 2, true);
    if (code === 0) {
      expect([length, at + 4]).toEqual([0, body.byteLength]);
      break;
    }
    options.set(code, new Uint8Array(body.buffer, body.byteOffset + at + 4, length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return options;
};

const said = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test('the head is one section and one interface of a link type of users, in nanoseconds', () => {
  const [section, face, ...more] = blocksOf(captureHead('SQL01'));

  expect(more).toEqual([]);
  expect(section?.type).toBe(0x0a0d0d0a);
  expect(section?.body.getUint32(0, true)).toBe(0x1a2b3c4d);
  expect([section?.body.getUint16(4, true), section?.body.getUint16(6, true)]).toEqual([1, 0]);
  expect(section?.body.getBigInt64(8, true)).toBe(-1n);
  expect(face?.type).toBe(1);
  expect(face?.body.getUint16(0, true)).toBe(LINK_TYPE);
  const options = optionsOf(face?.body as DataView, 8);
  expect(said(options.get(2))).toBe('VMBus of SQL01');
  expect([...(options.get(9) ?? [])]).toEqual([9]);
});

test.each([
  [true, 2, new Uint8Array([1, 2, 3, 4, 5])],
  [false, 1, new Uint8Array(196).fill(7)],
  [true, 2, new Uint8Array(0)],
])(
  'a message to the guest: %o is a packet with flags %i and all its bytes',
  (toGuest, flags, bytes) => {
    const at = 1_353_406_927_418_123_400n;

    const [block] = blocksOf(packetBlock({ at, toGuest, comment: 'Offer für “Netz”', bytes }));

    const { type, body } = block as ReadBlock;
    expect([type, body.getUint32(0, true)]).toEqual([6, 0]);
    const read = (BigInt(body.getUint32(4, true)) << 32n) | BigInt(body.getUint32(8, true));
    expect(read).toBe(at);
    expect([body.getUint32(12, true), body.getUint32(16, true)]).toEqual([
      bytes.length,
      bytes.length,
    ]);
    expect([...new Uint8Array(body.buffer, body.byteOffset + 20, bytes.length)]).toEqual([
      ...bytes,
    ]);
    const options = optionsOf(body, 20 + Math.ceil(bytes.length / 4) * 4);
    expect(said(options.get(1))).toBe('Offer für “Netz”');
    expect([...(options.get(2) ?? [])]).toEqual([flags, 0, 0, 0]);
  },
);
