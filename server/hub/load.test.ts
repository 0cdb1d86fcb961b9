import { expect, test } from 'vitest';
import { nextWindow } from './load.ts';

const MANY = 20_000;

test.each([
  { what: 'with time to spare', before: 0, utilisation: 0.5, after: 0 },
  { what: 'when it gets busy', before: 0, utilisation: 0.65, after: 16 },
  { what: 'when it is nearly full', before: 0, utilisation: 0.9, after: 50 },
  { what: 'less busy by being wider', before: 50, utilisation: 0.6, after: 50 },
  { what: 'less busy by far', before: 50, utilisation: 0.45, after: 16 },
  { what: 'with nothing to do', before: 50, utilisation: 0.1, after: 0 },
  { what: 'a little less busy', before: 16, utilisation: 0.4, after: 16 },
  { what: 'busier still', before: 16, utilisation: 0.85, after: 50 },
])('a hub $what collects for $after ms', ({ before, utilisation, after }) => {
  expect(nextWindow(before, { utilisation, sharedPerSecond: MANY })).toBe(after);
});

test('what keeps a hub busy without many readers is not helped by waiting', () => {
  expect(nextWindow(0, { utilisation: 1, sharedPerSecond: 200 })).toBe(0);
});
