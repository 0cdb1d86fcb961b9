import { must } from '../../server/base/assert.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { BranchId, CommandId, LabId } from '../../server/protocol/id.ts';
import type { RecordKind } from '../../server/protocol/record/kind.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { LAB_START } from '../../server/protocol/time.ts';
import { factInScope } from '../../server/protocol/scoping.ts';
import type {
  Append,
  BranchEnd,
  FactQuery,
  JournaledInput,
  Kept,
  Keyframe,
  LabStore,
  Moment,
  Opened,
  Projection,
} from '../../server/lab/port.ts';
import type { Image, ImageHead, StoredRow } from '../../server/sim/engine/image.ts';
import type { Mark } from '../../server/sim/engine/machine.ts';
import type { Entry } from '../../server/sim/engine/message.ts';
import type { Tombstone } from '../../server/sim/engine/world.ts';

interface Durable {
  readonly name: string;
  readonly file: string;
  lease: number;
  /** The highest term of a server that had it. */
  term: number;
  simulation: number;
  promised: SimTime;
  head: ImageHead | null;
  projectedSeq: number;
  readonly inputs: JournaledInput[];
  readonly rows: Map<RecordKind, Map<string, StoredRow>>;
  readonly agenda: Map<number, Entry>;
  readonly tombstones: Tombstone[];
  readonly facts: Map<number, Fact>;
  readonly marks: Mark[];
  readonly keyframes: Keyframe[];
}

/** What may go wrong between a lab and its database, decided by whoever makes the store. */
export interface Weather {
  /** Waits as long as the database takes; rejects before anything was written when it is away. */
  before(call: string): Promise<void>;
  /** After the write: rejects when the answer got lost. */
  after(call: string): Promise<void>;
}

/**
 * A database in memory that keeps what a real one keeps and forgets nothing when its users are
 * killed. Everything in and out is copied as JSON, as a real one does.
 */
export class MemoryDatabase {
  readonly labs = new Map<LabId, Durable>();

  create(lab: LabId, name: string, file: string): void {
    this.labs.set(lab, {
      name,
      file,
      lease: 0,
      term: 0,
      simulation: 0,
      promised: LAB_START,
      head: null,
      projectedSeq: 0,
      inputs: [],
      rows: new Map(),
      agenda: new Map(),
      tombstones: [],
      facts: new Map(),
      marks: [],
      keyframes: [],
    });
  }

  /** For a server whose lease of the whole database has this term. */
  connect(weather: Weather, term: number): LabStore {
    return new MemoryStore(this, weather, term);
  }
}

class MemoryStore implements LabStore {
  readonly #database: MemoryDatabase;
  readonly #weather: Weather;
  /** Only a sabotage turns this off. */
  uniqueCommands = true;

  readonly #term: number;

  constructor(database: MemoryDatabase, weather: Weather, term: number) {
    this.#term = term;
    this.#database = database;
    this.#weather = weather;
  }

