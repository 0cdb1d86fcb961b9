import type { Fact } from '../../server/protocol/fact.ts';
import { type BusMessage, isMessage, messageOf } from './message.ts';
import { NumberColumn } from './number-column.ts';

/** More than this many messages are not held; what is older can be searched by those who need it. */
export const MOST_MESSAGES = 1_000_000;

/**
 * The messages of one bus, newest and older ones, in columns of numbers: a million of them are some
 * 40 MB, where as many objects would be a gigabyte. Their bytes are not kept; the fact has them.
 *
 * A message has a place that never changes: what comes later has 0, 1, 2…, what is older -1, -2…, so
 * that older ones may be put in front while somebody reads.
 */
export class MessageTable {
  readonly #newer = new Columns();
  readonly #older = new Columns();
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #types = new Set<number>();

  get count(): number {
    return this.#newer.count + this.#older.count;
  }

  /** The place of the oldest message. */
  get first(): number {
    return -this.#older.count;
  }

  /** Behind the place of the newest one. */
  get end(): number {
    return this.#newer.count;
  }

  get isFull(): boolean {
    return this.count >= MOST_MESSAGES;
  }

  add(message: BusMessage): void {
    this.#put(this.#newer, message);
  }

  /** Facts that are no messages are passed over. */
  append(facts: readonly Fact[]): void {
    for (const fact of facts) if (isMessage(fact)) this.#put(this.#newer, messageOf(fact));
  }

  /** Facts from before everything that is here, oldest first. */
  prepend(facts: readonly Fact[]): void {
    for (let index = facts.length - 1; index >= 0; index -= 1) {
      const fact = facts[index] as Fact;
      if (isMessage(fact)) this.#put(this.#older, messageOf(fact));
    }
  }

  /** The number of its fact. */
  n(place: number): number {
    return place < 0 ? this.#older.n.get(-1 - place) : this.#newer.n.get(place);
  }

  at(place: number): number {
    return place < 0 ? this.#older.at.get(-1 - place) : this.#newer.at.get(place);
  }

  turn(place: number): number {
    return place < 0 ? this.#older.turn.get(-1 - place) : this.#newer.turn.get(place);
  }

  length(place: number): number {
    return place < 0 ? this.#older.length.get(-1 - place) : this.#newer.length.get(place);
  }

  /** Null where nothing tells. */
  toGuest(place: number): boolean | null {
    const flags = this.#flags(place);
    return (flags & NO_WAY) === 0 ? (flags & TO_GUEST) !== 0 : null;
  }

  isPacket(place: number): boolean {
    return (this.#flags(place) & PACKET) !== 0;
  }

  /** Null for messages of the bus as a whole. */
  channel(place: number): number | null {
    const kept = place < 0 ? this.#older.channel.get(-1 - place) : this.#newer.channel.get(place);
    return kept === 0 ? null : kept - 1;
  }

  type(place: number): string {
    const kept = place < 0 ? this.#older.type.get(-1 - place) : this.#newer.type.get(place);
    return this.#texts[kept] ?? '';
  }

  summary(place: number): string {
    const kept = place < 0 ? this.#older.summary.get(-1 - place) : this.#newer.summary.get(place);
    return this.#texts[kept] ?? '';
  }

  /** All types that there are. */
  types(): readonly string[] {
    return [...this.#types].map(number => this.#texts[number] ?? '').toSorted();
  }

  /** The place of a fact's message; null when it is none of these. */
  placeOf(n: number): number | null {
    let low = this.first;
    let high = this.end - 1;
    while (low <= high) {
      const middle = Math.floor((low + high) / 2);
      const found = this.n(middle);
      if (found === n) return middle;
      if (found < n) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  #flags(place: number): number {
    return place < 0 ? this.#older.flags.get(-1 - place) : this.#newer.flags.get(place);
  }

  #put(columns: Columns, message: BusMessage): void {
    const { toGuest, isPacket, channel, type, length } = message;
    columns.n.push(message.n);
    columns.at.push(message.at);
    columns.turn.push(message.turn);
    const way = toGuest === null ? NO_WAY : toGuest ? TO_GUEST : 0;
    columns.flags.push(way | (isPacket ? PACKET : 0));
    columns.channel.push(channel === null ? 0 : channel + 1);
    const typeNumber = this.#numberOf(type);
    this.#types.add(typeNumber);
    columns.type.push(typeNumber);
    columns.length.push(length);
    columns.summary.push(this.#numberOf(message.summary));
  }

  /** Most texts are said again and again: a text is kept once. */
  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#texts.push(text);
    this.#numbers.set(text, this.#texts.length - 1);
    return this.#texts.length - 1;
  }
}

const TO_GUEST = 1;
const PACKET = 2;
const NO_WAY = 4;

class Columns {
  readonly n = new NumberColumn(Float64Array);
  readonly at = new NumberColumn(Float64Array);
  readonly turn = new NumberColumn(Float64Array);
  readonly flags = new NumberColumn(Uint16Array);
  /** One more than the channel's number; 0 is none. */
  readonly channel = new NumberColumn(Uint32Array);
  readonly type = new NumberColumn(Uint32Array);
  readonly length = new NumberColumn(Uint32Array);
  readonly summary = new NumberColumn(Uint32Array);

  get count(): number {
    return this.n.count;
  }
}
