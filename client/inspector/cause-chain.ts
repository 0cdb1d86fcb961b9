import type { Fact } from '../../server/protocol/fact.ts';

export interface Chain {
  /** From the beginning to the fact itself. */
  readonly facts: readonly Fact[];
  /** False when a cause is older than what this page holds. */
  readonly whole: boolean;
}

/** Further back nobody reads; what begins a chain is looked for all the same. */
const LONGEST = 400;

export const chainOf = (fact: Fact, find: (n: number) => Fact | undefined): Chain => {
  const facts = [fact];
  let at = fact;
  while (at.cause !== null && facts.length < LONGEST) {
    const before = find(at.cause);
    // A cause comes before what it causes; anything else would never end.
    if (before === undefined || before.n >= at.n)
      return { facts: facts.toReversed(), whole: false };
    facts.push(before);
    at = before;
  }
  return { facts: facts.toReversed(), whole: at.cause === null };
};

/**
 * A chain short enough to read: its beginning, where it was handed from one component to another, and
 * its end. What was left out is counted.
 */
export const abridged = (
  facts: readonly Fact[],
  most: number,
): readonly (Fact | { readonly left: number })[] => {
  if (facts.length <= most) return facts;
  const weight = (fact: Fact, index: number): number => {
    if (index === 0 || index === facts.length - 1) return 4;
    if (fact.kind === 'action') return 3;
    return fact.from === facts[index - 1]?.from ? 0 : 1 + index / facts.length;
  };
  const kept = new Set(
    facts
      .map((fact, index) => ({ index, weight: weight(fact, index) }))
      .toSorted((a, b) => b.weight - a.weight || b.index - a.index)
      .slice(0, most)
      .map(({ index }) => index),
  );
  const shown: (Fact | { left: number })[] = [];
  facts.forEach((fact, index) => {
    const last = shown.at(-1);
    if (kept.has(index)) shown.push(fact);
    else if (last !== undefined && 'left' in last) last.left += 1;
    else shown.push({ left: 1 });
  });
  return shown;
};

/** Facts are numbered upwards, so the one of a number is found by halving. */
export const findFact = (facts: readonly Fact[], n: number): Fact | undefined => {
  let low = 0;
  let high = facts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const fact = facts[middle];
    if (fact === undefined || fact.n === n) return fact;
    if (fact.n < n) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
};
