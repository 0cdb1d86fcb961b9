import { expect, test } from 'vitest';
import { kill } from './kill.ts';

// A short `npm run kill`. How fast a server is back is for the long one, on a machine that does
// nothing else.

test('killed at chosen moments, with Postgres and without, nobody loses or is shown anything false', async () => {
  const said: string[] = [];
  const options = { seed: 7, rounds: 6, restarts: 1, frozen: 0, bots: 3, hosts: 2, vms: 8 };

  const report = await kill({ ...options, midStart: 2, keep: false, say: line => said.push(line) });

  expect(report, said.join('\n')).toMatchObject({
    missing: 0,
    doneTwice: 0,
    answersChanged: 0,
    unanswered: 0,
    positionsBack: 0,
    gaps: 0,
    factsFalse: 0,
    rowsFalse: 0,
    diverged: 0,
    hashesDiffer: 0,
    replayDiffers: 0,
    notAtMoment: 0,
    withPostgres: 1,
    postgresRestarts: 1,
  });
  // As many rounds as there are moments: each is struck once, or the strike does not find its place.
  expect(Object.values(report.moments)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(report.deltaShare).toBeGreaterThanOrEqual(0.95);
  expect(report.acknowledged).toBeGreaterThan(50);
  expect(report.factsSeen).toBeGreaterThan(100);
}, 110_000);
