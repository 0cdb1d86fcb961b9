import type { Fact, Trace } from '../../server/protocol/fact.ts';
import { kindOf } from '../../server/protocol/id.ts';
import type {
  Beat,
  Gauges,
  Packet,
  Picture,
  TraceSample,
  WireRecord,
} from '../../server/protocol/wire/down.ts';
import type { Position } from '../../server/protocol/wire/position.ts';
import { ScopeHash } from '../../server/protocol/wire/scope-hash.ts';

/** A record as one scope shows it. A change replaces it by another object. */
export interface Held {
  readonly id: string;
  /** The turn that last changed it. */
  readonly rev: number;
  /** The number of the fact behind that change; 0 for none. */
  readonly cause: number;
  readonly values: { readonly [column: string]: unknown };
}

type Counters = { readonly [column: string]: number };

/** Facts kept per scope; older ones are history, which is asked for elsewhere. */
const FACTS_KEPT = 5_000;

/** Trace entries kept per scope: some seconds of the busiest virtual machine. */
const TRACE_KEPT = 2_000;

/**
 * *told* something new; *known* already; a *gap* before it, so it was not taken; *diverged*: what is
 * held is not what the server says it must be.
 */
export type Heard = 'told' | 'known' | 'gap' | 'diverged';

/** What a client has of one scope: the sum of a picture and of all packets since. */
export class HeldScope {
  #lineage = -1;
  #turn: number | null = null;
  #kinds = new Map<string, Map<string, Held>>();
  readonly #versions = new Map<string, number>();
  #facts: readonly Fact[] = [];
  readonly #gauges = new Map<string, Counters>();
  #trace: readonly Trace[] = [];
  #traceMissed = 0;
  /** Parts of a picture of which the last has not come yet. */
  #parts: Picture[] = [];
  readonly #hash = new ScopeHash();
  /** Records of which the hash is out of date: it is only looked at once a second. */
  readonly #unhashed = new Set<string>();

  /** Null until its first picture is here. */
  get turn(): number | null {
    return this.#turn;
  }

  /** Where to go on from; null asks for a picture. */
  get position(): Position | null {
    return this.#turn === null ? null : { lineage: this.#lineage, turn: this.#turn };
  }

  /** Oldest first; another array when there are more. */
  get facts(): readonly Fact[] {
    return this.#facts;
  }

  /** A sample of data packets, oldest first, for who asked for it; another array when there are more. */
  get trace(): readonly Trace[] {
    return this.#trace;
  }

  /** How many entries were left out of that sample since the scope is watched. */
  get traceMissed(): number {
    return this.#traceMissed;
  }

  /** Grows when any record of the kind changes, comes or goes. */
  versionOf(kind: string): number {
    return this.#versions.get(kind) ?? 0;
  }

  records(kind: string): Iterable<Held> {
    return this.#kinds.get(kind)?.values() ?? [];
  }

  record(id: string): Held | undefined {
    return this.#kinds.get(kindOf(id))?.get(id);
  }

  /** Last counters by record. */
  gauges(id: string): Counters | undefined {
    return this.#gauges.get(id);
  }

  get hash(): string {
    for (const id of this.#unhashed) {
      const held = this.record(id);
      if (held === undefined) this.#hash.remove(id);
      else this.#hash.put(id, held.values);
    }
    this.#unhashed.clear();
    return this.#hash.toString();
  }

  /** True when the last part came and all of it is in place. */
  takePicture(part: Picture): boolean {
    if (part.part === 0) this.#parts = [];
    // A part of a picture whose beginning was lost with a connection.
    if (part.part !== this.#parts.length) return false;
    this.#parts.push(part);
    if (!part.last) return false;
    this.#replace(this.#parts);
    this.#parts = [];
    return true;
  }

  takePacket({ lineage, from, to, put, gone, facts }: Packet): Heard {
    if (this.#turn === null || lineage !== this.#lineage) return 'gap';
    if (to <= this.#turn) return 'known';
    if (from > this.#turn + 1) return 'gap';
    const before = this.#turn;
    for (const record of put) this.#put(record);
    for (const id of gone) this.#remove(id);
    // One that begins before the end of our picture tells some of it again.
    this.#addFacts(facts.filter(({ turn }) => turn > before));
    this.#turn = to;
    return 'told';
  }

  takeBeat({ lineage, turn, hash }: Beat): Heard {
    if (this.#turn === null || lineage !== this.#lineage) return 'gap';
    if (turn < this.#turn) return 'known';
    if (hash !== this.hash) return 'diverged';
    const isNew = turn > this.#turn;
    // Turns in which nothing happened here are told by nothing else.
    this.#turn = turn;
    return isNew ? 'told' : 'known';
  }

  takeGauges({ values }: Gauges): void {
    for (const [id, counters] of values) this.#gauges.set(id, counters);
  }

  /** No part of what is true: nothing is hashed, nothing waits for it. */
  takeTrace({ entries, dropped }: TraceSample): void {
    this.#trace = [...this.#trace, ...entries].slice(-TRACE_KEPT);
    this.#traceMissed += dropped;
  }

  #replace(parts: readonly Picture[]): void {
    // What was traced in another history has not happened in this one.
    if (parts[0]?.lineage !== this.#lineage) this.#trace = [];
    for (const kind of this.#kinds.keys()) this.#touch(kind);
    this.#kinds = new Map();
    this.#hash.clear();
    this.#unhashed.clear();
    this.#gauges.clear();
    for (const { lineage, turn, records } of parts) {
      this.#lineage = lineage;
      this.#turn = turn;
      for (const record of records) this.#put(record);
    }
    this.#facts = parts.flatMap(({ facts }) => facts);
  }

  #put([id, rev, cause, values]: WireRecord): void {
    const kind = kindOf(id);
    let held = this.#kinds.get(kind);
    if (held === undefined) {
      held = new Map();
      this.#kinds.set(kind, held);
    }
    const before = held.get(id);
    const merged = before === undefined ? values : { ...before.values, ...values };
    held.set(id, { id, rev, cause, values: merged });
    this.#unhashed.add(id);
    this.#touch(kind);
  }

  #remove(id: string): void {
    const kind = kindOf(id);
    if (this.#kinds.get(kind)?.delete(id) !== true) return;
    this.#gauges.delete(id);
    this.#unhashed.add(id);
    this.#touch(kind);
  }

  #addFacts(facts: readonly Fact[]): void {
    if (facts.length === 0) return;
    this.#facts = [...this.#facts, ...facts].slice(-FACTS_KEPT);
  }

  #touch(kind: string): void {
    this.#versions.set(kind, this.versionOf(kind) + 1);
  }
}
