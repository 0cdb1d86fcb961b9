import { must } from './assert.ts';

/**
 * A four-ary min-heap over (due, seq) with the keys in typed arrays and the payloads in slots.
 * Order is total as long as no two entries share a seq, so it never depends on insertion.
 */
export class Heap<T> {
  #due = new Float64Array(1024);
  #seq = new Float64Array(1024);
  #items: (T | undefined)[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** When the earliest entry is due; Infinity when there is none. */
  get nextDue(): number {
    return this.#length === 0 ? Infinity : (this.#due[0] as number);
  }

  push(due: number, seq: number, item: T): void {
    if (this.#length === this.#due.length) this.#grow();
    let i = this.#length;
    this.#length += 1;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const parentDue = this.#due[parent] as number;
      if (parentDue < due || (parentDue === due && (this.#seq[parent] as number) < seq)) break;
      this.#move(parent, i);
      i = parent;
    }
    this.#place(i, due, seq, item);
  }

  pop(): T | undefined {
    if (this.#length === 0) return undefined;
    const top = this.#items[0];
    const last = this.#length - 1;
    const due = this.#due[last] as number;
    const seq = this.#seq[last] as number;
    const item = must(this.#items[last], 'every place below the length is filled');
    this.#items[last] = undefined;
    this.#length = last;
    if (last > 0) this.#sink(due, seq, item);
    return top;
  }

  /** Every payload in heap order, which is no order: sort before anybody sees it. */
  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.#length; i += 1) yield this.#items[i] as T;
  }

  #sink(due: number, seq: number, item: T): void {
    const dues = this.#due;
    const seqs = this.#seq;
    const length = this.#length;
    let i = 0;
    for (;;) {
      const first = (i << 2) + 1;
      if (first >= length) break;
      const end = Math.min(first + 4, length);
      let best = first;
      let bestDue = dues[first] as number;
      for (let child = first + 1; child < end; child += 1) {
        const childDue = dues[child] as number;
        if (
          childDue < bestDue ||
          (childDue === bestDue && (seqs[child] as number) < (seqs[best] as number))
        ) {
          best = child;
          bestDue = childDue;
        }
      }
      if (bestDue > due || (bestDue === due && (seqs[best] as number) > seq)) break;
      this.#move(best, i);
      i = best;
    }
    this.#place(i, due, seq, item);
  }

  #move(from: number, to: number): void {
    this.#due[to] = this.#due[from] as number;
    this.#seq[to] = this.#seq[from] as number;
    this.#items[to] = this.#items[from];
  }

  #place(i: number, due: number, seq: number, item: T): void {
    this.#due[i] = due;
    this.#seq[i] = seq;
    this.#items[i] = item;
  }

  #grow(): void {
    const due = new Float64Array(this.#due.length * 2);
    const seq = new Float64Array(this.#seq.length * 2);
    due.set(this.#due);
    seq.set(this.#seq);
    this.#due = due;
    this.#seq = seq;
  }
}
