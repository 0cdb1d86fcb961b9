import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Sql, TransactionSql } from 'postgres';
import { schemaAge } from '../migrate.ts';

// A backup is one compressed file of lines of JSON: an object says what follows, an array is a row of
// the table named last, each value the text that Postgres writes for it. It holds rows, not the schema:
// that is made by the migrations up to the one that the first line names.
//
// Not COPY: postgres.js leaves the socket paused when the last row of a COPY is a large one, and never
// tells of an error that Postgres finds at the end of one.

export type Entry = HeaderEntry | TableEntry | SequenceEntry | EndEntry;

export interface HeaderEntry {
  readonly kind: 'enlighten-backup';
  readonly format: 1;
  /** When the newest migration in the database was written. */
  readonly schema: number;
  readonly at: string;
}

export interface TableEntry {
  readonly kind: 'table';
  readonly name: string;
  readonly columns: readonly string[];
  /** Partitions come and go at run time, so they are made again from this. */
  readonly partition: { readonly of: string; readonly bound: string } | null;
}

export interface SequenceEntry {
  readonly kind: 'sequence';
  readonly name: string;
  readonly last: string;
}

/** Without this line the file is not whole. */
export interface EndEntry {
  readonly kind: 'end';
  readonly tables: number;
  readonly rows: number;
}

export type Row = readonly (string | null)[];

/** Writes everything as it is at one moment, while others go on writing. */
export const dump = async (sql: Sql, path: string): Promise<EndEntry> => {
  const schema = await schemaAge(sql);
  if (schema === undefined) throw new Error('This database is empty: there is nothing to back up.');
  const draft = `${path}.${process.pid}.new`;
  try {
    const out = new PassThrough();
    const file = createWriteStream(draft, { mode: 0o600, flags: 'wx' });
    const written = pipeline(out, createGzip({ level: 4 }), file);
    const dumped = sql
      .begin('isolation level repeatable read read only', tx => dumpAll(tx, out, schema))
      .then(
        end => (out.end(), end),
        (error: unknown) => {
          out.destroy(error instanceof Error ? error : new Error(String(error)));
          throw error;
        },
      );
    const [end] = await Promise.all([dumped, written]);
    await makeDurable(draft);
    await rename(draft, path);
    return end;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

const dumpAll = async (tx: TransactionSql, out: PassThrough, schema: number): Promise<EndEntry> => {
  const say = (entry: Entry): void => void out.write(`${JSON.stringify(entry)}\n`);
  say({ kind: 'enlighten-backup', format: 1, schema, at: new Date().toISOString() });
  const tables = await listTables(tx);
  // So that no table is dropped before its turn comes.
  for (const { name } of tables) await tx.unsafe(`lock table only ${name} in access share mode`);
  let rows = 0;
  for (const table of tables) {
    say(table);
    rows += await writeRows(tx, table, out);
  }
  for (const sequence of await listSequences(tx)) say(sequence);
  const end: EndEntry = { kind: 'end', tables: tables.length, rows };
  say(end);
  return end;
};

/** Every table with rows of its own, but those of Postgres and of drizzle's bookkeeping. */
export const listTables = (tx: Sql | TransactionSql): Promise<TableEntry[]> => tx<TableEntry[]>`
  select 'table' as kind, c.oid::regclass::text as name,
    array(select quote_ident(a.attname) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by a.attnum) as columns,
    case when c.relispartition then json_build_object(
      'of', (select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid),
      'bound', pg_get_expr(c.relpartbound, c.oid)) end as partition
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname not like 'pg\\_%'
    and n.nspname not in ('information_schema', 'drizzle')
  order by c.oid::regclass::text collate "C"`;

const listSequences = (tx: TransactionSql): Promise<SequenceEntry[]> => tx<SequenceEntry[]>`
  select 'sequence' as kind, format('%I.%I', schemaname, sequencename) as name,
    last_value::text as last
  from pg_sequences where last_value is not null and schemaname <> 'drizzle'
  order by schemaname collate "C", sequencename collate "C"`;

/** A keyframe may have megabytes; a few at a time are enough to keep the connection busy. */
const AT_A_TIME = 32;

const writeRows = async (
  tx: TransactionSql,
  { name, columns }: TableEntry,
  out: PassThrough,
): Promise<number> => {
  const query = `select ${columns.join(', ')} from only ${name}`;
  await tx.unsafe(`declare dumped no scroll cursor for ${query}`);
  let count = 0;
  for (;;) {
    const rows = await tx.unsafe(`fetch ${AT_A_TIME} from dumped`).raw();
    const lines = rows.map(row => `${JSON.stringify(row.map(asText))}\n`).join('');
    if (!out.write(lines) && !out.destroyed) await once(out, 'drain');
    count += rows.length;
    if (rows.length < AT_A_TIME) break;
  }
  await tx.unsafe('close dumped');
  return count;
};

const asText = (value: Buffer | null): string | null => value?.toString('utf8') ?? null;

const makeDurable = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};
