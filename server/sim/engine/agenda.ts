import { assert } from '../../base/assert.ts';
import { Heap } from '../../base/heap.ts';
import type { Entry } from './message.ts';
import type { Row } from './row.ts';

/** An entry in memory: with the row it is for, when that was at hand as it was sent. */
export interface Pending extends Entry {
  readonly row: Row | null;
}

function plain({ due, seq, to, message, cause }: Pending): Entry {
  return { due, seq, to, message, cause };
}

/** What is still to happen, ordered by (due, seq). */
export class Agenda {
  readonly #heap = new Heap<Pending>();
  #lastSeq = 0;
  /** Entries up to this seq are rows in the database already. */
  #projectedSeq = 0;
  /** Entries that are rows in the database and have run since. */
  #ran: number[] = [];

  get length(): number {
    return this.#heap.length;
  }

  get nextDue(): number {
    return this.#heap.nextDue;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  add(entry: Omit<Entry, 'seq'>, row: Row | null = null): void {
    this.#lastSeq += 1;
    const seq = this.#lastSeq;
    const { due, to, message, cause } = entry;
    this.#heap.push(due, seq, { due, seq, to, message, cause, row });
  }

  take(): Pending | undefined {
    const entry = this.#heap.pop();
    if (entry !== undefined && entry.seq <= this.#projectedSeq) this.#ran.push(entry.seq);
    return entry;
  }

  /** Entries as they were saved; those up to `projectedSeq` are rows in the database. */
  restore(entries: Iterable<Entry>, lastSeq: number, projectedSeq = lastSeq): void {
    for (const entry of entries) {
      assert(entry.seq <= lastSeq, `agenda entry ${entry.seq} is beyond ${lastSeq}`);
      this.#heap.push(entry.due, entry.seq, { ...entry, row: null });
    }
    this.#lastSeq = lastSeq;
    this.#projectedSeq = projectedSeq;
  }

  /** Entries in order. */
  entries(): Entry[] {
    return [...this.#heap].map(plain).toSorted((a, b) => a.due - b.due || a.seq - b.seq);
  }

  /** What the database does not know yet; forgets it. */
  drain(): { readonly added: Entry[]; readonly ran: number[] } {
    const added: Entry[] = [];
    for (const entry of this.#heap) if (entry.seq > this.#projectedSeq) added.push(plain(entry));
    const ran = this.#ran;
    this.#ran = [];
    this.#projectedSeq = this.#lastSeq;
    return { added: added.toSorted((a, b) => a.seq - b.seq), ran };
  }
}
