import { expect, test } from 'vitest';
import {
  cpuUsage,
  fileSizeText,
  hex,
  memoryText,
  plural,
  roughSizeText,
  shareText,
} from './amount.ts';

const GIB = 1024 ** 3;

test('amounts are written as Hyper-V Manager writes them', () => {
  const written = [memoryText(4 * GIB), fileSizeText(127 * GIB), fileSizeText(36 * 1024 ** 2)];

  expect(written).toEqual(['4096 MB', '127.00 GB', '36.00 MB']);
});

test('rough sizes drop what does not matter', () => {
  const sizes = [32 * GIB, 1.5 * GIB, 900 * 1024, 2_500 * GIB];

  expect(sizes.map(roughSizeText)).toEqual(['32 GB', '1.5 GB', '900 KB', '2.4 TB']);
});

test('a share says its unit once where it can', () => {
  expect([shareText(4.3 * GIB, 64 * GIB), shareText(512 * 1024 ** 2, 64 * GIB)]).toEqual([
    '4.3 of 64 GB',
    '512 MB of 64 GB',
  ]);
});

test.each([
  [1_000, 8, 13],
  [1_000, 1, 100],
  [4_000, 1, 100],
  [0, 8, 0],
  [500, 0, 0],
])('a load of %i thousandths on %i logical processors is %i %% of the host', (load, lps, usage) => {
  expect(cpuUsage(load, lps)).toBe(usage);
});

test('numbers of hypercalls have four digits', () => {
  expect(hex(0x40)).toBe('0x0040');
});

test('one is one and the others are many', () => {
  expect([plural(1, 'host'), plural(2, 'host'), plural(0, 'job')]).toEqual([
    '1 host',
    '2 hosts',
    '0 jobs',
  ]);
});
