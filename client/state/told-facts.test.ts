import { expect, test } from 'vitest';
import type { Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { ToldFacts } from './told-facts.ts';

const facts = (from: number, to: number): readonly Fact[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    n: from + index,
    turn: 1,
    at: 0 as SimTime,
    kind: 'step',
    from: 'vmms',
    to: null,
    host: null,
    vm: null,
    cause: null,
    audience: 'everyone',
    summary: '',
    data: {},
  }));

test('what was told is found, and those told longest ago make room', () => {
  const told = new ToldFacts();
  const versions: number[] = [];
  const stop = told.listen(() => versions.push(told.version));

  told.put(facts(1, 15_000));
  told.put(facts(15_001, 24_000));
  told.put(facts(4_500, 4_500));
  told.put(facts(24_001, 25_000));
  stop();
  told.put(facts(30_000, 30_000));

  expect([1, 4_499, 4_500, 15_000, 25_000].map(n => told.find(n)?.n)).toEqual([
    undefined,
    undefined,
    4_500,
    15_000,
    25_000,
  ]);
  expect(versions).toEqual([1, 2, 3, 4]);
});

test('of another history nothing that was told stays', () => {
  const told = new ToldFacts();
  told.put(facts(1, 3));

  told.clear();
  told.clear();

  expect([told.find(2), told.version]).toEqual([undefined, 2]);
});
