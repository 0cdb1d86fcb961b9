import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, toHex } from './hex.ts';
import type { Codec } from './layout.ts';
import { at, bytes, guid, layout, u16, u32, u64, u64Big, u8, utf16, version } from './layout.ts';

function through<V>(codec: Codec<V>, value: V): V {
  const view = new DataView(new ArrayBuffer(codec.size + 3));
  codec.write(view, 3, value);
  return codec.read(view, 3);
}

const guids = fc.uuid();

test('every codec reads what it wrote', () => {
  fc.assert(
    fc.property(
      fc.record({
        byte: fc.integer({ min: 0, max: 0xff }),
        half: fc.integer({ min: 0, max: 0xffff }),
        word: fc.integer({ min: 0, max: 0xffff_ffff }),
        long: fc.maxSafeNat(),
        big: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
        id: guids,
        major: fc.integer({ min: 0, max: 0xffff }),
        minor: fc.integer({ min: 0, max: 0xffff }),
      }),
      ({ byte, half, word, long, big, id, major, minor }) => {
        expect(through(u8, byte)).toBe(byte);
        expect(through(u16, half)).toBe(half);
        expect(through(u32, word)).toBe(word);
        expect(through(u64, long)).toBe(long);
        expect(through(u64Big, big)).toBe(big);
        expect(through(guid, id)).toBe(id);
        expect(through(version, `${major}.${minor}`)).toBe(`${major}.${minor}`);
      },
    ),
  );
});

test('a text of UTF-16 is read up to its NUL', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 31 }).filter(text => !text.includes('\0')),
      text => {
        fc.pre(text.length <= 31);
        expect(through(utf16(64), text)).toBe(text);
      },
    ),
  );
});

test('an area of bytes loses only its trailing zeros', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), given => {
      const text = toHex(given);

      const back = through(bytes(120), text);

      expect(text.startsWith(back)).toBe(true);
      expect(text.slice(back.length).replaceAll('00', '')).toBe('');
    }),
  );
});

test('hexadecimal text and bytes are the same thing', () => {
  fc.assert(
    fc.property(fc.uint8Array(), given => {
      expect(fromHex(toHex(given))).toEqual(Uint8Array.from(given));
      expect(fromHex(toHex(given).toUpperCase())).toEqual(Uint8Array.from(given));
    }),
  );
});

test('a GUID has three little-endian groups and eight bytes as printed', () => {
  const device = layout(16, { id: at(0, guid) });

  const encoded = device.encode({ id: 'f8615163-df3e-46c5-913f-f2d2f965ed0e' });

  expect(toHex(encoded)).toBe('635161f83edfc546913ff2d2f965ed0e');
});

test('what no field covers is written as zero and ignored on reading', () => {
  const form = layout(8, { a: at(0, u8), b: at(6, u16) });

  const encoded = form.encode({ a: 1, b: 2 });
  encoded.fill(0xff, 1, 6);

  expect(toHex(form.encode({ a: 1, b: 2 }))).toBe('0100000000000200');
  expect(form.decode(encoded)).toEqual({ a: 1, b: 2 });
});

test('a field that ends beyond its structure is a bug', () => {
  expect(() => layout(4, { a: at(1, u32) })).toThrow('ends beyond');
});
