import { expect, test } from 'vitest';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { countUpTo, cursorAt } from './cursor.ts';

const fact = (n: number, turn: number): Fact => ({
  n,
  turn,
  at: turn as SimTime,
  kind: 'step',
  from: 'vmms',
  to: null,
  host: null,
  vm: null,
  cause: null,
  audience: 'everyone',
  summary: '',
  data: {},
});

const FACTS = [fact(10, 3), fact(11, 3), fact(12, 3), fact(15, 7), fact(19, 9)];

test.each([
  [0, 0],
  [3, 3],
  [6, 3],
  [7, 4],
  [99, 5],
])('up to turn %i there are %i facts', (turn, count) => {
  expect(countUpTo(FACTS, turn)).toBe(count);
});

test.each<[turn: number, chosen: number | null, index: number]>([
  [3, null, 2],
  [3, 11, 1],
  [3, 15, 2],
  [8, 11, 3],
  [2, null, -1],
])('in turn %i with fact %o chosen the cursor is at %i', (turn, chosen, index) => {
  expect(cursorAt(FACTS, turn, chosen)).toBe(index);
});
