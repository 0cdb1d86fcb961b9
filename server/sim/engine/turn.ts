import { assert, must } from '../../base/assert.ts';
import { draw } from '../../base/prng.ts';
import type { Audience } from '../../protocol/field.ts';
import type { Component, FactKind, Trace } from '../../protocol/fact.ts';
import type { HostId, Id, VmId } from '../../protocol/id.ts';
import { kindOf } from '../../protocol/id.ts';
import type { Json } from '../../base/json.ts';
import type { RecordOf, Values } from '../../protocol/record/index.ts';
import type { RecordKind } from '../../protocol/record/kind.ts';
import type { Duration, SimTime } from '../../protocol/time.ts';
import type { Message } from './message.ts';
import { recordOf } from './record-store.ts';
import type { Row } from './row.ts';
import { SHAPES } from './row.ts';
import type { World } from './world.ts';

export interface NewFact {
  readonly kind: FactKind;
  readonly from: Component;
  readonly to?: Component | null;
  readonly host?: HostId | null;
  readonly vm?: VmId | null;
  readonly audience?: Audience;
  readonly summary: string;
  readonly data?: { readonly [key: string]: Json };
}

const DRAWN = must(SHAPES.dice.columnOf['drawn'], 'dice count their draws');

export type NewTrace = Omit<Trace, 'turn' | 'at'>;

/**
 * The only way a component reads or changes the lab. One turn object serves the machine for its
 * whole life: `now` and `number` move, so a component must not keep it.
 */
export class Turn {
  readonly #world: World;
  now: SimTime;
  /** The turn's number: one agenda event or one input each. */
  number: number;
  /** The fact that whatever is done next follows from; 0 for none. A new fact becomes it. */
  cause = 0;
  /** The row the message is for, so that a component's own patch needs no look-up. */
  #self: Row | null = null;

  constructor(world: World) {
    this.#world = world;
    this.now = world.now;
    this.number = world.turn;
  }

  begin(now: SimTime, number: number, cause: number, self: Row | null): void {
    this.now = now;
    this.number = number;
    this.cause = cause;
    this.#self = self;
  }

  get<K extends RecordKind>(kind: K, id: Id<K>): RecordOf<K> | undefined {
    const row = this.#world.records.row(kind, id);
    return row === undefined ? undefined : recordOf<K>(row);
  }

  must<K extends RecordKind>(kind: K, id: Id<K>): RecordOf<K> {
    return recordOf<K>(this.#row(kind, id));
  }

  /** All records of a kind, ordered by id. */
  all<K extends RecordKind>(kind: K): RecordOf<K>[] {
    return this.#world.records.rows(kind).map(row => recordOf<K>(row));
  }

  /** Records whose indexed column has the value, ordered by id. A copy: safe to change while iterating. */
  where<K extends RecordKind, C extends keyof Values<K> & string>(
    kind: K,
    column: C,
    value: Values<K>[C],
  ): RecordOf<K>[] {
    return this.#world.records.where(kind, column, value).map(row => recordOf<K>(row));
  }

  insert<K extends RecordKind>(kind: K, id: Id<K>, values: Values<K>): RecordOf<K> {
    assert(kindOf(id) === kind, `${id} is no id of a ${kind}`);
    return recordOf<K>(this.#world.records.insert(kind, id, values, this));
  }

  patch<K extends RecordKind>(kind: K, id: Id<K>, values: Partial<Values<K>>): void {
    const row = this.#row(kind, id);
    if ('host' in values || 'vm' in values) this.#world.leaveScopes(row, values, this.number);
    this.#world.records.patch(row, values, this.number, this.cause);
  }

  /** Adds to a counter column of a record. */
  count<K extends RecordKind, C extends keyof Values<K> & string>(
    kind: K,
    id: Id<K>,
    column: C,
    by = 1,
  ): void {
    const row = this.#row(kind, id);
    const found = row.shape.columnOf[column];
    if (found === undefined || typeof row.record[column] !== 'number') {
      assert(false, `${id}.${column} is no counter`);
    }
    const { records } = this.#world;
    if (found.field.class !== 'state' && !found.indexed) records.bump(row, found, by);
    else
      records.patch(
        row,
        { [column]: (row.record[column] as number) + by },
        this.number,
        this.cause,
      );
  }

  remove<K extends RecordKind>(kind: K, id: Id<K>): void {
    this.#world.remove(this.#row(kind, id), this.number, this.cause);
  }

  /** To `to`, after a span of lab time; lost if that record is gone by then. */
  send(to: Id, message: Message, after: Duration): void {
    const due = (this.now + after) as SimTime;
    // Most messages go to whoever runs now: its row spares the look-up when they arrive.
    const self = this.#self;
    this.#world.agenda.add({ due, to, message, cause: this.cause }, self?.id === to ? self : null);
  }

  /** Appends a fact and makes it the cause of what follows in this turn. Returns its number. */
  fact(fact: NewFact): number {
    const n = this.#world.append(this, fact);
    this.cause = n;
    return n;
  }

  trace(trace: NewTrace): void {
    this.#world.traced({ turn: this.number, at: this.now, ...trace });
  }

  /** The next draw, 0 to 2^32-1, of an entity's own dice. */
  draw(kind: RecordKind, id: Id): number {
    const row = this.#row(kind, id);
    const world = this.#world;
    const dice = world.diceOf(row);
    const drawn = dice.record['drawn'] as number;
    world.records.bump(dice, DRAWN, 1);
    return draw(world.seed, world.addressOf(row), drawn);
  }

  /** A whole number from `low` to `high`, both included. */
  drawBetween(kind: RecordKind, id: Id, low: number, high: number): number {
    return low + (this.draw(kind, id) % (high - low + 1));
  }

  #row(kind: RecordKind, id: string): Row {
    const self = this.#self;
    if (self !== null && self.id === id && !self.gone) return self;
    const row = this.#world.records.row(kind, id);
    if (row === undefined) assert(false, `${id} is not there`);
    return row;
  }
}
