import { draw } from '../../server/base/prng.ts';

/** Dice of a swarm: everything random in a run follows from its seed. */
export function diceOf(seed: number): () => number {
  let n = 0;
  return () => {
    n += 1;
    return draw(seed, 0x5eed, n);
  };
}

export function pick<T>(dice: () => number, from: readonly T[]): T {
  return from[dice() % from.length] as T;
}
