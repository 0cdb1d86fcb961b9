import { expect, test } from 'vitest';
import type { Component, Fact } from '../../server/protocol/fact.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { abridged, chainOf, findFact } from './cause-chain.ts';

const fact = (n: number, cause: number | null, from: Component = 'vid'): Fact => ({
  n,
  turn: n,
  at: n as SimTime,
  kind: 'step',
  from,
  to: null,
  host: null,
  vm: null,
  cause,
  audience: 'everyone',
  summary: '',
  data: {},
});

const finder = (facts: readonly Fact[]) => (n: number) => findFact(facts, n);
const numbers = (facts: readonly Fact[]) => facts.map(({ n }) => n);

test('a chain goes back to what a person began', () => {
  const facts = [fact(1, null, 'person'), fact(2, 1), fact(3, null), fact(7, 2), fact(9, 7)];

  const chain = chainOf(facts[4] as Fact, finder(facts));

  expect([numbers(chain.facts), chain.whole]).toEqual([[1, 2, 7, 9], true]);
});

test('a chain whose beginning is not here any more says so', () => {
  const facts = [fact(7, 2), fact(9, 7)];

  const chain = chainOf(facts[1] as Fact, finder(facts));

  expect([numbers(chain.facts), chain.whole]).toEqual([[7, 9], false]);
});

test('a fact that names itself as its cause ends the chain instead of the page', () => {
  const facts = [fact(5, 5)];

  expect(chainOf(facts[0] as Fact, finder(facts))).toEqual({ facts, whole: false });
});

test('an abridged chain keeps its beginning, its end and the handovers, and counts the rest', () => {
  const facts = [
    fact(1, null, 'person'),
    fact(2, 1, 'vmms'),
    ...[3, 4, 5, 6, 7].map(n => fact(n, n - 1, 'vid')),
    fact(8, 7, 'hypervisor'),
  ];

  const shown = abridged(facts, 4);

  expect(shown).toEqual([facts[0], facts[1], facts[2], { left: 4 }, facts[7]]);
});

test.each([1, 4, 9, 20])('the fact number %i is found among many', n => {
  const facts = [1, 4, 9, 20].map(number => fact(number, null));

  expect(findFact(facts, n)?.n).toBe(n);
  expect(findFact(facts, 5)).toBeUndefined();
});
