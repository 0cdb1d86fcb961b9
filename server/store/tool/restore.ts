import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { Sql, TransactionSql } from 'postgres';
import { ADVISORY } from '../advisory.ts';
import { migrate, MIGRATIONS, readJournal, schemaAge } from '../migrate.ts';
import { type EndEntry, type Entry, listTables, type Row, type TableEntry } from './dump.ts';

/**
 * Fills an empty database from a backup: the schema as it was then, the rows, and what the schema has
 * become since. All rows come in one transaction; what goes wrong leaves no half of a lab behind.
 */
export const restore = async (sql: Sql, url: string, path: string): Promise<EndEntry> => {
  await holdServerLock(sql);
  const { schema } = await readHeader(path);
  const isNew = (await schemaAge(sql)) === undefined;
  if (isNew) await migrateTo(url, schema);
  else if ((await schemaAge(sql)) !== schema)
    throw new Error('This database has another schema than the backup: restore into a new one.');
  const end = await sql.begin(async tx => {
    if (!isNew) await refuseUnlessEmpty(tx);
    return await load(tx, path);
  });
  await migrate(url);
  return end;
};

/** A server that starts now waits until this connection ends; one that runs already is respected. */
const holdServerLock = async (sql: Sql): Promise<void> => {
  const [row] = await sql<{ held: boolean }[]>`
    select pg_try_advisory_lock(${ADVISORY.space}, ${ADVISORY.serverLease}) as held`;
  if (row?.held !== true) throw new Error('A server uses this database: stop it first.');
};

/** Runs the migrations up to the one that the backup was made with. */
const migrateTo = async (url: string, schema: number): Promise<void> => {
  const { entries, ...rest } = readJournal();
  const until = entries.filter(entry => entry.when <= schema);
  if (until.at(-1)?.when !== schema)
    throw new Error('The backup was made by another Enlighten, whose schema is not known here.');
  const folder = await mkdtemp(join(tmpdir(), 'enlighten-restore-'));
  try {
    await mkdir(join(folder, 'meta'));
    const journal = JSON.stringify({ ...rest, entries: until });
    await writeFile(join(folder, 'meta', '_journal.json'), journal);
    for (const { tag } of until)
      await copyFile(join(MIGRATIONS, `${tag}.sql`), join(folder, `${tag}.sql`));
    await migrate(url, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const refuseUnlessEmpty = async (tx: TransactionSql): Promise<void> => {
  for (const { name } of await listTables(tx)) {
    const found = await tx.unsafe(`select from ${name} limit 1`);
    if (found.length > 0)
      throw new Error(
        `There are rows in ${name}: restore into a new database (another DATA_DIR or DATABASE_URL).`,
      );
  }
};

const load = async (tx: TransactionSql, path: string): Promise<EndEntry> => {
  // Tables refer to each other in circles; the backup is of one moment, so its references hold.
  await tx`set local session_replication_role = replica`;
  for (const { name } of await listTables(tx)) await tx.unsafe(`delete from ${name}`);
  let batch: Batch | undefined;
  let rows = 0;
  let tables = 0;
  for await (const line of lines(path)) {
    const entry = JSON.parse(line) as Entry | Row;
    if (isRow(entry)) {
      await batch?.add(entry, line.length);
      continue;
    }
    rows += (await batch?.end()) ?? 0;
    batch = undefined;
    if (entry.kind === 'end') return check(entry, { tables, rows });
    if (entry.kind === 'sequence') await tx`select setval(${entry.name}, ${entry.last})`;
    if (entry.kind !== 'table') continue;
    batch = await aBatch(tx, entry);
    tables += 1;
  }
  throw new Error('The backup is not whole: its end is missing.');
};

const isRow = (entry: Entry | Row): entry is Row => Array.isArray(entry);

const check = (end: EndEntry, { tables, rows }: { tables: number; rows: number }): EndEntry => {
  if (end.tables !== tables || end.rows !== rows)
    throw new Error(`The backup names ${end.rows} rows and holds ${rows}.`);
  return end;
};

interface Batch {
  add(row: Row, size: number): Promise<void>;
  /** How many rows went in. */
  end(): Promise<number>;
}

const ROWS = 2_000;
const CHARACTERS = 4_000_000;

const aBatch = async (tx: TransactionSql, table: TableEntry): Promise<Batch> => {
  const { name, columns, partition } = table;
  if (partition !== null)
    await tx.unsafe(
      `create table if not exists ${name} partition of ${partition.of} ${partition.bound}`,
    );
  const insert = await insertStatement(tx, table);
  let lists: (string | null)[][] = columns.map(() => []);
  let waiting = 0;
  let characters = 0;
  let count = 0;
  const flush = async (): Promise<void> => {
    if (waiting === 0) return;
    const { count: inserted } = await tx.unsafe(insert, lists);
    count += inserted;
    lists = columns.map(() => []);
    waiting = 0;
    characters = 0;
  };
  return {
    add: async (row, size) => {
      if (row.length !== columns.length) throw new Error(`A row of ${name} is not whole.`);
      for (const [column, list] of lists.entries()) list.push(row[column] ?? null);
      waiting += 1;
      characters += size;
      if (waiting >= ROWS || characters >= CHARACTERS) await flush();
    },
    end: async () => {
      await flush();
      return count;
    },
  };
};

const insertStatement = async (tx: TransactionSql, table: TableEntry): Promise<string> => {
  const types = await tx<{ name: string; type: string }[]>`
    select quote_ident(attname) as name, format_type(atttypid, atttypmod) as type
    from pg_attribute where attrelid = ${table.name}::regclass and attnum > 0
      and not attisdropped`;
  const typeOf = new Map(types.map(({ name, type }) => [name, type]));
  const { columns } = table;
  const values = columns.map((column, at) => `c${at}::${typeOf.get(column) ?? 'text'}`);
  const lists = columns.map((_, at) => `$${at + 1}::text[]`);
  const names = columns.map((_, at) => `c${at}`);
  return `insert into ${table.name} (${columns.join(', ')}) overriding system value
    select ${values.join(', ')} from unnest(${lists.join(', ')}) as rows(${names.join(', ')})`;
};

const readHeader = async (path: string): Promise<{ schema: number }> => {
  for await (const line of lines(path)) {
    const entry = parse(line);
    if (entry?.kind === 'enlighten-backup' && entry.format === 1) return entry;
    break;
  }
  throw new Error(`${path} is no backup of Enlighten.`);
};

const parse = (line: string): Entry | undefined => {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
};

async function* lines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unpacked = createGunzip();
  file.once('error', error => unpacked.destroy(error));
  let rest = '';
  for await (const chunk of file.pipe(unpacked).setEncoding('utf8')) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}
