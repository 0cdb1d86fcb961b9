import type { Audience } from '../protocol/field.ts';
import type { Fact } from '../protocol/fact.ts';
import { placeOf, viewOf } from '../protocol/scoping.ts';
import type { WireRecord } from '../protocol/wire/down.ts';
import type { Position } from '../protocol/wire/up.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import { ScopeHash } from '../protocol/wire/scope-hash.ts';
import type { RecordKind } from '../protocol/record/kind.ts';
import { RECORD_KINDS } from '../protocol/record/kind.ts';
import type { Row } from '../sim/engine/row.ts';
import type { Tombstone, World } from '../sim/engine/world.ts';
import { kindOf } from '../protocol/id.ts';

/** A request to see a scope, from where its client is. */
export interface Watch {
  readonly connection: number;
  readonly watcher: number;
  readonly scope: Scope;
  readonly audience: Audience;
  readonly from: Position | null;
  readonly gauges: boolean;
  readonly trace: boolean;
}

interface Watcher {
  readonly watch: Watch;
  /** Its picture or resume has left; before that it knows nothing of this group. */
  begun: boolean;
}

/** All counters of a record, of which one moved. */
export type Gauge = [id: string, counters: { [column: string]: number }];

/** All who watch one scope with one audience: a packet is made and encoded once for them. */
export class ScopeGroup {
  readonly scope: Scope;
  readonly audience: Audience;
  readonly watchers = new Map<number, Watcher>();
  /** The last turn of which a packet was made. */
  sentTo: number;
  /** The last turn of which a packet has left: what its watchers know for certain. */
  leftTo: number;
  readonly #hash = new ScopeHash();
  /** Records whose part of the hash is out of date. */
  readonly #stale = new Map<string, Row>();
  readonly #gauges = new Map<string, Row>();
  put: WireRecord[] = [];
  gone: string[] = [];
  facts: Fact[] = [];

  constructor(scope: Scope, audience: Audience, world: World) {
    this.scope = scope;
    this.audience = audience;
    this.sentTo = world.turn;
    this.leftTo = world.turn;
    for (const row of rowsOf(world, scope, audience))
      this.#hash.put(row.id, this.values(row) ?? {});
  }

  get wantsGauges(): boolean {
    for (const { watch } of this.watchers.values()) if (watch.gauges) return true;
    return false;
  }

  get wantsTrace(): boolean {
    for (const { watch } of this.watchers.values()) if (watch.trace) return true;
    return false;
  }

  /** All columns of a record that this scope shows; null when it shows none. */
  values(row: Row): { [column: string]: unknown } | null {
    const view = viewOf(row.shape.kind, this.scope, this.audience);
    if (view === null) return null;
    const values: { [column: string]: unknown } = {};
    for (const column of view.columns) values[column] = row.record[column];
    return values;
  }

  /** Takes a changed row of this scope into the packet under way. */
  change(row: Row): void {
    const view = viewOf(row.shape.kind, this.scope, this.audience);
    if (view === null) return;
    if ((row.mask & view.counterMask) !== 0) this.#gauges.set(row.id, row);
    if (!row.fresh && (row.mask & view.mask) === 0) return;
    this.#stale.set(row.id, row);
    const values: { [column: string]: unknown } = {};
    for (const column of view.columns) {
      const { position } = row.shape.columnOf[column] as { position: number };
      if (row.fresh || (row.mask & (1 << position)) !== 0) values[column] = row.record[column];
    }
    this.put.push([row.id, row.rev, row.cause, values]);
  }

  /** A record left this scope for good or for another one. */
  leave(tombstone: Tombstone, world: World): void {
    const kind = kindOf(tombstone.id) as RecordKind;
    if (viewOf(kind, this.scope, this.audience) === null) return;
    const row = world.records.row(kind, tombstone.id);
    if (row !== undefined && isIn(row, this.scope)) return;
    this.#stale.delete(tombstone.id);
    this.#gauges.delete(tombstone.id);
    this.#hash.remove(tombstone.id);
    this.gone.push(tombstone.id);
  }

  /** The hash a client of this scope must have now. */
  hash(): string {
    for (const [id, row] of this.#stale) {
      if (row.gone || !isIn(row, this.scope)) this.#hash.remove(id);
      else this.#hash.put(id, this.values(row) ?? {});
    }
    this.#stale.clear();
    return this.#hash.toString();
  }

  /** Whoever begins to look has no counters yet, also none of those that do not move just now. */
  gaugeAll(world: World): void {
    for (const row of rowsOf(world, this.scope, this.audience)) {
      const view = viewOf(row.shape.kind, this.scope, this.audience);
      if (view !== null && view.counters.length > 0) this.#gauges.set(row.id, row);
    }
  }

  /** Counters that moved since the last call. */
  takeGauges(): Gauge[] {
    const gauges: Gauge[] = [];
    for (const [id, row] of this.#gauges) {
      const view = viewOf(row.shape.kind, this.scope, this.audience);
      if (view === null || row.gone) continue;
      const values: { [column: string]: number } = {};
      for (const column of view.counters) values[column] = row.record[column] as number;
      gauges.push([id, values]);
    }
    this.#gauges.clear();
    return gauges;
  }
}

/** Whether a record is in a scope: the lab's lists hold all kinds that have columns for them. */
export function isIn(row: Row, scope: Scope): boolean {
  if (scope === 'lab') return true;
  const place = placeOf(row.record);
  return place.host === scope || place.vm === scope;
}

/** All records of a scope, ordered by kind and id. */
export function* rowsOf(world: World, scope: Scope, audience: Audience): Generator<Row> {
  for (const kind of RECORD_KINDS) {
    if (viewOf(kind, scope, audience) === null) continue;
    for (const row of world.records.rows(kind)) if (isIn(row, scope)) yield row;
  }
}
