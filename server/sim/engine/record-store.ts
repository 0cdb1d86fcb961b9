import { assert, must } from '../../base/assert.ts';
import type { Id } from '../../protocol/id.ts';
import type { RecordOf, Values } from '../../protocol/record/index.ts';
import type { RecordKind } from '../../protocol/record/kind.ts';
import { RECORD_KINDS } from '../../protocol/record/kind.ts';
import type { Column, Row } from './row.ts';
import { FOR_ALL, FOR_HASH, FOR_PACKET, FOR_PROJECTION, SHAPES, same } from './row.ts';

/** Rows of one kind, by id and by the values of the columns its table indexes, always ordered by id. */
class Rows {
  readonly byId = new Map<string, Row>();
  readonly byValue = new Map<string, Map<unknown, Row[]>>();
  #ordered: Row[] | null = [];

  constructor(indexes: readonly string[]) {
    for (const column of indexes) this.byValue.set(column, new Map());
  }

  ordered(): readonly Row[] {
    this.#ordered ??= [...this.byId.values()].toSorted(byRowId);
    return this.#ordered;
  }

  add(row: Row): void {
    this.byId.set(row.id, row);
    this.#ordered = null;
    for (const column of this.byValue.keys()) this.file(row, column, row.record[column]);
  }

  remove(row: Row): void {
    this.byId.delete(row.id);
    this.#ordered = null;
    for (const column of this.byValue.keys()) this.unfile(row, column, row.record[column]);
  }

  file(row: Row, column: string, value: unknown): void {
    const index = must(this.byValue.get(column), 'only indexed columns are filed');
    const rows = index.get(value);
    if (rows === undefined) index.set(value, [row]);
    // As rows come that were saved in their order.
    else if ((rows[rows.length - 1] as Row).id < row.id) rows.push(row);
    else rows.splice(position(rows, row.id), 0, row);
  }

  unfile(row: Row, column: string, value: unknown): void {
    const index = must(this.byValue.get(column), 'only indexed columns are filed');
    const rows = must(index.get(value), 'a filed row has its list');
    rows.splice(position(rows, row.id), 1);
    if (rows.length === 0) index.delete(value);
  }
}

function byRowId(a: Row, b: Row): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Where `id` stands or would stand in a list ordered by id. */
function position(rows: readonly Row[], id: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as Row).id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NONE: readonly Row[] = [];

/** The turn that changes something, and the fact it follows from. */
export interface Changing {
  readonly number: number;
  readonly cause: number;
}

/** All records of a lab, and the lists of rows that somebody has yet to be told of. */
export class RecordStore {
  readonly #kinds = Object.fromEntries(
    RECORD_KINDS.map(kind => [kind, new Rows(SHAPES[kind].table.indexes)]),
  ) as { readonly [K in RecordKind]: Rows };

  /** Rows changed since the last hash, projection and packet; a row stands in each at most once. */
  forHash: Row[] = [];
  forProjection: Row[] = [];
  forPacket: Row[] = [];

  row(kind: RecordKind, id: string): Row | undefined {
    return this.#kinds[kind].byId.get(id);
  }

  rows(kind: RecordKind): readonly Row[] {
    return this.#kinds[kind].ordered();
  }

  count(kind: RecordKind): number {
    return this.#kinds[kind].byId.size;
  }

  /** Rows whose indexed column has the value, ordered by id. */
  where(kind: RecordKind, column: string, value: unknown): readonly Row[] {
    const index = this.#kinds[kind].byValue.get(column);
    assert(index !== undefined, `${kind}.${column} is not indexed`);
    return index.get(value) ?? NONE;
  }

  insert<K extends RecordKind>(kind: K, id: Id<K>, values: Values<K>, by: Changing): Row {
    const shape = SHAPES[kind];
    assert(this.row(kind, id) === undefined, `${id} is there already`);
    const record: { id: Id; [name: string]: unknown } = { id };
    const given: { readonly [name: string]: unknown } = values;
    for (const { name } of shape.columns) {
      const value = given[name];
      assert(value !== undefined, `${id}: no value for ${name}`);
      record[name] = value;
    }
    const row: Row = {
      id,
      shape,
      record,
      rev: by.number,
      cause: by.cause,
      dirty: 0,
      mask: 0,
      fresh: true,
      gone: false,
      dice: null,
      address: -1,
      hashHigh: 0,
      hashLow: 0,
    };
    this.#kinds[kind].add(row);
    this.touch(row);
    return row;
  }

  /** A row as it was saved: nobody needs to be told of it, except the hash. */
  restore(kind: RecordKind, row: Row): void {
    this.#kinds[kind].add(row);
  }

  remove(row: Row): void {
    this.#kinds[row.shape.kind].remove(row);
    row.gone = true;
    this.touch(row);
  }

  /** Changes columns; moves rev and cause only when a state column changed. Returns whether any did. */
  patch(
    row: Row,
    values: { readonly [name: string]: unknown },
    rev: number,
    cause: number,
  ): boolean {
    const { columnOf, kind } = row.shape;
    let changed = false;
    for (const name in values) {
      const value = values[name];
      if (value === undefined) continue;
      const column = columnOf[name];
      // The sentence is made only when it is needed: this is the hottest line of the machine.
      if (column === undefined) assert(false, `${row.id} has no column ${name}`);
      const old = row.record[name];
      if (old === value || same(column.field, old, value)) continue;
      if (column.indexed) {
        this.#kinds[kind].unfile(row, name, old);
        this.#kinds[kind].file(row, name, value);
      }
      row.record[name] = value;
      row.mask |= 1 << column.position;
      changed = true;
      if (column.field.class === 'state') {
        row.rev = rev;
        row.cause = cause;
      }
    }
    if (changed && row.dirty !== FOR_ALL) this.touch(row);
    return changed;
  }

  /** Adds to a number column that is neither state nor indexed: a counter's own short way. */
  bump(row: Row, column: Column, by: number): void {
    const { name } = column;
    row.record[name] = (row.record[name] as number) + by;
    row.mask |= 1 << column.position;
    if (row.dirty !== FOR_ALL) this.touch(row);
  }

  touch(row: Row): void {
    const { dirty } = row;
    if ((dirty & FOR_HASH) === 0) this.forHash.push(row);
    if ((dirty & FOR_PROJECTION) === 0) this.forProjection.push(row);
    if ((dirty & FOR_PACKET) === 0) this.forPacket.push(row);
    row.dirty = FOR_ALL;
  }
}

/** The typed view of a row's record: what was inserted under its kind had that kind's columns. */
export function recordOf<K extends RecordKind>(row: Row): RecordOf<K> {
  const record: { readonly id: Id } = row.record;
  return record as RecordOf<K>;
}
