import { readFileSync } from 'node:fs';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { expect, test } from 'vitest';
import type { Table } from '../server/protocol/field.ts';
import { TABLES } from '../server/protocol/record/index.ts';
import { RECORD_KINDS } from '../server/protocol/record/kind.ts';
import { aDatabase } from '../test/fixture/postgres.ts';
import { snakeCase } from './snake-case.ts';
import { SCHEMA } from './schema.ts';

const database = await aDatabase();

const KEY = ['branch', 'id', 'rev', 'cause'];
const POSTGRES_TYPES = { text: 'text', int: 'bigint', bool: 'boolean', json: 'json' };

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

test('the migrations make the schema: nothing is left to migrate (else npm run db:generate)', async () => {
  const folder = new URL('migrations/meta/', import.meta.url);
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  const { entries } = read('_journal.json');
  const last = read(`${String(entries.length - 1).padStart(4, '0')}_snapshot.json`);

  const missing = await generateMigration(last, generateDrizzleJson({ ...SCHEMA }));

  expect(missing).toEqual([]);
});

test.each(RECORD_KINDS)('%s has the columns of its field table', async kind => {
  const table: Table = TABLES[kind];
  const columns = await database.sql<Column[]>`
    select column_name as name, data_type as type, is_nullable = 'YES' as nullable
    from information_schema.columns
    where table_schema = 'public' and table_name = ${snakeCase(kind)} order by ordinal_position`;

  const fields = columns.filter(({ name }) => !KEY.includes(name));

  expect(columns.slice(0, KEY.length).map(({ name }) => name)).toEqual(KEY);
  expect(fields).toEqual(
    Object.entries(table.fields).map(([name, { type, nullable }]) => ({
      name: snakeCase(name),
      type: POSTGRES_TYPES[type],
      nullable,
    })),
  );
});

test('every record table has its key and says what it holds', async () => {
  const found = await database.sql<{ name: string; key: string; about: string }[]>`
    select c.relname as name, pg_get_constraintdef(k.oid) as key,
      obj_description(c.oid, 'pg_class') as about
    from pg_class c join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
    where c.relname in ${database.sql(RECORD_KINDS.map(snakeCase))}`;

  const sorted = [...found].toSorted((a, b) => (a.name < b.name ? -1 : 1));

  const expected = RECORD_KINDS.map(kind => ({
    name: snakeCase(kind),
    key: 'PRIMARY KEY (branch, id)',
    about: TABLES[kind].about,
  }));
  expect(sorted).toEqual(expected.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
});

test('no column is jsonb, which would reorder keys', async () => {
  const found = await database.sql`
    select table_name from information_schema.columns
    where table_schema = 'public' and data_type = 'jsonb'`;

  expect([...found]).toEqual([]);
});

test('trace is partitioned by day', async () => {
  const [row] = await database.sql`
    select pg_get_partkeydef(to_regclass('trace')) as key`;

  expect(row?.['key']).toBe('RANGE (day)');
});
