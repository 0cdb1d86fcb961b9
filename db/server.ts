import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core';

/** Which server process owns this database: one row, held together with an advisory lock. */
export const serverLease = pgTable(
  'server_lease',
  {
    id: smallint('id').primaryKey().default(1),
    /** Rises with every owner, never falls: a fence for what an earlier owner may still try. */
    term: bigint('term', { mode: 'number' }).notNull(),
    holder: text('holder').notNull(),
    host: text('host').notNull(),
    process: integer('process').notNull(),
    /** The Postgres process that holds the advisory lock for it. */
    backend: integer('backend').notNull(),
    since: timestamp('since', { withTimezone: true }).notNull(),
    beat: timestamp('beat', { withTimezone: true }).notNull(),
  },
  table => [check('server_lease_is_one_row', sql`${table.id} = 1`)],
);
