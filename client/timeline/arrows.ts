import type { Fact } from '../../server/protocol/fact.ts';
import { chainOf } from '../inspector/cause-chain.ts';

/** From a cause to what it caused. */
export interface Arrow {
  readonly from: Fact;
  readonly to: Fact;
  /** How many steps it is away from the chosen fact. */
  readonly distance: number;
}

const BACK = 40;
const FORWARD = 60;

/** The chain of causes of a fact, and what it caused itself. */
export const arrowsOf = (
  chosen: Fact,
  facts: readonly Fact[],
  find: (n: number) => Fact | undefined,
): readonly Arrow[] => {
  const chain = chainOf(chosen, find).facts.slice(-BACK);
  const back = chain.flatMap((to, index): Arrow[] => {
    const from = chain[index - 1];
    return from === undefined ? [] : [{ from, to, distance: chain.length - index }];
  });
  const forward: Arrow[] = [];
  // A fact comes behind its cause, so nothing in front of it needs to be looked at.
  for (let index = facts.length - 1; index >= 0; index -= 1) {
    const to = facts[index] as Fact;
    if (to.n <= chosen.n) break;
    if (to.cause === chosen.n) forward.push({ from: chosen, to, distance: 1 });
  }
  return [...back, ...forward.slice(-FORWARD)];
};
