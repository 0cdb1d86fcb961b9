import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { anEmptyDatabase } from '../../test/fixture/postgres.ts';
import { migrate, schemaAge } from './migrate.ts';

const scratch = mkdtempSync(join(tmpdir(), 'enlighten-migrate-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A folder as drizzle-kit writes it, one migration a statement. */
const aFolder = (name: string, statements: readonly string[]): string => {
  const folder = join(scratch, name);
  mkdirSync(join(folder, 'meta'), { recursive: true });
  const entries = statements.map((statement, idx) => {
    const tag = `000${idx}_step`;
    writeFileSync(join(folder, `${tag}.sql`), statement);
    return { idx, version: '7', when: 1_000 + idx, tag, breakpoints: true };
  });
  const journal = { version: '7', dialect: 'postgresql', entries };
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify(journal));
  return folder;
};

const ONE = ['create table host (name text); insert into host select pg_sleep(0.3)::text'];
const TWO = [...ONE, 'alter table host add column memory int'];

test('two servers that start at once migrate once', async () => {
  const { url, sql } = await anEmptyDatabase();
  const folder = aFolder('at-once', ONE);

  await Promise.all([migrate(url, folder), migrate(url, folder)]);

  expect(await sql`select name from host`).toHaveLength(1);
});

test('a newer checkout brings an older database up to it and keeps what is there', async () => {
  const { url, sql } = await anEmptyDatabase();
  await migrate(url, aFolder('older', ONE));

  await migrate(url, aFolder('newer', TWO));

  expect(await sql`select memory from host`).toMatchObject([{ memory: null }]);
  expect(await schemaAge(sql)).toBe(1_001);
});

test('a database of a newer checkout is refused and left as it is', async () => {
  const { url, sql } = await anEmptyDatabase();
  await migrate(url, aFolder('ahead', TWO));

  const migrating = migrate(url, aFolder('behind', ONE));

  await expect(migrating).rejects.toThrow('belongs to a newer Enlighten');
  expect(await schemaAge(sql)).toBe(1_001);
});

test('a migration that fails leaves the database as it was', async () => {
  const { url, sql } = await anEmptyDatabase();
  const folder = aFolder('broken', [...ONE, 'alter table nowhere add column memory int']);

  await expect(migrate(url, folder)).rejects.toThrow();

  expect(await sql`select to_regclass('host') as host`).toMatchObject([{ host: null }]);
});
