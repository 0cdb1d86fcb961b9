import { expect, test } from 'vitest';
import { SeedRun } from './run-seed.ts';
import { SABOTAGES, sabotage } from './sabotage.ts';

/** Enough to meet every kind of trouble many times; `npm run swarm` runs as many as one likes. */
const HONEST_SEEDS = 40;

/** Within so many seeds every sabotage must be noticed. */
const SABOTAGE_SEEDS = 200;

test(
  'no random life of a lab loses, doubles, changes or takes back anything',
  { timeout: 120_000 },
  async () => {
    const violations: string[] = [];
    let kills = 0;
    let answers = 0;

    for (let seed = 1; seed <= HONEST_SEEDS; seed += 1) {
      const report = await new SeedRun(seed).run(seed);
      kills += report.kills;
      answers += report.answers;
      violations.push(...report.violations.map(text => `seed ${seed}: ${text}`));
    }

    expect(violations).toEqual([]);
    // A swarm in which nothing happens proves nothing.
    expect(kills).toBeGreaterThan(HONEST_SEEDS);
    expect(answers).toBeGreaterThan(HONEST_SEEDS * 10);
  },
);

test.each(Object.keys(SABOTAGES))('%s is noticed', { timeout: 120_000 }, async name => {
  let caughtBy: number | null = null;

  for (let seed = 1; seed <= SABOTAGE_SEEDS && caughtBy === null; seed += 1) {
    const { wrap, undo } = sabotage(name);
    const { violations } = await new SeedRun(seed, wrap).run(seed, undo);
    if (violations.length > 0) caughtBy = seed;
  }

  expect(caughtBy).not.toBeNull();
});
