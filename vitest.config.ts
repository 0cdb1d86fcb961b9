import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{server,client,db,test}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/fixture/run.ts'],
    // Tests kill processes and set environment variables; each file has a process of its own.
    pool: 'forks',
    // A loaded machine with two cores may take seconds to start Postgres the first time.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
