import { Typed } from './typed.ts';
import type { Value } from './value.ts';

/** @{}: keys compare without case when they are strings. [ordered] keeps the order of insertion. */
export class Hashtable {
  readonly ordered: boolean;
  readonly #entries = new Map<unknown, { readonly key: Value; value: Value }>();

  constructor(ordered = false) {
    this.ordered = ordered;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Value): Value | undefined {
    return this.#entries.get(slot(key))?.value;
  }

  has(key: Value): boolean {
    return this.#entries.has(slot(key));
  }

  set(key: Value, value: Value): void {
    const entry = this.#entries.get(slot(key));
    if (entry === undefined) this.#entries.set(slot(key), { key, value });
    else entry.value = value;
  }

  delete(key: Value): boolean {
    return this.#entries.delete(slot(key));
  }

  clear(): void {
    this.#entries.clear();
  }

  entries(): Iterable<{ readonly key: Value; readonly value: Value }> {
    return this.#entries.values();
  }
}

/** Strings without case, scalars by type and value, everything else by identity. */
const slot = (key: Value): unknown => {
  if (typeof key === 'string') return `s${key.toLowerCase()}`;
  if (key instanceof Typed) return `${key.type} ${String(key.value)}`;
  return key;
};
