import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres, { type Sql } from 'postgres';
import { ADVISORY } from './advisory.ts';

export const MIGRATIONS = fileURLToPath(new URL('../../db/migrations', import.meta.url));

/**
 * Brings the schema of the database to that of this checkout. Of two servers that start at once, one
 * migrates and the other waits. A database that is ahead of the checkout is refused, not guessed at.
 */
export const migrate = async (url: string, folder = MIGRATIONS): Promise<void> => {
  // A connection lost on the way takes the lock with it, so nothing may run on a second one.
  const sql = postgres(url, { max: 1, max_lifetime: null, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${ADVISORY.space}, ${ADVISORY.migrate})`;
    await refuseNewer(sql, folder);
    await runMigrations(drizzle({ client: sql }), { migrationsFolder: folder });
  } finally {
    await sql.end({ timeout: 5 });
  }
};

interface Journal {
  readonly entries: readonly { readonly when: number; readonly tag: string }[];
}

export const readJournal = (folder = MIGRATIONS): Journal => {
  const path = join(folder, 'meta', '_journal.json');
  if (!existsSync(path)) throw new Error(`There are no migrations in ${folder}.`);
  return JSON.parse(readFileSync(path, 'utf8'));
};

/** When the newest migration of this database was written; undefined when it has none. */
export const schemaAge = async (sql: Sql): Promise<number | undefined> => {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (table?.['name'] === null) return undefined;
  const [row] = await sql<{ at: string | null }[]>`
    select max(created_at) as at from drizzle.__drizzle_migrations`;
  return row?.at === null || row?.at === undefined ? undefined : Number(row.at);
};

const refuseNewer = async (sql: Sql, folder: string): Promise<void> => {
  const inDatabase = (await schemaAge(sql)) ?? 0;
  const inCheckout = Math.max(0, ...readJournal(folder).entries.map(entry => entry.when));
  if (inDatabase > inCheckout)
    throw new Error('This database belongs to a newer Enlighten: update this checkout first.');
};
