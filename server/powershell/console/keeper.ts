import type { Companioned } from '../../lab/companion.ts';
import type { ConsoleChange, ConsoleStore } from '../../lab/console-store.ts';
import type { Log } from '../../lab/surroundings.ts';
import type { Wall } from '../../lab/wall.ts';

/** What is to be kept, and what is to be done once it is. */
interface Waiting {
  readonly change: ConsoleChange | null;
  readonly done: (() => void) | null;
}

const AGAIN_MS = 500;

/** Keeps what consoles print and what is entered, in order, before anybody sees it. */
export class Keeper {
  readonly #store: ConsoleStore;
  readonly #lab: Companioned;
  readonly #wall: Wall;
  readonly #log: Log;
  #queue: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #closed = false;

  constructor(lab: Companioned, { store, wall, log }: KeeperAround) {
    this.#store = store;
    this.#lab = lab;
    this.#wall = wall;
    this.#log = log;
  }

  /** Characters that are not kept yet, of one console or of all. */
  waiting(id?: string): number {
    let sum = 0;
    for (const { change } of this.#queue) {
      if (change?.c === 'printed' && (id === undefined || change.id === id))
        sum += change.text.length;
    }
    return sum;
  }

  keep(change: ConsoleChange | null, done: (() => void) | null = null): void {
    if (this.#closed) return;
    this.#queue.push({ change, done });
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
  }

  /** Until all of it is kept, or it is known that it never will be. */
  async close(): Promise<void> {
    await this.#writing;
    this.#closed = true;
  }

  /** Nothing more is kept: nobody was shown it, and the lab is not there to be waited for. */
  giveUp(): void {
    this.#closed = true;
  }

  /** As often as it takes; null once it is closed. */
  async read(): Promise<Awaited<ReturnType<ConsoleStore['read']>> | null> {
    while (!this.#closed) {
      try {
        return await this.#store.read(this.#lab.lab);
      } catch (error) {
        await this.#failed('consoles could not be read', error);
      }
    }
    return null;
  }

  /** One message in flight; whatever comes meanwhile shares the next. */
  async #writeAll(): Promise<void> {
    while (this.#queue.length > 0 && !this.#closed) {
      const batch = [...this.#queue];
      const changes = batch.flatMap(({ change }) => (change === null ? [] : [change]));
      if (changes.length > 0 && !(await this.#write(changes))) return;
      this.#queue.splice(0, batch.length);
      for (const { done } of batch) done?.();
    }
  }

  /** False: the lab is somebody else's now, and nothing more of it is shown. */
  async #write(changes: readonly ConsoleChange[]): Promise<boolean> {
    while (!this.#closed) {
      const { lab, live } = this.#lab;
      try {
        const held = await this.#store.write(lab, live.opened.lease, changes);
        // Loaded again meanwhile, the lab has another lease: what was refused is tried with that.
        if (held || live === this.#lab.live) return held;
      } catch (error) {
        await this.#failed('a console could not be kept', error);
      }
    }
    return false;
  }

  async #failed(what: string, error: unknown): Promise<void> {
    this.#log('warn', what, { lab: this.#lab.lab, error: String(error) });
    await new Promise<void>(resolve => void this.#wall.after(AGAIN_MS, resolve));
  }
}

export interface KeeperAround {
  readonly store: ConsoleStore;
  readonly wall: Wall;
  readonly log: Log;
}
