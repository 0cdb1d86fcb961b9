import type { RecordKind } from '../protocol/record/kind.ts';
import { RECORD_KINDS } from '../protocol/record/kind.ts';
import type { Image, ImageHead, StoredRow } from '../sim/engine/image.ts';
import { hashOfStored, headOf } from '../sim/engine/image.ts';
import type { Entry } from '../sim/engine/message.ts';
import type { Row } from '../sim/engine/row.ts';
import { SHAPES } from '../sim/engine/row.ts';
import type { Tombstone, World } from '../sim/engine/world.ts';

// Keyframes as they are kept. The names of columns stand there once, not in every row: of a large lab
// that is half the text, and half the time to read it. One that is the changes to an earlier one holds
// only rows that have changed; the loader of rows reads both.

/** Rows of a kind, an array for each column. */
interface Columns {
  readonly id: readonly string[];
  readonly rev: readonly number[];
  readonly cause: readonly number[];
  readonly values: { readonly [column: string]: readonly unknown[] };
}

export interface KeyframeForm {
  readonly head: ImageHead;
  readonly records: { readonly [kind: string]: Columns };
  /** Rows of the earlier keyframe that are no more. */
  readonly gone: { readonly [kind: string]: readonly string[] };
  readonly agenda: readonly Entry[];
  /** Only those that the earlier keyframe does not have. */
  readonly tombstones: readonly Tombstone[];
}

type Kinds<T> = { [kind: string]: T };

export function formOfImage(image: Image): KeyframeForm {
  const { records, agenda, tombstones, ...head } = image;
  const kinds: Kinds<Columns> = {};
  for (const kind of RECORD_KINDS) {
    const rows = records[kind] ?? [];
    if (rows.length > 0) kinds[kind] = columnsOf(kind, rows);
  }
  return { head, records: kinds, gone: {}, agenda, tombstones };
}

/** The whole state, copied: the machine may go on. */
export function formOfWorld(world: World, seed: string): KeyframeForm {
  const kinds: Kinds<Columns> = {};
  for (const kind of RECORD_KINDS) {
    const rows = world.records.rows(kind);
    if (rows.length > 0) kinds[kind] = columnsOf(kind, rows.map(asStored));
  }
  const { agenda, tombstones } = world;
  return {
    head: headOf(world, seed),
    records: kinds,
    gone: {},
    agenda: agenda.entries(),
    tombstones: [...tombstones],
  };
}

/** What is other than in a keyframe of turn `since`; `changed` has every row that may be. */
export function formOfChanges(
  world: World,
  seed: string,
  changed: Iterable<Row>,
  since: number,
): KeyframeForm {
  const rows: Kinds<Map<string, StoredRow>> = {};
  const gone: Kinds<Set<string>> = {};
  for (const { id, shape } of changed) {
    const { kind } = shape;
    // Another row of the same id may have come after the one that went.
    const row = world.records.row(kind, id);
    if (row === undefined) (gone[kind] ??= new Set()).add(id);
    else (rows[kind] ??= new Map()).set(id, asStored(row));
  }
  const columns = Object.entries(rows).map(([kind, byId]) => [
    kind,
    columnsOf(kind as RecordKind, [...byId.values()]),
  ]);
  const { agenda, tombstones } = world;
  return {
    head: headOf(world, seed),
    records: Object.fromEntries(columns),
    gone: Object.fromEntries(Object.entries(gone).map(([kind, ids]) => [kind, [...ids]])),
    agenda: agenda.entries(),
    tombstones: tombstones.filter(({ turn }) => turn > since),
  };
}

function asStored({ id, rev, cause, record }: Row): StoredRow {
  return { id, rev, cause, values: record };
}

function columnsOf(kind: RecordKind, rows: readonly StoredRow[]): Columns {
  const values: Kinds<unknown[]> = {};
  for (const { name } of SHAPES[kind].columns) values[name] = rows.map(row => row.values[name]);
  return {
    id: rows.map(({ id }) => id),
    rev: rows.map(({ rev }) => rev),
    cause: rows.map(({ cause }) => cause),
    values,
  };
}

export function imageOf({ head, records, agenda, tombstones }: KeyframeForm): Image {
  const kinds = Object.entries(records).map(([kind, columns]) => [kind, rowsOf(columns)]);
  return { ...head, records: Object.fromEntries(kinds), agenda, tombstones };
}

/** The same, of which many worlds will be made: their rows come with their hashes. */
export function hashedImageOf(form: KeyframeForm): Image {
  const image = imageOf(form);
  for (const kind of RECORD_KINDS)
    for (const row of image.records[kind] ?? []) row.hash = hashOfStored(kind, row);
  return image;
}

/** The image that a whole one and the changes to it come to. */
export function imageWith(whole: Image, changes: KeyframeForm): Image {
  const { head, gone, agenda, tombstones } = changes;
  const records: { [kind: string]: readonly StoredRow[] } = { ...whole.records };
  for (const kind of new Set([...Object.keys(changes.records), ...Object.keys(gone)])) {
    const columns = changes.records[kind];
    const changed = columns === undefined ? [] : rowsOf(columns);
    const other = new Set([...changed.map(({ id }) => id), ...(gone[kind] ?? [])]);
    const same = (records[kind] ?? []).filter(({ id }) => !other.has(id));
    records[kind] = [...same, ...changed];
  }
  const buried = whole.tombstones.filter(({ turn }) => turn > head.tombstoneFloor);
  return { ...head, records, agenda, tombstones: [...buried, ...tombstones] };
}

function rowsOf({ id, rev, cause, values }: Columns): StoredRow[] {
  const columns = Object.entries(values);
  return id.map((one, index) => {
    const row: { [column: string]: unknown } = {};
    for (const [name, column] of columns) row[name] = column[index];
    return { id: one, rev: rev[index] as number, cause: cause[index] as number, values: row };
  });
}
