import type { Json } from './json.ts';

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A 64-bit hash in two 32-bit lanes, for telling histories apart; it guards against accidents,
 * not against an adversary. Each lane is a multiply-xorshift walk with its own constants.
 */
export class Hash64 {
  #high: number;
  #low: number;

  constructor(high = 0x9e3779b9, low = 0x85ebca6b) {
    this.#high = high | 0;
    this.#low = low | 0;
  }

  static parse(text: string): Hash64 {
    return new Hash64(Number.parseInt(text.slice(0, 8), 16), Number.parseInt(text.slice(8), 16));
  }

  get high(): number {
    return this.#high;
  }

  get low(): number {
    return this.#low;
  }

  word(value: number): this {
    const h = Math.imul(this.#high ^ value, 0x2c1b3c6d);
    const l = Math.imul(this.#low ^ value, 0x297a2d39);
    // Each lane feeds the other, so that the pair is one 64-bit state and not two 32-bit ones.
    this.#high = (h ^ (h >>> 15)) + (l >>> 7);
    this.#low = (l ^ (l >>> 13)) + (h >>> 9);
    this.#high |= 0;
    this.#low |= 0;
    return this;
  }

  /** Any finite number, by its 32-bit halves when it is an integer, else by its text. */
  number(value: number): this {
    if (!Number.isSafeInteger(value)) return this.text(String(value));
    const high = Math.floor(value / 0x1_0000_0000);
    return this.word(value | 0).word(high);
  }

  /** Plain data, keys in sorted order: equal data gives an equal hash, however it was written. */
  json(value: Json): this {
    if (value === null) return this.word(0x6e756c6c);
    if (typeof value === 'string') return this.word(1).text(value);
    if (typeof value === 'number') return this.word(2).number(value);
    if (typeof value === 'boolean') return this.word(value ? 3 : 4);
    if (Array.isArray(value)) {
      this.word(5).word(value.length);
      for (const item of value) this.json(item as Json);
      return this;
    }
    const entries = value as { readonly [key: string]: Json };
    const keys = Object.keys(entries);
    if (keys.length > 1) keys.sort(byText);
    this.word(6);
    for (const key of keys) {
      const item = entries[key];
      // A key without a value is not stored, so it is not there.
      if (item !== undefined) this.text(key).json(item);
    }
    return this.word(7);
  }

  text(value: string): this {
    this.word(value.length);
    for (let i = 0; i < value.length; i += 1) this.word(value.charCodeAt(i));
    return this;
  }

  toString(): string {
    return hex(this.#high) + hex(this.#low);
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

/** An order-free sum of hashes: adding the same member twice takes it out again. */
export class HashSum {
  #high = 0;
  #low = 0;

  toggle(hash: { readonly high: number; readonly low: number }): void {
    this.#high ^= hash.high;
    this.#low ^= hash.low;
  }

  get high(): number {
    return this.#high;
  }

  get low(): number {
    return this.#low;
  }

  toString(): string {
    return hex(this.#high) + hex(this.#low);
  }
}
