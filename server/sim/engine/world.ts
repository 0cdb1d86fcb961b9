import { Hash64, HashSum } from '../../base/hash.ts';
import { address } from '../../base/prng.ts';
import type { Fact, Trace } from '../../protocol/fact.ts';
import type { Id, VmId } from '../../protocol/id.ts';
import type { SimTime } from '../../protocol/time.ts';
import { LAB_START } from '../../protocol/time.ts';
import { Agenda } from './agenda.ts';
import { RecordStore } from './record-store.ts';
import type { Row } from './row.ts';
import { FOR_HASH, hashRow } from './row.ts';
import type { NewFact, Turn } from './turn.ts';

/** A record that is no more, or no more on that host or VM; kept so that whoever was away learns of it. */
export interface Tombstone {
  readonly id: Id;
  /** The turn that removed it. */
  readonly turn: number;
  readonly host: string | null;
  readonly vm: string | null;
}

/** Tombstones kept; clients further behind get a picture. */
const TOMBSTONES_KEPT = 20_000;

/** Trace entries held for each of those who take them; more are counted, not kept. */
const TRACE_HELD = 5_000;

/** The whole state of one lab's machine, and what has happened that nobody was told of yet. */
export class World {
  readonly seed: number;
  readonly records = new RecordStore();
  readonly agenda = new Agenda();
  now: SimTime = LAB_START;
  turn = 0;
  lastFact = 0;
  tombstones: Tombstone[] = [];
  /** Removals at or before this turn are forgotten. */
  tombstoneFloor = 0;

  factsForProjection: Fact[] = [];
  factsForPacket: Fact[] = [];
  tombstonesForProjection: Tombstone[] = [];
  tombstonesForPacket: Tombstone[] = [];
  tracesForProjection: Trace[] = [];
  tracesForPacket: Trace[] = [];
  /** By virtual machine: how many more there were than are held for packets. */
  tracesMissed = new Map<VmId, number>();

  /** Hash of all records as they stand, whatever order they came in. */
  readonly #stateHash = new HashSum();
  /** Running hash over facts and the state hash at every input and mark. */
  rolling = new Hash64();

  constructor(seed: string) {
    this.seed = address(seed);
  }

  append(turn: Turn, fact: NewFact): number {
    this.lastFact += 1;
    const whole: Fact = {
      n: this.lastFact,
      turn: turn.number,
      at: turn.now,
      kind: fact.kind,
      from: fact.from,
      to: fact.to ?? null,
      host: fact.host ?? null,
      vm: fact.vm ?? null,
      cause: turn.cause === 0 ? null : turn.cause,
      audience: fact.audience ?? 'everyone',
      summary: fact.summary,
      data: fact.data ?? {},
    };
    this.factsForProjection.push(whole);
    this.factsForPacket.push(whole);
    this.#hashFact(whole);
    return whole.n;
  }

  traced(trace: Trace): void {
    if (this.tracesForProjection.length < TRACE_HELD) this.tracesForProjection.push(trace);
    if (this.tracesForPacket.length < TRACE_HELD) this.tracesForPacket.push(trace);
    else this.tracesMissed.set(trace.vm, (this.tracesMissed.get(trace.vm) ?? 0) + 1);
  }

  remove(row: Row, turn: number, cause: number): void {
    this.records.remove(row);
    row.rev = turn;
    row.cause = cause;
    this.#bury(row, turn);
    if (row.dice !== null || this.records.row('dice', `dice:${row.id}`) !== undefined) {
      const dice = this.diceOf(row);
      this.records.remove(dice);
    }
  }

  /**
   * A record that moves to another host or VM is gone from its old scope: it leaves a tombstone
   * there, and goes whole to the new one.
   */
  leaveScopes(
    row: Row,
    values: { readonly host?: unknown; readonly vm?: unknown },
    turn: number,
  ): void {
    const { host, vm } = row.record;
    const moved =
      (values.host !== undefined && values.host !== host) ||
      (values.vm !== undefined && values.vm !== vm);
    if (!moved) return;
    this.#bury(row, turn);
    row.fresh = true;
  }

  diceOf(row: Row): Row {
    if (row.dice !== null) return row.dice;
    const id: Id<'dice'> = `dice:${row.id}`;
    row.dice =
      this.records.row('dice', id) ??
      this.records.insert('dice', id, { drawn: 0 }, { number: this.turn, cause: 0 });
    return row.dice;
  }

  addressOf(row: Row): number {
    if (row.address < 0) row.address = address(row.id);
    return row.address;
  }

  /** Brings the hash of all records up to date. */
  stateHash(): HashSum {
    for (const row of this.records.forHash) {
      row.dirty &= ~FOR_HASH;
      this.#stateHash.toggle({ high: row.hashHigh, low: row.hashLow });
      if (row.gone) continue;
      const hash = hashRow(row);
      row.hashHigh = hash.high;
      row.hashLow = hash.low;
      this.#stateHash.toggle(hash);
    }
    this.records.forHash = [];
    return this.#stateHash;
  }

  /** A row that comes with the hash it had. */
  hashed(row: Row, { high, low }: Hash64): void {
    row.hashHigh = high;
    row.hashLow = low;
    this.#stateHash.toggle({ high, low });
  }

  /** Folds the state into the rolling hash: at every input and mark, never elsewhere. */
  checkpoint(): string {
    const state = this.stateHash();
    this.rolling.number(this.turn).word(state.high).word(state.low);
    return this.rolling.toString();
  }

  #hashFact(fact: Fact): void {
    const { rolling } = this;
    rolling.number(fact.n).number(fact.turn).number(fact.at).text(fact.kind).text(fact.from);
    rolling
      .text(fact.to ?? '')
      .text(fact.host ?? '')
      .text(fact.vm ?? '')
      .number(fact.cause ?? 0);
    rolling.text(fact.audience).text(fact.summary).json(fact.data);
  }

  #bury(row: Row, turn: number): void {
    const { host, vm } = row.record;
    const tombstone = {
      id: row.id,
      turn,
      host: typeof host === 'string' ? host : null,
      vm: typeof vm === 'string' ? vm : null,
    };
    this.tombstones.push(tombstone);
    this.tombstonesForProjection.push(tombstone);
    this.tombstonesForPacket.push(tombstone);
    if (this.tombstones.length > TOMBSTONES_KEPT * 1.25) this.#prune();
  }

  /** Forgets the oldest removals, always whole turns, so that the floor is never inside one. */
  #prune(): void {
    const last = this.tombstones[this.tombstones.length - TOMBSTONES_KEPT - 1];
    if (last === undefined) return;
    this.tombstoneFloor = last.turn;
    this.tombstones = this.tombstones.filter(tombstone => tombstone.turn > last.turn);
  }
}
