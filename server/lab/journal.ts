import type { LabId } from '../protocol/id.ts';
import type { Append, LabStore } from './port.ts';

/** A lab as the writer sees it. */
export interface Journaled {
  readonly lab: LabId;
  /** Whether it has inputs to commit or its promise is about to run out. */
  wantsAppend(): boolean;
  /** Hands over everything to commit now; asked again only after the outcome was told. */
  takeAppend(): Append;
  committed(append: Append): void;
  /** Somebody else has the lease: nothing of it was written. */
  fenced(): void;
  /** The database went away: it may or may not have been written. */
  outcomeUnknown(error: Error): void;
}

/**
 * One statement in flight for all labs of a thread. Everything that arrives meanwhile goes in the
 * next one: the more commands, the more of them share a commit.
 */
export class Journal {
  readonly #store: LabStore;
  readonly #labs = new Map<LabId, Journaled>();
  #writing = false;
  commits = 0;
  inputs = 0;

  constructor(store: LabStore) {
    this.#store = store;
  }

  add(lab: Journaled): void {
    this.#labs.set(lab.lab, lab);
  }

  remove(lab: Journaled): void {
    if (this.#labs.get(lab.lab) === lab) this.#labs.delete(lab.lab);
  }

  /** Something is to be committed. */
  kick(): void {
    if (!this.#writing) void this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    try {
      for (;;) {
        const labs = [...this.#labs.values()].filter(lab => lab.wantsAppend());
        if (labs.length === 0) return;
        // Lab order, always: two writers that lock rows in different orders deadlock.
        labs.sort((a, b) => (a.lab < b.lab ? -1 : 1));
        await this.#commit(labs);
      }
    } finally {
      this.#writing = false;
    }
  }

  async #commit(labs: readonly Journaled[]): Promise<void> {
    const batch = labs.map(lab => lab.takeAppend());
    let held: ReadonlySet<LabId>;
    try {
      held = await this.#store.append(batch);
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      for (const lab of labs) lab.outcomeUnknown(cause);
      return;
    }
    this.commits += 1;
    labs.forEach((lab, index) => {
      const append = batch[index] as Append;
      this.inputs += append.inputs.length;
      if (held.has(lab.lab)) lab.committed(append);
      else lab.fenced();
    });
  }
}
