import { bigint, boolean, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Field, Table } from '../server/protocol/field.ts';
import { TABLES } from '../server/protocol/record/index.ts';
import { type RecordKind, RECORD_KINDS } from '../server/protocol/record/kind.ts';
import { snakeCase } from './snake-case.ts';

// One table a kind of record, derived from the field tables. A row belongs to the branch its lab is
// on: it is what the machine held at `lab_clock.projected_turn`.

const COLUMNS = {
  text: (name: string) => text(name),
  int: (name: string) => bigint(name, { mode: 'number' }),
  bool: (name: string) => boolean(name),
  // Never jsonb: it reorders keys, and order is data.
  json: (name: string) => json(name),
};

const column = (name: string, { type, nullable }: Field<unknown>) => {
  const made = COLUMNS[type](snakeCase(name));
  return nullable ? made : made.notNull();
};

const recordTable = (kind: RecordKind) => {
  const table: Table = TABLES[kind];
  const fields = Object.entries(table.fields).map(
    ([name, field]) => [name, column(name, field)] as const,
  );
  const columns = {
    branch: bigint('branch', { mode: 'number' }).notNull(),
    id: text('id').notNull(),
    /** The turn that last changed its state. */
    rev: bigint('rev', { mode: 'number' }).notNull(),
    /** The number of the fact that its last change follows from; 0 for none. */
    cause: bigint('cause', { mode: 'number' }).notNull(),
  };
  return pgTable(snakeCase(kind), { ...columns, ...Object.fromEntries(fields) }, made => [
    primaryKey({ columns: [made.branch, made.id] }),
  ]);
};

export const RECORD_TABLES = Object.fromEntries(
  RECORD_KINDS.map(kind => [kind, recordTable(kind)]),
) as { readonly [K in RecordKind]: ReturnType<typeof recordTable> };
