import type { Json } from '../../base/json.ts';
import { equalJson } from '../../base/json.ts';
import { Hash64 } from '../../base/hash.ts';
import type { Field, Table } from '../../protocol/field.ts';
import type { Id } from '../../protocol/id.ts';
import { TABLES } from '../../protocol/record/index.ts';
import type { RecordKind } from '../../protocol/record/kind.ts';
import { RECORD_KINDS } from '../../protocol/record/kind.ts';

/** Who still has to be told that a row changed. */
export const FOR_HASH = 1;
export const FOR_PROJECTION = 2;
export const FOR_PACKET = 4;
export const FOR_ALL = 7;

export interface Column {
  readonly name: string;
  readonly position: number;
  readonly field: Field<unknown>;
  readonly indexed: boolean;
}

/** A table of the protocol, prepared for the machine's hot path. */
export interface Shape {
  readonly kind: RecordKind;
  readonly position: number;
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly columnOf: { readonly [name: string]: Column };
}

/** One record with its bookkeeping. Components see only `record`, and that read only. */
export interface Row {
  readonly id: Id;
  readonly shape: Shape;
  readonly record: { readonly id: Id; [name: string]: unknown };
  /** The turn that last changed its state; counters and hidden fields do not move it. */
  rev: number;
  /** The fact that its last state change follows from; 0 for none. */
  cause: number;
  /** Bits of who has yet to be told. */
  dirty: number;
  /** Bits, by column position, of the columns changed since the last packet. */
  mask: number;
  /** True while no packet has shown it: it goes out whole. */
  fresh: boolean;
  gone: boolean;
  /** How often its entity has drawn is a row of its own, found once. */
  dice: Row | null;
  /** Where its dice lie, counted from its id once; -1 before. */
  address: number;
  hashHigh: number;
  hashLow: number;
}

function shape(kind: RecordKind, position: number): Shape {
  const table: Table = TABLES[kind];
  const columns = Object.entries(table.fields).map(([name, field], at) => ({
    name,
    position: at,
    field,
    indexed: table.indexes.includes(name),
  }));
  if (columns.length > 31) throw new Error(`${kind}: a mask holds at most 31 columns`);
  return {
    kind,
    position,
    table,
    columns,
    columnOf: Object.fromEntries(columns.map(column => [column.name, column])),
  };
}

export const SHAPES = Object.fromEntries(
  RECORD_KINDS.map((kind, position) => [kind, shape(kind, position)]),
) as { readonly [K in RecordKind]: Shape };

/**
 * How rows are hashed: their kinds and columns, and what the hash makes of one value of each sort.
 * Hashes with different stamps say nothing about each other.
 */
export const HASH_STAMP = new Hash64()
  .json(
    RECORD_KINDS.map(kind => [
      kind,
      SHAPES[kind].columns.map(({ name, field }) => `${name} ${field.type}`),
    ]),
  )
  .number(1_099_511_627_776)
  .json([null, true, -1.5, 'text', { b: [], a: {} }])
  .toString();

/** What of a row is in its hash. */
interface Hashed {
  readonly shape: Shape;
  readonly id: string;
  readonly rev: number;
  readonly cause: number;
  readonly record: { readonly [name: string]: unknown };
}

/** The hash of a row: its kind, id, rev, cause and every column, in the table's own order. */
export function hashRow(row: Hashed): Hash64 {
  const hash = new Hash64().word(row.shape.position).text(row.id).number(row.rev).number(row.cause);
  for (const { name, field } of row.shape.columns) hashValue(hash, field, row.record[name]);
  return hash;
}

export function hashValue(hash: Hash64, field: Field<unknown>, value: unknown): void {
  if (value === null) hash.word(0x6e756c6c);
  else if (typeof value === 'number') hash.number(value);
  else if (typeof value === 'string') hash.text(value);
  else if (typeof value === 'boolean') hash.word(value ? 1 : 2);
  else hash.json(value as Json);
}

/** Whether a change of this column is no change: json is compared by what it says, never by identity. */
export function same(field: Field<unknown>, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return field.type === 'json' && equalJson(a as Json, b as Json);
}
