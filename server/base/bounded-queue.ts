/** First in, first out, bounded in bytes; what happens when it is full is its owner's policy. */
export class BoundedQueue<T> {
  readonly limit: number;
  readonly #items: { item: T; bytes: number }[] = [];
  #head = 0;
  #bytes = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** False, and nothing queued, when the item would exceed the bound. */
  push(item: T, bytes: number): boolean {
    if (this.#bytes + bytes > this.limit) return false;
    this.#items.push({ item, bytes });
    this.#bytes += bytes;
    return true;
  }

  shift(): T | undefined {
    const entry = this.#items[this.#head];
    if (entry === undefined) return undefined;
    this.#head += 1;
    this.#bytes -= entry.bytes;
    // Compacting now and then keeps shift constant and lets go of what was taken.
    if (this.#head > 64 && this.#head * 2 > this.#items.length) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return entry.item;
  }

  clear(): void {
    this.#items.length = 0;
    this.#head = 0;
    this.#bytes = 0;
  }
}
