import type { Wall } from '../../lab/wall.ts';

/** Between two slices of all lines that have had more than their share: so long, or so many times the slice. */
const REST_MS = 6;
const RESTS_OF_A_SLICE = 3;

/** Milliseconds of a thread that a console may use at once, and what comes back of them each second. */
const ALLOWANCE_MS = 400;
const BACK_PER_SECOND = 100;

/**
 * Where lines wait that use much of the thread: one slice of one of them at a time, with a rest behind
 * each, however many there are. A lab's machine and everyone's commands go before.
 */
export class Lane {
  readonly #wall: Wall;
  readonly #waiting: (() => void)[] = [];
  #isRunning = false;

  constructor(wall: Wall) {
    this.#wall = wall;
  }

  wait(run: () => void): void {
    this.#waiting.push(run);
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#rest(REST_MS);
  }

  #rest(milliseconds: number): void {
    this.#wall.after(milliseconds, () => {
      const began = this.#wall.now();
      this.#waiting.shift()?.();
      // A slice ends at a breath, and some work breathes late: who took long rests long.
      const rest = Math.max(REST_MS, RESTS_OF_A_SLICE * (this.#wall.now() - began));
      if (this.#waiting.length > 0) this.#rest(rest);
      else this.#isRunning = false;
    });
  }
}

/** What one console may use before its lines have to wait in the lane. It comes back with time. */
export class Allowance {
  readonly #wall: Wall;
  #left = ALLOWANCE_MS;
  #at: number;

  constructor(wall: Wall) {
    this.#wall = wall;
    this.#at = wall.now();
  }

  get isUsedUp(): boolean {
    const now = this.#wall.now();
    const back = ((now - this.#at) / 1_000) * BACK_PER_SECOND;
    this.#left = Math.min(ALLOWANCE_MS, this.#left + back);
    this.#at = now;
    return this.#left <= 0;
  }

  use(milliseconds: number): void {
    this.#left -= milliseconds;
  }
}
