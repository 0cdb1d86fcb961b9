import type { Fact } from '../../server/protocol/fact.ts';

// Where one is among the facts of what one looks at. Dozens may share a turn: records are those of the
// turn, what is lit is up to the very fact.

/** How many facts are not of a later turn; facts come in the order of their turns. */
export const countUpTo = (facts: readonly Fact[], turn: number): number => {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((facts[middle] as Fact).turn <= turn) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The index of the fact that is looked at: of the facts of that turn the one that was chosen, else the
 * last one up to it; -1 before all that are known.
 */
export const cursorAt = (facts: readonly Fact[], turn: number, chosen: number | null): number => {
  const end = countUpTo(facts, turn) - 1;
  for (let index = end; facts[index]?.turn === turn; index -= 1)
    if (facts[index]?.n === chosen) return index;
  return end;
};
