import type {
  Append,
  JournaledInput,
  Keyframe,
  LabStore,
  LeftBehind,
  Opened,
  Projection,
} from '../../server/lab/port.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { Table } from '../../server/protocol/field.ts';
import type { Id, LabId } from '../../server/protocol/id.ts';
import { TABLES } from '../../server/protocol/record/index.ts';
import { type RecordKind, RECORD_KINDS } from '../../server/protocol/record/kind.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import type { Image, StoredRow } from '../../server/sim/engine/image.ts';
import type { Entry } from '../../server/sim/engine/message.ts';

// What the contract of a lab's store is tried with: plausible data, made from small numbers.

/** Where a contract is tried: one database, as many owners as wanted. */
export interface Ground {
  /** Another server, with connections of its own; a later one owns the database in a later term. */
  store(term?: number): Promise<LabStore>;
  /** A lab in the catalogue that nobody has opened. */
  lab(): Promise<LabId>;
  archive(lab: LabId): Promise<void>;
}

export const at = (tick: number): SimTime => tick as SimTime;

const VALUES = {
  text: (n: number) => `text ${n}: 'quoted' "twice" \\ back\nnew line, ü, 😀`,
  int: (n: number) => (n % 2 === 0 ? n : -n * 1_000_000_007),
  bool: (n: number) => n % 2 === 0,
  json: (n: number) => ({ z: n, a: [1, 'two', null, { b: 2, '10': 'x', '9': 'y' }], n: '\u0000' }),
};

/** A row with every column filled from `n`; nullable columns are null for every third. */
export const aRow = (kind: RecordKind, local: string, n: number): StoredRow => {
  const table: Table = TABLES[kind];
  const values = Object.entries(table.fields).map(([field, { type, nullable }], index) => [
    field,
    nullable && (n + index) % 3 === 0 ? null : VALUES[type](n + index),
  ]);
  return { id: `${kind}:${local}`, rev: n, cause: n % 5, values: Object.fromEntries(values) };
};

export const anInput = (seq: number, changed: Partial<JournaledInput> = {}): JournaledInput => ({
  seq,
  at: at(seq * 100),
  turn: seq * 10,
  command: `command-${seq}`,
  person: seq % 2 === 0 ? 'person:ann' : null,
  op: 'vm.start',
  // Escapes that text cannot hold, and keys that are not in order: args come back as they were.
  args: { vm: 'vm:1', name: "O'Hara \\ \u0000 \ud800", '10': 1, '9': 2 },
  result: { ok: true, value: { job: `job:${seq}` } },
  hash: `hash-${seq}`,
  poisoned: false,
  receivedAt: 1_700_000_000_000 + seq * 7,
  ...changed,
});

export const anAppend = (
  opened: Opened,
  inputs: readonly JournaledInput[],
  promised = 1_000,
): Append => {
  const { lab, branch, lease } = opened;
  return { lab, branch, lease, promised: at(promised), inputs };
};

export const aFact = (n: number, changed: Partial<Fact> = {}): Fact => ({
  n,
  turn: n * 10,
  at: at(n * 100),
  kind: 'state',
  from: 'vmms',
  to: n % 2 === 0 ? 'vmwp' : null,
  host: 'host:HV01',
  vm: n % 2 === 0 ? 'vm:even' : 'vm:odd',
  cause: n === 1 ? null : n - 1,
  audience: 'everyone',
  summary: `It's fact ${n}`,
  data: { z: n, a: 'first', bytes: '00ff', odd: '\u0000' },
  ...changed,
});

export const anEntry = (seq: number): Entry => ({
  due: at(seq * 1_000),
  seq,
  to: 'vm:1' as Id,
  message: { type: 'HeartbeatDue', z: 1, a: { y: [2], x: '\u0000' } },
  cause: seq % 2,
});

/** A projection of nothing but its head; say what else is in it. */
export const aProjection = (
  opened: Opened,
  turn: number,
  rest: Partial<Projection> = {},
): Projection => ({
  lab: opened.lab,
  branch: opened.branch,
  lease: opened.lease,
  head: {
    seed: 'a seed',
    turn,
    now: turn * 10,
    lastFact: turn,
    agendaSeq: turn,
    rolling: `rolling-${turn}`,
    stateHash: `state-${turn}`,
    tombstoneFloor: 0,
  },
  seq: 0,
  upserts: {},
  deleted: {},
  agendaAdded: [],
  agendaRan: [],
  tombstones: [],
  facts: [],
  marks: [],
  trace: [],
  ...rest,
});

/** A branch that is left with everything written. */
export const leaving = (branch: number, rest: Partial<LeftBehind> = {}): LeftBehind => ({
  branch,
  facts: [],
  marks: [],
  trace: [],
  ...rest,
});

export const aKeyframe = (
  branch: number,
  turn: number,
  changed: Partial<Keyframe> = {},
): Keyframe => ({
  branch,
  turn,
  at: at(turn * 10),
  seq: turn,
  simulation: 1,
  hash: `hash-${turn}`,
  base: null,
  bytes: Uint8Array.from({ length: 300 }, (_, index) => (index * turn) % 256),
  ...changed,
});

/** An image with its rows in one order: a store owes none. */
export const inOrder = (image: Image | null): Image | null => {
  if (image === null) return null;
  const records: { [kind: string]: readonly StoredRow[] } = {};
  for (const kind of RECORD_KINDS) {
    const rows = image.records[kind] ?? [];
    if (rows.length > 0) records[kind] = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
  return { ...image, records };
};

/** The version of the simulation that the labs of these tests are moved by. */
export const SIMULATION = 1;

/** What a lab is opened for in a test is always there. */
export const mustOpen = async (
  store: LabStore,
  lab: LabId,
  simulation = SIMULATION,
): Promise<Opened> => {
  const opened = await store.open(lab, simulation);
  if (opened === null || opened === 'moved') throw new Error(`${lab} cannot be opened`);
  return opened;
};
