import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gutterFor } from './layout.ts';
import { fitting, kept, linesOf, type Scale, stepOf, timeAt, xOf, zoomed } from './scale.ts';

const scales = fc.record({
  start: fc.integer({ min: 0, max: 1e12 }),
  ticksPerPixel: fc.double({ min: 0.05, max: 1e9, noNaN: true }),
});

test('what is under the pointer stays there when one goes nearer', () => {
  fc.assert(
    fc.property(
      scales,
      fc.integer({ min: 0, max: 2_000 }),
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      (scale, x, factor) => {
        const before = timeAt(scale, x);
        const after = timeAt(zoomed(scale, factor, x), x);
        expect(Math.abs(after - before)).toBeLessThanOrEqual(Math.max(1, before) * 1e-9);
      },
    ),
  );
});

test('all of a stretch fits, with room at its ends', () => {
  const scale = fitting(1_000_000, 9_000_000, 800);

  expect(xOf(scale, 1_000_000)).toBeGreaterThan(0);
  expect(xOf(scale, 9_000_000)).toBeLessThan(800);
});

test('one never gets lost: some of what is known is always in sight', () => {
  fc.assert(
    fc.property(scales, scale => {
      const [from, to, width] = [5e8, 9e8, 800];
      const { start, ticksPerPixel }: Scale = kept(scale, from, to, width);
      expect(start).toBeLessThanOrEqual(to);
      expect(start + width * ticksPerPixel).toBeGreaterThanOrEqual(from);
    }),
  );
});

test.each([
  [0.1, 10],
  [100, 10_000],
  [100_000, 10_000_000],
  [50_000_000, 6_000_000_000],
])('at %d ticks a pixel a line is drawn every %d ticks', (ticksPerPixel, step) => {
  expect(stepOf({ start: 0, ticksPerPixel }, 96)).toBe(step);
});

test('lines stand on whole steps of the clock, wherever the lab began', () => {
  const scale = { start: 12_345_678, ticksPerPixel: 100_000 };

  const lines = linesOf(scale, 600, 10_000_000, 3_000_000);

  expect(lines.length).toBe(6);
  for (const at of lines) expect((at + 3_000_000) % 10_000_000).toBe(0);
  expect(lines[0]).toBeGreaterThanOrEqual(scale.start);
});

test('the names of tracks have the room that the longest needs, and a third of the drawing at most', () => {
  const short = [{ title: 'VID' }];
  const long = [...short, { title: 'vmwp of a machine with a long name' }];

  const rooms = [gutterFor(short, 800), gutterFor(long, 800), gutterFor(long, 390)];

  expect(rooms).toEqual([96, 250, 130]);
});
