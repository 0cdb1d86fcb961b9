import { defineConfig } from 'drizzle-kit';

// drizzle-kit wants a default export. Paths are from the root of the repository, where npm runs it.
export default defineConfig({
  dialect: 'postgresql',
  schema: ['./db/*.ts', '!./db/*.test.ts', '!./db/drizzle.config.ts'],
  out: './db/migrations',
});
