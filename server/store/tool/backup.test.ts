import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import postgres, { type Sql } from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { aDatabase, anEmptyDatabase, type TestDatabase } from '../../../test/fixture/postgres.ts';
import { ADVISORY } from '../advisory.ts';
import { dump, listTables } from './dump.ts';
import { restore } from './restore.ts';

const scratch = mkdtempSync(join(tmpdir(), 'enlighten-backup-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let files = 0;
const aFile = (): string => join(scratch, `${(files += 1)}.gz`);

/** What formats of text trip over. */
const AWKWARD = ['', '\\.', '\\N', 'a\tb', 'a\nb', 'a\r\nb', '\\\\', '{"x"}', 'ü 😀 \u2028', "'"];

const fill = async ({ sql }: TestDatabase): Promise<void> => {
  await sql`insert into lab (id, name, file) values ('lab:1', 'One', '')`;
  await sql`insert into branch (lab) values ('lab:1')`;
  await sql`insert into branch (lab, parent, parent_turn, parent_seq) values ('lab:1', 1, 2, 3)`;
  await sql`insert into keyframe (branch, turn, simulation, at, seq, hash, bytes)
    values (2, 1, 1, ${'9007199254740991'}, 4, 'h', ${randomBytes(1_000_000)})`;
  for (const [n, text] of AWKWARD.entries())
    await sql`insert into fact (branch, n, turn, at, kind, "from", "to", audience, summary, data)
      values (1, ${n}, 1, 1, 'k', 'f', ${n % 2 === 0 ? null : text}, 'a', ${text},
        ${sql.json({ b: text, a: [1.5, null] })})`;
};

const restoring = async ({ url }: TestDatabase, path: string): Promise<unknown> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await restore(sql, url, path);
  } finally {
    await sql.end();
  }
};

const everything = async (sql: Sql): Promise<unknown> => {
  const tables = await listTables(sql);
  const rows = await Promise.all(
    tables.map(({ name }) => sql.unsafe(`select t::text as row from ${name} t order by 1`)),
  );
  return tables.map((table, at) => [table, rows[at]?.map(({ row }) => row)]);
};

test('an empty database filled from a backup is the one that was backed up', async () => {
  const source = await aDatabase();
  await fill(source);
  const path = aFile();

  const end = await dump(source.sql, path);
  const target = await anEmptyDatabase();
  await restoring(target, path);

  expect(end.rows).toBe(4 + AWKWARD.length);
  expect(await everything(target.sql)).toEqual(await everything(source.sql));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('identities go on after the last one of the backup', async () => {
  const source = await aDatabase();
  await fill(source);
  const path = aFile();
  await dump(source.sql, path);
  const target = await anEmptyDatabase();
  await restoring(target, path);

  const [made] = await target.sql`insert into branch (lab) values ('lab:1') returning id::int`;

  expect(made).toMatchObject({ id: 3 });
});

test('partitions that were made at run time come back', async () => {
  const source = await aDatabase();
  const target = await aDatabase();
  for (const { sql } of [source, target])
    await sql`create table parted (day date, x int) partition by range (day)`;
  await source.sql`create table parted_1 partition of parted
    for values from ('2026-01-01') to ('2026-01-02')`;
  await source.sql`insert into parted values ('2026-01-01', 7)`;
  const path = aFile();
  await dump(source.sql, path);

  await restoring(target, path);

  expect(await target.sql`select x, tableoid::regclass::text as at from parted`).toMatchObject([
    { x: 7, at: 'parted_1' },
  ]);
});

test('a backup is of one moment, while others go on writing', async () => {
  const source = await aDatabase();
  await fill(source);
  let writing = true;
  let written = 0;
  // Two rows in two tables by one commit: a backup with one of them would be of two moments.
  const writer = (async () => {
    for (let n = 1_000; writing; n += 1, written += 1)
      await source.sql.begin(async tx => {
        await tx`insert into agenda (branch, seq, due, "to", message, cause)
          values (1, ${n}, 1, 'x', '{}', 0)`;
        await tx`insert into mark (branch, at, turn, hash) values (1, ${n}, 1, 'h')`;
      });
  })();
  const path = aFile();

  while (written < 20) await sleep(5);
  await dump(source.sql, path).finally(() => (writing = false));
  await writer;

  const target = await anEmptyDatabase();
  await restoring(target, path);
  const [count] = await target.sql`select (select count(*)::int from agenda) as agenda,
    (select count(*)::int from mark) as marks`;
  expect(count?.['agenda']).toBe(count?.['marks']);
  expect(count?.['agenda']).toBeGreaterThanOrEqual(20);
});

test('a database with rows in it is not overwritten', async () => {
  const source = await aDatabase();
  await fill(source);
  const path = aFile();
  await dump(source.sql, path);
  const before = await everything(source.sql);

  await expect(restoring(source, path)).rejects.toThrow('restore into a new database');

  expect(await everything(source.sql)).toEqual(before);
});

test('a database that a server uses is left alone', async () => {
  const source = await aDatabase();
  await fill(source);
  const path = aFile();
  await dump(source.sql, path);
  const target = await anEmptyDatabase();
  const server = postgres(target.url, { max: 1 });
  await server`select pg_advisory_lock(${ADVISORY.space}, ${ADVISORY.serverLease})`;

  await expect(restoring(target, path)).rejects.toThrow('A server uses this database');

  await server.end();
});

test('a backup that lost its end, or a row, is refused and leaves no rows', async () => {
  const source = await aDatabase();
  await fill(source);
  const path = aFile();
  await dump(source.sql, path);
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n');
  const noEnd = aFile();
  writeFileSync(noEnd, gzipSync(lines.slice(0, -2).join('\n')));
  const noRow = aFile();
  writeFileSync(noRow, gzipSync(lines.filter(line => !line.startsWith('["lab:1"')).join('\n')));

  for (const broken of [noEnd, noRow]) {
    const target = await anEmptyDatabase();
    await expect(restoring(target, broken)).rejects.toThrow(/is not whole|names 14 rows/);
    expect(await target.sql`select from fact`).toHaveLength(0);
  }
});

test('a file that is cut off, or is something else, is refused', async () => {
  const source = await aDatabase();
  await fill(source);
  const path = aFile();
  await dump(source.sql, path);
  const cut = aFile();
  writeFileSync(cut, readFileSync(path).subarray(0, 500_000));
  const other = aFile();
  writeFileSync(other, gzipSync('{"kind":"something"}\n'));
  const target = await anEmptyDatabase();

  await expect(restoring(target, cut)).rejects.toThrow('unexpected end of file');
  await expect(restoring(target, other)).rejects.toThrow('is no backup of Enlighten');
});