  open(lab: LabId, simulation: number): Promise<Opened | 'moved' | null> {
    return this.#call('open', () => {
      const durable = this.#database.labs.get(lab);
      if (durable === undefined) return null;
      if (durable.term > this.#term) return 'moved';
      durable.term = this.#term;
      durable.lease += 1;
      if (durable.simulation === 0) durable.simulation = simulation;
      const { name, file, lease, promised, head, projectedSeq } = durable;
      const inputs = durable.inputs.filter(input => input.seq > projectedSeq);
      const commands = durable.inputs.map(input => input.command);
      const image = head === null ? null : imageOf(durable, head);
      const branch = branchOf(lab);
      return copy({
        lab,
        name,
        file,
        branch,
        lineage: branch,
        lease,
        promised,
        simulation: durable.simulation,
        shared: 0,
        journaledSeq: durable.inputs.length,
        keptTurn: durable.keyframes.at(-1)?.turn ?? 0,
        image,
        imageSeq: projectedSeq,
        start: null,
        inputs,
        commands,
      });
    });
  }

  append(batch: readonly Append[]): Promise<ReadonlySet<LabId>> {
    return this.#call('append', () => {
      const held = new Set<LabId>();
      for (const append of copy(batch)) {
        const durable = must(this.#database.labs.get(append.lab), 'a lab is there');
        if (durable.lease !== append.lease) continue;
        const next = (durable.inputs.at(-1)?.seq ?? 0) + 1;
        if ((append.inputs.at(0)?.seq ?? next) !== next) continue;
        const known = new Set(durable.inputs.map(input => input.command));
        if (this.uniqueCommands && append.inputs.some(({ command }) => known.has(command)))
          continue;
        durable.promised = Math.max(durable.promised, append.promised) as SimTime;
        durable.inputs.push(...append.inputs);
        held.add(append.lab);
      }
      return held;
    });
  }

  project(given: Projection): Promise<boolean> {
    return this.#call('project', () => {
      const projection = copy(given);
      const durable = must(this.#database.labs.get(projection.lab), 'a lab is there');
      if (durable.lease !== projection.lease) return false;
      if ((durable.head?.turn ?? 0) > projection.head.turn) return false;
      for (const [kind, rows] of Object.entries(projection.upserts)) {
        for (const row of rows) rowsOf(durable, kind as RecordKind).set(row.id, row);
      }
      for (const [kind, ids] of Object.entries(projection.deleted)) {
        for (const id of ids) rowsOf(durable, kind as RecordKind).delete(id);
      }
      for (const entry of projection.agendaAdded) durable.agenda.set(entry.seq, entry);
      for (const seq of projection.agendaRan) durable.agenda.delete(seq);
      durable.tombstones.push(...projection.tombstones);
      for (const fact of projection.facts) durable.facts.set(fact.n, fact);
      durable.marks.push(...projection.marks);
      durable.head = projection.head;
      durable.projectedSeq = projection.seq;
      return true;
    });
  }

  answered(lab: LabId, command: CommandId): Promise<JournaledInput | null> {
    return this.#call('answered', () => {
      const durable = must(this.#database.labs.get(lab), 'a lab is there');
      return copy(durable.inputs.find(input => input.command === command) ?? null);
    });
  }

  facts(query: FactQuery): Promise<readonly Fact[]> {
    return this.#call('facts', () => {
      const facts = [...this.#byBranch(query.branch).facts.values()].filter(
        fact =>
          fact.turn > query.afterTurn &&
          fact.turn <= query.upToTurn &&
          fact.n < (query.before ?? Infinity) &&
          factInScope(fact, query.scope, query.audience),
      );
      return copy(facts.toSorted((a, b) => a.n - b.n).slice(-query.limit));
    });
  }

  beginSegment(): Promise<boolean> {
    return Promise.reject(new Error('a swarm has one simulation, and nobody changes its rows'));
  }

  saveKeyframe(lease: number, keyframe: Keyframe): Promise<boolean> {
    return this.#call('keyframe', () => {
      const durable = this.#byBranch(keyframe.branch);
      if (durable.lease !== lease) return false;
      durable.keyframes.push(copy(keyframe));
      return true;
    });
  }

  kept(branch: BranchId, moment: Moment): Promise<Kept | null> {
    return this.#call('read', () => {
      const { simulation, keyframes, marks } = this.#byBranch(branch);
      const segment = { branch, turn: 0, at: LAB_START, seq: 0, simulation };
      const isBefore = (one: Mark): boolean =>
        'turn' in moment ? one.turn < moment.turn : one.at < moment.at;
      const mark = marks.filter(isBefore).at(-1) ?? null;
      const fit = keyframes.filter(
        ({ turn, at }) =>
          ('turn' in moment ? turn <= moment.turn : at <= moment.at) &&
          at <= (mark?.at ?? Infinity),
      );
      const keyframe = fit.toSorted((a, b) => b.turn - a.turn)[0] ?? null;
      return copy({ segment, keyframe, mark });
    });
  }

  wholeKeyframe(branch: BranchId, turn: number): Promise<Uint8Array | null> {
    return this.#call('read', () => {
      const whole = this.#byBranch(branch).keyframes.find(one => one.turn === turn);
      return whole?.base === null ? whole.bytes : null;
    });
  }

  nextInput(branch: BranchId, seq: number): Promise<JournaledInput | null> {
    return this.#call('read', () => copy(this.#byBranch(branch).inputs[seq] ?? null));
  }

  inputsAfter(branch: BranchId, seq: number, until: Moment): Promise<readonly JournaledInput[]> {
    return this.#call('read', () => {
      const { inputs } = this.#byBranch(branch);
      const fit = inputs.filter(
        input =>
          input.seq > seq && ('turn' in until ? input.turn <= until.turn : input.at <= until.at),
      );
      return copy(fit);
    });
  }

  marks(branch: BranchId): Promise<readonly Mark[]> {
    return this.#call('read', () => copy(this.#byBranch(branch).marks));
  }

  branchEnd(): Promise<BranchEnd | null> {
    return Promise.reject(new Error('a swarm has one branch'));
  }

  fork(): Promise<BranchId> {
    return Promise.reject(new Error('a swarm does not fork'));
  }

  adopt(): Promise<boolean> {
    return Promise.reject(new Error('a swarm does not adopt'));
  }

  #byBranch(branch: BranchId): Durable {
    for (const [lab, durable] of this.#database.labs) if (branchOf(lab) === branch) return durable;
    throw new Error(`no branch ${branch}`);
  }

  async #call<T>(name: string, run: () => T): Promise<T> {
    await this.#weather.before(name);
    const result = run();
    await this.#weather.after(name);
    return result;
  }
}

/** As if the database did not watch over command ids: for a sabotage. */
export function lenientCommands(store: LabStore): void {
  if (store instanceof MemoryStore) store.uniqueCommands = false;
}

function branchOf(lab: LabId): BranchId {
  return Number(lab.slice(lab.lastIndexOf('-') + 1));
}

function rowsOf(durable: Durable, kind: RecordKind): Map<string, StoredRow> {
  let rows = durable.rows.get(kind);
  if (rows === undefined) {
    rows = new Map();
    durable.rows.set(kind, rows);
  }
  return rows;
}

/** Rows come back in no particular order: what the order of Maps would hide must not help. */
function imageOf(durable: Durable, head: ImageHead): Image {
  const records: { [kind: string]: StoredRow[] } = {};
  for (const [kind, rows] of [...durable.rows].toReversed()) {
    if (rows.size > 0) records[kind] = [...rows.values()].toReversed();
  }
  return {
    ...head,
    records,
    agenda: [...durable.agenda.values()].toReversed(),
    tombstones: durable.tombstones.filter(({ turn }) => turn > head.tombstoneFloor),
  };
}

function copy<T>(value: T): T {
  return structuredClone(value);
}
