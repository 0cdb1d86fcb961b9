import type { Wanted } from './filter/compile.ts';
import type { MessageTable } from './message-table.ts';

/** Messages looked at before the clock is: some 20 µs. */
const STRIDE = 256;

/**
 * Which messages of a table are listed: all, or those that a filter wants, up to where the view was
 * paused. A filter is worked through in slices, so that a million messages stop nobody's scrolling.
 */
export class MessageView {
  readonly table: MessageTable;
  readonly #wanted: Wanted | null;
  /** Places, ascending from 0; and descending from -1. */
  readonly #newer: number[] = [];
  readonly #older: number[] = [];
  #newerTo = 0;
  #olderTo = 0;
  #stop: number | null = null;

  constructor(table: MessageTable, wanted: Wanted | null) {
    this.table = table;
    this.#wanted = wanted;
  }

  /** Nothing from that place on is listed; null goes on with what comes. */
  pauseAt(place: number | null): void {
    this.#stop = place;
  }

  get count(): number {
    if (this.#wanted === null) return this.#end - this.table.first;
    return this.#older.length + this.#newerCount;
  }

  /** Falls by one with every line that is put in front. */
  get older(): number {
    return this.#wanted === null ? this.table.first : -this.#older.length;
  }

  /** Messages that a paused view does not list. */
  get withheld(): number {
    return this.table.end - this.#end;
  }

  get isComplete(): boolean {
    const { first, end } = this.table;
    return this.#wanted === null || (this.#newerTo === end && this.#olderTo === first);
  }

  /** The place of a line. */
  place(index: number): number {
    if (this.#wanted === null) return this.table.first + index;
    const older = this.#older.length;
    return (index < older ? this.#older[older - 1 - index] : this.#newer[index - older]) ?? 0;
  }

  /** The line of a place; null when it is not listed. */
  indexOf(place: number): number | null {
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = Math.floor((low + high) / 2);
      const found = this.place(middle);
      if (found === place) return middle;
      if (found < place) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  /** Works through what is not filtered yet, for some milliseconds by that clock. */
  work(milliseconds: number, now: () => number): void {
    const wanted = this.#wanted;
    if (wanted === null) return;
    const until = now() + milliseconds;
    const { table } = this;
    while (!this.isComplete && now() < until) {
      for (let i = 0; i < STRIDE && this.#newerTo < table.end; i += 1) {
        if (wanted(table, this.#newerTo)) this.#newer.push(this.#newerTo);
        this.#newerTo += 1;
      }
      for (let i = 0; i < STRIDE && this.#olderTo > table.first; i += 1) {
        this.#olderTo -= 1;
        if (wanted(table, this.#olderTo)) this.#older.push(this.#olderTo);
      }
    }
  }

  get #end(): number {
    return Math.min(this.#stop ?? Infinity, this.table.end);
  }

  get #newerCount(): number {
    const end = this.#end;
    if (end >= this.#newerTo) return this.#newer.length;
    let low = 0;
    let high = this.#newer.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#newer[middle] ?? 0) < end) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
