import type { Wall } from '../../server/lab/wall.ts';

interface Timer {
  readonly due: number;
  readonly seq: number;
  run: (() => void) | null;
}

/** A wall clock that is turned by hand: timers run in order, and nothing else takes time. */
export class HandWall implements Wall {
  #now = 0;
  #seq = 0;
  #ids = 0;
  readonly #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  unix(): number {
    return 1_700_000_000_000 + Math.floor(this.#now);
  }

  newId(): string {
    this.#ids += 1;
    return `wall-${String(this.#ids).padStart(12, '0')}`;
  }

  after(milliseconds: number, run: () => void): () => void {
    this.#seq += 1;
    const timer: Timer = { due: this.#now + Math.max(0, milliseconds), seq: this.#seq, run };
    this.#timers.push(timer);
    return () => {
      timer.run = null;
    };
  }

  soon(run: () => void): void {
    this.after(0, run);
  }

  /** Lets `milliseconds` pass: everything due runs, with all that it resolves, before time moves on. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      await settle();
      const next = this.#take(until);
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.due);
      next.run?.();
    }
    this.#now = until;
  }

  /** What a killed process had planned never happens. */
  forget(): void {
    this.#timers.length = 0;
  }

  #take(until: number): Timer | undefined {
    let best = -1;
    this.#timers.forEach((timer, index) => {
      const current = this.#timers[best];
      if (timer.due > until) return;
      if (
        current === undefined ||
        timer.due < current.due ||
        (timer.due === current.due && timer.seq < current.seq)
      ) {
        best = index;
      }
    });
    return best < 0 ? undefined : this.#timers.splice(best, 1)[0];
  }
}

/** Lets every promise that can go on, go on. */
async function settle(): Promise<void> {
  for (let i = 0; i < 40; i += 1) await Promise.resolve();
}
