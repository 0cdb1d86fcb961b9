import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Wish } from './shares.ts';
import { WHOLE, millionths, shares } from './shares.ts';

const busy = (weight: number, reserve = 0, demand = WHOLE): Wish => ({ demand, reserve, weight });

const wish: fc.Arbitrary<Wish> = fc
  .tuple(
    fc.integer({ min: 0, max: WHOLE }),
    fc.integer({ min: 0, max: 0x1_0000 }),
    fc.integer({ min: 1, max: 10_000 }),
  )
  .map(([demand, reserve, weight]) => ({
    demand,
    reserve: Math.min(demand, millionths(reserve)),
    weight,
  }));

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

test('[HV83] 100, 200 and 700 on one processor have 10, 20 and 70 percent', () => {
  expect(shares([busy(100), busy(200), busy(700)], WHOLE)).toEqual([100_000, 200_000, 700_000]);
});

test('[HV83] equal weights have equal shares, however many there are', () => {
  expect(
    shares(
      Array.from({ length: 8 }, () => busy(100)),
      4 * WHOLE,
    ),
  ).toEqual(Array.from({ length: 8 }, () => WHOLE / 2));
});

test('[HV83] what one does not want goes to the others by their weights', () => {
  expect(shares([busy(700, 0, 100_000), busy(100), busy(200)], WHOLE)).toEqual([
    100_000, 300_000, 600_000,
  ]);
});

test('[HV84] a reserve comes before all weights, and what is not wanted of it is free', () => {
  expect(shares([busy(1, 500_000), busy(10_000)], WHOLE)).toEqual([500_000, 500_000]);
  expect(shares([busy(1, 100_000, 100_000), busy(100), busy(100)], WHOLE)).toEqual([
    100_000, 450_000, 450_000,
  ]);
});

test('[HV82] all that there is is given to those who want it, to the last millionth', () => {
  fc.assert(
    fc.property(
      fc.array(wish, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      (wishes, lps) => {
        const capacity = lps * WHOLE;
        fc.pre(sum(wishes.map(({ reserve }) => reserve)) <= capacity);

        const given = shares(wishes, capacity);

        expect(sum(given)).toBe(Math.min(capacity, sum(wishes.map(({ demand }) => demand))));
        given.forEach((share, n) => {
          const { demand, reserve } = wishes[n] as Wish;
          expect(share).toBeLessThanOrEqual(demand);
          expect(share).toBeGreaterThanOrEqual(reserve);
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('[HV83] nobody who has more than its reserve has more by weight than one who wants more', () => {
  fc.assert(
    fc.property(fc.array(wish, { minLength: 2, maxLength: 12 }), wishes => {
      fc.pre(sum(wishes.map(({ reserve }) => reserve)) <= WHOLE);

      const given = shares(wishes, WHOLE);

      const level = (n: number): number => (given[n] ?? 0) / (wishes[n]?.weight ?? 1);
      const wanting = given.flatMap((share, n) => (share < (wishes[n]?.demand ?? 0) ? [n] : []));
      const favoured = given.flatMap((share, n) =>
        share > (wishes[n]?.reserve ?? 0) + 1 ? [n] : [],
      );
      for (const rich of favoured) {
        for (const poor of wanting) {
          const rounding = 2 / (wishes[rich]?.weight ?? 1) + 2 / (wishes[poor]?.weight ?? 1);
          expect(level(rich) - level(poor)).toBeLessThanOrEqual(rounding);
        }
      }
    }),
    { numRuns: 300 },
  );
});
