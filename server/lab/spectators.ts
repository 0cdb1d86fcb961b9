import type { Fact } from '../protocol/fact.ts';
import type { LabId } from '../protocol/id.ts';
import type { LiveLab } from './live-lab.ts';
import type { Watch } from './scope-group.ts';
import type { Surroundings } from './surroundings.ts';
import { begin, scopeExists, storedFacts } from './watching.ts';

/** Times a beginning is tried when the lab moves on or is loaded again while facts are read. */
const ATTEMPTS = 5;

/** Lets watchers in: reads what only the database knows, then joins them at one very turn. */
export class Spectators {
  readonly #lab: { readonly lab: LabId; readonly live: LiveLab; readonly phase: string };
  readonly #around: Surroundings;
  /** Asked for and not begun yet; whoever leaves meanwhile is not let in any more. */
  readonly #beginning = new Set<number>();

  constructor(
    lab: { readonly lab: LabId; readonly live: LiveLab; readonly phase: string },
    around: Surroundings,
  ) {
    this.#lab = lab;
    this.#around = around;
  }

  async watch(watch: Watch): Promise<void> {
    this.#beginning.add(watch.watcher);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { live } = this.#lab;
      if (this.#lab.phase !== 'live') return this.#refuse(watch, 'unavailable');
      if (!scopeExists(live, watch.scope)) return this.#refuse(watch, 'no-such-scope');
      const upTo = live.broadcast.recentFrom;
      const stored = await this.#read(live, watch);
      if (stored === null) return this.#refuse(watch, 'unavailable');
      if (!this.#beginning.has(watch.watcher)) return;
      if (live !== this.#lab.live || this.#lab.phase !== 'live') continue;
      // Everyone's packets up to this turn go first; then the picture of this very turn.
      live.settle();
      const message = begin(live, watch, stored, upTo);
      if (message === null) continue;
      this.#beginning.delete(watch.watcher);
      return live.gate.pass(live.seq, live.machine.now, [message]);
    }
    this.#refuse(watch, 'unavailable');
  }

  unwatch(watcher: number): void {
    this.#beginning.delete(watcher);
    this.#lab.live.broadcast.leave(watcher);
  }

  #refuse(watch: Watch, kind: 'no-such-scope' | 'unavailable'): void {
    const { connection, watcher } = watch;
    this.#beginning.delete(watcher);
    this.#around.out({ t: 'refuse', lab: this.#lab.lab, connection, watcher, kind });
  }

  async #read(live: LiveLab, watch: Watch): Promise<readonly Fact[] | null> {
    try {
      return await storedFacts(live, this.#around.store, watch);
    } catch (error) {
      const { lab } = this.#lab;
      this.#around.log('warn', 'facts could not be read', { lab, error: String(error) });
      return null;
    }
  }
}
