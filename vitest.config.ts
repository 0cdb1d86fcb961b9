import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'client/**/*.test.ts', 'db/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/fixture/run.ts'],
    // A loaded machine with two cores may take seconds to start Postgres the first time.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
