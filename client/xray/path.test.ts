import { expect, test } from 'vitest';
import { labelPoint, pathText, way } from './path.ts';

const box = (x: number, y: number) => ({ x, y, w: 100, h: 40 });

test('boxes above each other are joined straight', () => {
  expect(way(box(0, 0), box(20, 100))).toEqual([
    { x: 60, y: 40 },
    { x: 60, y: 100 },
  ]);
});

test('boxes beside each other are joined straight', () => {
  expect(way(box(200, 10), box(0, 0))).toEqual([
    { x: 200, y: 25 },
    { x: 100, y: 25 },
  ]);
});

test('boxes aslant are joined through the gap before the second one', () => {
  const points = way(box(0, 0), box(300, 200));

  expect(points).toEqual([
    { x: 50, y: 40 },
    { x: 50, y: 186 },
    { x: 350, y: 186 },
    { x: 350, y: 200 },
  ]);
});

test('a stack of boxes is entered at the side, from above and from below', () => {
  const stacked = { ...box(300, 100), door: 'left' } as const;

  expect(way(box(0, 300), stacked)).toEqual([
    { x: 90, y: 300 },
    { x: 90, y: 291 },
    { x: 296, y: 291 },
    { x: 296, y: 120 },
    { x: 300, y: 120 },
  ]);
  expect(way(stacked, box(0, 300))).toEqual(way(box(0, 300), stacked).toReversed());
});

test('the way up is the way down turned round', () => {
  const up = way(box(300, 200), box(0, 0));

  expect(up.at(0)).toEqual({ x: 350, y: 200 });
  expect(up.at(-1)).toEqual({ x: 50, y: 40 });
});

test('a label stands in the middle of its way, or beside it where a box would be covered', () => {
  const down = way(box(0, 0), box(0, 240));

  expect(labelPoint(down, 80, [])).toEqual({ x: 50, y: 140 });
  expect(labelPoint(down, 80, [box(0, 120)])).toEqual({ x: 50, y: 180 });
  expect(labelPoint(down, 80, [{ x: 0, y: 0, w: 100, h: 400 }])).toEqual({ x: 50, y: 140 });
});

test('a path begins and ends at its points', () => {
  const text = pathText(way(box(0, 0), box(300, 200)));

  expect(text.startsWith('M50 40')).toBe(true);
  expect(text.endsWith('L350 200')).toBe(true);
});
