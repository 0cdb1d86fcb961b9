import { expect, test } from 'vitest';
import { nearest } from './use-arrow-keys.ts';

const PLACES = [
  { x: 100, y: 0 },
  { x: 60, y: 90 },
  { x: 0, y: 50 },
  { x: -40, y: 5 },
];

test.each([
  ['ArrowRight', 0],
  ['ArrowDown', 2],
  ['ArrowLeft', 3],
  ['ArrowUp', null],
] as const)('%s goes to the part that lies nearest that way', (way, index) => {
  expect(nearest({ x: 0, y: 0 }, PLACES, way)).toBe(index);
});
