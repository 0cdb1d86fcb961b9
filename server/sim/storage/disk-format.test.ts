import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GIB, MIB, TIB } from '../hardware/page.ts';
import type { BlockMap } from './block-map.ts';
import { countOf, joined, resized, spanned, without } from './block-map.ts';
import type { DiskShape } from './disk-format.ts';
import { blocksWithin, defaultBlockSize, fileSizeOf } from './disk-format.ts';

const shape = (
  format: DiskShape['format'],
  type: DiskShape['type'],
  maximumSize: number,
): DiskShape => ({
  format,
  type,
  maximumSize,
  blockSize: defaultBlockSize(format, type),
  logicalSectorSize: 512,
});

test('[ST20] a VHDX has 1 MB each of headers, log and metadata, and its table in whole megabytes', () => {
  const empty = [
    shape('VHDX', 'Dynamic', 127 * GIB),
    shape('VHDX', 'Dynamic', 64 * TIB),
    shape('VHDX', 'Differencing', 127 * GIB),
    shape('VHDX', 'Differencing', 2 * TIB),
    shape('VHDX', 'Fixed', 10 * GIB),
  ].map(one => fileSizeOf(one, []));

  // 64 TB are 2,097,152 blocks of 32 MB and 16,383 bitmap entries between them, of 8 bytes each.
  expect(empty).toEqual([4 * MIB, 20 * MIB, 4 * MIB, 12 * MIB, 10 * GIB + 4 * MIB]);
});

test('[ST20] a differencing VHDX has a bitmap of 1 MB for each 4 GB that it wrote to', () => {
  const child = shape('VHDX', 'Differencing', 60 * GIB);
  const chunk = (4 * GIB) / (2 * MIB);

  const sizes = [
    [[0, 1]],
    [
      [0, 1],
      [5, 1],
    ],
    [[chunk - 1, 2]],
    [
      [0, 1],
      [3 * chunk, 1],
    ],
  ].map(blocks => fileSizeOf(child, blocks as [number, number][]));

  expect(sizes).toEqual([7 * MIB, 9 * MIB, 10 * MIB, 10 * MIB]);
});

test('[ST21] a VHD has a footer, a dynamic one also its copy, a header and 4 bytes a block', () => {
  const fixed = fileSizeOf(shape('VHD', 'Fixed', 8 * GIB), []);
  const dynamic = shape('VHD', 'Dynamic', 127 * GIB);
  const empty = fileSizeOf(dynamic, []);
  const written = fileSizeOf(dynamic, [[0, 1]]);
  const child = fileSizeOf(shape('VHD', 'Differencing', 127 * GIB), []);

  // 127 GB are 65,024 blocks of 2 MB.
  expect(fixed).toBe(8 * GIB + 512);
  expect(empty).toBe(512 + 1024 + 65_024 * 4 + 512);
  expect(written).toBe(262_144 + 4096 + 2 * MIB + 512);
  expect(child).toBe(empty + 1024);
});

test('[ST22] block maps are the sets of blocks that they tell', () => {
  const runs = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 9 })), { maxLength: 8 });
  const setOf = (map: BlockMap): Set<number> =>
    new Set(map.flatMap(([first, count]) => Array.from({ length: count }, (_, at) => first + at)));
  fc.assert(
    fc.property(runs, runs, (one, other) => {
      const [a, b] = [joined(one, []), joined(other, [])];

      const both = joined(a, b);
      const rest = without(a, b);
      const larger = resized(a, 2, 8);

      expect(setOf(both)).toEqual(
        new Set([...setOf(one), ...setOf(other)].toSorted((x, y) => x - y)),
      );
      expect(setOf(rest)).toEqual(new Set([...setOf(a)].filter(block => !setOf(b).has(block))));
      expect(setOf(larger)).toEqual(new Set([...setOf(a)].map(block => Math.floor(block / 4))));
      expect(countOf(both)).toBe(setOf(both).size);
      for (const [at, [first]] of both.entries()) {
        const before = both[at - 1];
        if (before !== undefined) expect(before[0] + before[1]).toBeLessThan(first);
      }
    }),
  );
});

test('[ST22] bytes touch the blocks they lie in, and a file of some size has so many', () => {
  const disk = shape('VHDX', 'Dynamic', 60 * GIB);

  expect(spanned(31 * MIB, 2 * MIB, 32 * MIB)).toEqual([0, 2]);
  expect(spanned(64 * MIB, 0, 32 * MIB)).toEqual([2, 0]);
  expect(blocksWithin(disk, 4 * MIB + 32 * MIB * 3)).toBe(3);
  expect(blocksWithin(disk, MIB)).toBe(0);
});
