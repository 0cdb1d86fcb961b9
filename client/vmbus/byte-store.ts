import { NumberColumn } from './number-column.ts';

const ROOM = 65_536;

/** The bytes of many packets behind each other: a million small arrays would weigh several times as much. */
export class ByteStore {
  #bytes = new Uint8Array(ROOM);
  readonly #ends = new NumberColumn(Float64Array);

  get count(): number {
    return this.#ends.count;
  }

  /** Of hexadecimal digits. */
  push(hex: string): void {
    const start = this.#end(this.count - 1);
    const length = hex.length >> 1;
    if (start + length > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(this.#bytes.length * 2, start + length));
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    for (let at = 0; at < length; at += 1)
      this.#bytes[start + at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
    this.#ends.push(start + length);
  }

  get(index: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(this.#end(index - 1), this.#end(index));
  }

  #end(index: number): number {
    return index < 0 ? 0 : this.#ends.get(index);
  }
}
