import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ring } from './ring.ts';
import { hasRoom, read, ringSize, used, write } from './ring.ts';

const SIZE = ringSize(2);

test('[VB11] the data area is whole pages behind one control page', () => {
  expect(ringSize(4)).toBe(3 * 4096);
  expect(() => ringSize(1)).toThrow('control page');
});

test('[VB11] eight bytes stay free, and the longest packet is shorter than the ring by two of them', () => {
  const empty: Ring = { in: 4088, out: 4088, size: SIZE };
  const almost: Ring = { in: 4072, out: 0, size: SIZE };

  expect(hasRoom(empty, SIZE - 16)).toBe(true);
  expect(hasRoom(empty, SIZE - 8)).toBe(false);
  expect(hasRoom(almost, 16)).toBe(true);
  expect(hasRoom({ ...almost, in: 4080 }, 16)).toBe(false);
});

test('[VB11] [VB12] a ring behaves as a queue of bytes; only a write to an empty one signals', () => {
  const operations = fc.array(
    fc.record({ writes: fc.boolean(), length: fc.integer({ min: 1, max: 160 }) }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(operations, steps => {
      let ring: Ring = { in: 0, out: 0, size: SIZE };
      const queue: number[] = [];
      for (const { writes, length: words } of steps) {
        const length = words * 8;
        const full = queue.reduce((sum, each) => sum + each, 0);
        if (writes && hasRoom(ring, length)) {
          const written = write(ring, length);
          expect(written.signal).toBe(queue.length === 0);
          ring = { ...ring, in: written.in };
          queue.push(length);
        } else if (writes) {
          expect(full + length).toBeGreaterThan(SIZE - 16);
        } else {
          const first = queue.shift();
          if (first !== undefined) ring = { ...ring, out: read(ring, first) };
        }
        expect(used(ring)).toBe(queue.reduce((sum, each) => sum + each, 0));
        expect(ring.in % 8).toBe(0);
      }
    }),
  );
});

test('[VB11] lengths that are no multiple of eight, and reading what is not there, are bugs', () => {
  const ring: Ring = { in: 8, out: 0, size: SIZE };

  expect(() => write(ring, 12)).toThrow('multiples of 8');
  expect(() => read(ring, 16)).toThrow('behind the writer');
});
