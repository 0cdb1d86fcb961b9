import type { Json } from '../../base/json.ts';
import { Hash64, HashSum } from '../../base/hash.ts';
import { canonical } from '../../base/json.ts';

// What a client has of a scope and what the lab says it must have are compared once a second by one
// 64-bit word. Server and client both count it with this file, so it is defined once.

/** The columns of a record that a scope and audience may see: state class only, never a gauge. */
export type WireValues = { readonly [column: string]: unknown };

/**
 * The hash of a record as a scope shows it: its id and each of its columns, in whatever order the
 * columns stand. `rev` and `cause` are left out, because they also move when a column moves that
 * this scope does not show.
 */
export function hashWireRecord(id: string, values: WireValues): Hash64 {
  const { high, low } = new Hash64().text(id);
  const sum = new HashSum();
  sum.toggle(finish(new Hash64(high, low)));
  for (const column in values) {
    const value = values[column];
    // A key without a value is not on the wire at all.
    if (value === undefined) continue;
    const cell = new Hash64(high, low).text(column);
    hashWireValue(cell, value as Json);
    sum.toggle(finish(cell));
  }
  return new Hash64(sum.high, sum.low);
}

const NULL = 1;
const TRUE = 2;
const FALSE = 3;
const NUMBER = 4;
const TEXT = 5;
const STRUCTURE = 6;

function hashWireValue(hash: Hash64, value: Json): void {
  if (value === null) hash.word(NULL);
  else if (typeof value === 'string') hash.word(TEXT).text(value);
  else if (typeof value === 'number') hash.word(NUMBER).number(value);
  else if (typeof value === 'boolean') hash.word(value ? TRUE : FALSE);
  else hash.word(STRUCTURE).text(canonical(value));
}

/**
 * Three more rounds: the cells are added up by XOR, so the last character of a value must reach
 * every bit, or equal changes of two records could cancel out.
 */
function finish(hash: Hash64): Hash64 {
  return hash.word(0x5bd1e995).word(0x1b873593).word(0x38b34ae5);
}

/** The hash of a scope, kept up to date record by record: a change costs its own record only. */
export class ScopeHash {
  readonly #records = new Map<string, { readonly high: number; readonly low: number }>();
  readonly #sum = new HashSum();

  get size(): number {
    return this.#records.size;
  }

  /** The record is there with exactly these values, whether it was before or not. */
  put(id: string, values: WireValues): void {
    const old = this.#records.get(id);
    if (old !== undefined) this.#sum.toggle(old);
    const hash = hashWireRecord(id, values);
    this.#records.set(id, hash);
    this.#sum.toggle(hash);
  }

  remove(id: string): void {
    const old = this.#records.get(id);
    if (old === undefined) return;
    this.#sum.toggle(old);
    this.#records.delete(id);
  }

  clear(): void {
    for (const hash of this.#records.values()) this.#sum.toggle(hash);
    this.#records.clear();
  }

  /** As a beat carries it: 16 hexadecimal digits; an empty scope is all zeros. */
  toString(): string {
    return this.#sum.toString();
  }
}
