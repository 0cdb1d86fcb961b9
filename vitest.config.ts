import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/fixture/longest-first.ts';

export default defineConfig({
  test: {
    include: ['{server,client,db,test}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/fixture/run.ts'],
    setupFiles: ['test/fixture/seed.ts'],
    // Tests kill processes and set environment variables; each file has a process of its own.
    pool: 'forks',
    // Of two cores vitest would use one; most of our tests wait for a server or a browser, and the
    // longest of them for half of the run.
    maxWorkers: Math.max(3, availableParallelism()),
    sequence: { sequencer: LongestFirst },
    // How long a test may hang, not how fast it must be: on a loaded machine a start of Postgres
    // takes seconds, and a browser's every step.
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
