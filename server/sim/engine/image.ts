import { assert } from '../../base/assert.ts';
import { Hash64 } from '../../base/hash.ts';
import type { Id } from '../../protocol/id.ts';
import type { RecordKind } from '../../protocol/record/kind.ts';
import { RECORD_KINDS } from '../../protocol/record/kind.ts';
import type { SimTime } from '../../protocol/time.ts';
import type { Entry } from './message.ts';
import type { Row } from './row.ts';
import { FOR_HASH, FOR_PROJECTION, HASH_STAMP, hashRow, SHAPES } from './row.ts';
import type { Tombstone } from './world.ts';
import { World } from './world.ts';

/** One record as it is stored: rows in the database, entries of a keyframe. */
export interface StoredRow {
  readonly id: string;
  readonly rev: number;
  readonly cause: number;
  readonly values: { readonly [column: string]: unknown };
  /** Of a row that was hashed before; it is not stored. */
  hash?: Hash64;
}

/** A whole machine as plain data: what rows and keyframes hold, and one loader reads. */
export interface Image {
  readonly seed: string;
  readonly turn: number;
  readonly now: number;
  readonly lastFact: number;
  readonly agendaSeq: number;
  readonly rolling: string;
  /**
   * Hash of all records when it was saved, and how it was made; another hash of the same make after
   * loading means somebody changed rows.
   */
  readonly stateHash: string;
  readonly tombstoneFloor: number;
  readonly records: { readonly [K in RecordKind]?: readonly StoredRow[] };
  readonly agenda: readonly Entry[];
  readonly tombstones: readonly Tombstone[];
}

/** Meta columns of a lab's state that are not rows of their own. */
export type ImageHead = Omit<Image, 'records' | 'agenda' | 'tombstones'>;

export function stampedHash(world: World): string {
  return `${world.stateHash().toString()} by ${HASH_STAMP}`;
}

export function headOf(world: World, seed: string): ImageHead {
  return {
    seed,
    turn: world.turn,
    now: world.now,
    lastFact: world.lastFact,
    agendaSeq: world.agenda.lastSeq,
    rolling: world.rolling.toString(),
    stateHash: stampedHash(world),
    tombstoneFloor: world.tombstoneFloor,
  };
}

export function storedRow(row: Row): StoredRow {
  const { id, ...values } = row.record;
  return { id, rev: row.rev, cause: row.cause, values };
}

/** A deep copy of everything: safe to keep while the machine goes on. */
export function save(world: World, seed: string): Image {
  const records: { [kind: string]: StoredRow[] } = {};
  for (const kind of RECORD_KINDS) {
    const rows = world.records.rows(kind);
    if (rows.length > 0) records[kind] = rows.map(storedRow);
  }
  return {
    ...headOf(world, seed),
    records,
    agenda: world.agenda.entries(),
    tombstones: [...world.tombstones],
  };
}

/**
 * As `load`, of a state that is no rows in the database yet: all of it has still to go there.
 */
export function loadUnprojected(image: Image): World {
  const world = load({ ...image, agenda: [], agendaSeq: 0 });
  world.agenda.restore(image.agenda, image.agendaSeq, 0);
  for (const kind of RECORD_KINDS) {
    for (const row of world.records.rows(kind)) {
      row.dirty |= FOR_PROJECTION;
      world.records.forProjection.push(row);
    }
  }
  world.tombstonesForProjection = [...image.tombstones];
  return world;
}

/** The world an image describes. The hash it comes to is `world.stateHash()`. */
export function load(image: Image): World {
  const world = new World(image.seed);
  world.turn = image.turn;
  world.now = image.now as SimTime;
  world.lastFact = image.lastFact;
  world.rolling = Hash64.parse(image.rolling);
  world.tombstoneFloor = image.tombstoneFloor;
  world.tombstones = [...image.tombstones];
  for (const kind of RECORD_KINDS) {
    for (const stored of image.records[kind] ?? []) restore(world, kind, stored);
  }
  world.agenda.restore(image.agenda, image.agendaSeq);
  return world;
}

function restore(world: World, kind: RecordKind, stored: StoredRow): void {
  const row = rowOf(kind, stored);
  world.records.restore(kind, row);
  if (stored.hash === undefined) world.records.forHash.push(row);
  else world.hashed(row, stored.hash);
}

/** One for all rows of a kind: made from values of one make, they are alike inside too. */
function rowOf(kind: RecordKind, stored: StoredRow): Row {
  const shape = SHAPES[kind];
  const { id, rev, cause, values } = stored;
  for (const { name, field } of shape.columns) {
    const value = values[name];
    if (value === undefined || (value === null && !field.nullable))
      assert(false, `${id} is stored without ${name}`);
  }
  if (!Number.isSafeInteger(rev) || !Number.isSafeInteger(cause))
    assert(false, `${id}: rev and cause are whole numbers`);
  return {
    id: id as Id,
    shape,
    record: { ...values, id: id as Id },
    rev,
    cause,
    dirty: stored.hash === undefined ? FOR_HASH : 0,
    mask: 0,
    fresh: false,
    gone: false,
    dice: null,
    address: -1,
    hashHigh: 0,
    hashLow: 0,
  };
}

/** The hash that a world will find for a row, so that it need not look for it. */
export function hashOfStored(kind: RecordKind, { id, rev, cause, values }: StoredRow): Hash64 {
  return hashRow({ shape: SHAPES[kind], id, rev, cause, record: values });
}
