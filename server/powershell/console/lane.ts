import type { Wall } from '../../lab/wall.ts';

/**
 * Between two slices of all lines that have had more than their share: so long, or so many times the
 * slice. What goes on for long is slowed down further, for it is hardly anybody's work.
 */
const REST_MS = 2;
const RESTS_OF_A_SLICE = 8;
const LONG_RESTS_OF_A_SLICE = 40;

/** Milliseconds that the lane may use before its rests are long, and what comes back of them each second. */
const LANE: AllowanceOf = { mostMs: 1_000, backPerSecond: 10 };

/** Milliseconds of a thread that a console may use before its lines wait in the lane. */
const CONSOLE: AllowanceOf = { mostMs: 300, backPerSecond: 30 };

/** While somebody's command is under way no slice is begun, but for one in so many milliseconds. */
const PATIENCE_MS = 5;
const LOOK_AGAIN_MS = 1;

/** An answer has left this thread, but has others to go through on the same processors. */
const ON_ITS_WAY_MS = 4;

/** What all lines may use in one go; beyond it they leave the processor for as long as they had it. */
const IN_ONE_GO: AllowanceOf = { mostMs: 50, backPerSecond: 250 };
const TURN_MS = 1;

/**
 * Where the lines of all consoles of a thread wait for their next slice: one slice of one of them at a
 * time, however many there are. A lab's machine and everyone's commands go before.
 */
export class Lane {
  readonly #wall: Wall;
  readonly #commandsWait: () => boolean;
  readonly #allowance: Allowance;
  readonly #inOneGo: Allowance;
  /** Lines that have used little so far. */
  readonly #fresh: (() => void)[] = [];
  /** Lines that have used much: with a rest behind each slice. */
  readonly #waiting: (() => void)[] = [];
  #isFreshRunning = false;
  #isRunning = false;
  #lastEnded = -Infinity;
  /** Milliseconds that fresh lines had since they last left the processor. */
  #turn = 0;
  #commandsWaitedAt = -Infinity;

  /** `commandsWait`: whether in this thread somebody's command is not answered yet. */
  constructor(wall: Wall, commandsWait: () => boolean) {
    this.#wall = wall;
    this.#commandsWait = commandsWait;
    this.#allowance = new Allowance(wall, LANE);
    this.#inOneGo = new Allowance(wall, IN_ONE_GO);
  }

  /** After everything that has arrived already. */
  soon(run: () => void): void {
    this.#fresh.push(run);
    if (this.#isFreshRunning) return;
    this.#isFreshRunning = true;
    this.#wall.soon(() => this.#runFresh());
  }

  wait(run: () => void): void {
    this.#waiting.push(run);
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#wall.after(REST_MS, () => this.#runWaiting());
  }

  #runFresh(): void {
    if (this.#hasToWait()) {
      this.#wall.after(LOOK_AGAIN_MS, () => this.#runFresh());
      return;
    }
    const took = this.#run(this.#fresh.shift());
    this.#inOneGo.use(took);
    this.#turn += took;
    if (this.#fresh.length === 0) this.#isFreshRunning = false;
    else if (this.#turn < TURN_MS || !this.#inOneGo.isUsedUp)
      this.#wall.soon(() => this.#runFresh());
    else {
      this.#turn = 0;
      this.#wall.after(TURN_MS, () => this.#runFresh());
    }
  }

  #runWaiting(): void {
    if (this.#hasToWait()) {
      this.#wall.after(LOOK_AGAIN_MS, () => this.#runWaiting());
      return;
    }
    // A slice ends at a breath, and some work breathes late: who took long rests long.
    const took = this.#run(this.#waiting.shift());
    this.#allowance.use(took);
    const rests = this.#allowance.isUsedUp ? LONG_RESTS_OF_A_SLICE : RESTS_OF_A_SLICE;
    if (this.#waiting.length > 0)
      this.#wall.after(Math.max(REST_MS, rests * took), () => this.#runWaiting());
    else this.#isRunning = false;
  }

  #hasToWait(): boolean {
    const now = this.#wall.now();
    if (this.#commandsWait()) this.#commandsWaitedAt = now;
    const isOne = now - this.#commandsWaitedAt < ON_ITS_WAY_MS;
    return isOne && now - this.#lastEnded < PATIENCE_MS;
  }

  /** How many milliseconds it took. */
  #run(slice: (() => void) | undefined): number {
    const began = this.#wall.now();
    slice?.();
    this.#lastEnded = this.#wall.now();
    return this.#lastEnded - began;
  }
}

interface AllowanceOf {
  readonly mostMs: number;
  readonly backPerSecond: number;
}

/** Milliseconds of a thread that may be used at once. They come back with time. */
export class Allowance {
  readonly #wall: Wall;
  readonly #of: AllowanceOf;
  #left: number;
  #at: number;

  constructor(wall: Wall, of: AllowanceOf = CONSOLE) {
    this.#wall = wall;
    this.#of = of;
    this.#left = of.mostMs;
    this.#at = wall.now();
  }

  get isUsedUp(): boolean {
    const now = this.#wall.now();
    const back = ((now - this.#at) / 1_000) * this.#of.backPerSecond;
    this.#left = Math.min(this.#of.mostMs, this.#left + back);
    this.#at = now;
    return this.#left <= 0;
  }

  use(milliseconds: number): void {
    this.#left -= milliseconds;
  }
}
