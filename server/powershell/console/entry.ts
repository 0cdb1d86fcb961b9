import type { Wall } from '../../lab/wall.ts';
import type { ShellLab } from '../engine/lab.ts';
import type { Allowance, Lane } from './lane.ts';
import type { Asking, LabMoment, Steps, Submitting } from '../engine/steps.ts';

/** Milliseconds of the thread's time in one go. */
const SLICE_MS = 0.3;

/** Breaths in one go, and what each counts for at least: a clock that stands still ends no slice. */
const SLICE_BREATHS = 64;
const BREATH_MS = 0.005;

/** Between two slices of who prints faster than it can be shown. */
const FULL_MS = 30;

/** Milliseconds of the thread's time that one entry may have. */
const MOST_MS = 20_000;

/** What a command counts for beside the thread's time: each is journaled for the life of the lab. */
const SUBMIT_MS = 5;

/** What an entry needs of its console. */
export interface EntryHost {
  readonly wall: Wall;
  readonly lab: ShellLab;
  /** What the console may use, and where it waits when it has. */
  readonly allowance: Allowance;
  readonly lane: Lane;
  submit(wait: Submitting): void;
  /** Null: nobody is asked. */
  ask(wait: Asking | null): void;
  /** It printed something, perhaps. */
  moved(): void;
  /** More was printed than could be kept and shown so far. */
  isFull(): boolean;
  /** `exhausted`: it had all the time an entry may have. */
  ended(how: 'done' | 'cancelled' | 'exhausted'): void;
  /** It threw, which is a bug of ours and no matter of the labs beside it. */
  failed(error: unknown): void;
}

/**
 * One entry of a console while it runs: a generator that is driven in slices, between which everyone
 * else of the thread has a turn. Ctrl+C ends it where it waits; its `finally` blocks still run.
 */
export class Entry {
  readonly #steps: Steps<void>;
  readonly #host: EntryHost;
  #waiting: Submitting | LabMoment | Asking | null = null;
  #isScheduled = false;
  #hasEnded = false;
  #isCancelled = false;
  /** It used up what its console may use: what comes back of that is for the lines after it. */
  #isLong = false;
  #spentMs = 0;

  constructor(steps: Steps<void>, host: EntryHost) {
    this.#steps = steps;
    this.#host = host;
  }

  get waitsForMoment(): boolean {
    return this.#waiting?.wait === 'moment';
  }

  start(): void {
    this.#schedule();
  }

  /** The lab has moved: what was waited for may be so now. */
  settled(): void {
    const waiting = this.#waiting;
    if (waiting?.wait !== 'moment') return;
    try {
      if (this.#isOver(waiting)) this.#resume();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What it waited for has its answer. */
  answered(wait: Submitting | Asking): void {
    if (this.#waiting === wait) this.#resume();
  }

  cancel(): void {
    if (this.#hasEnded) return;
    // The second one does not wait for what the script has to tidy up.
    if (this.#isCancelled) return this.#end('cancelled');
    this.#isCancelled = true;
    if (this.#waiting?.wait === 'ask') this.#host.ask(null);
    this.#waiting = null;
    this.#drive(() => this.#steps.return());
  }

  /** The lab it looked at is no more: nothing of it runs on, not even what tidies up. */
  drop(): void {
    this.#hasEnded = true;
    this.#waiting = null;
  }

  #resume(): void {
    if (this.#waiting?.wait === 'ask') this.#host.ask(null);
    this.#waiting = null;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const { wall, allowance, lane } = this.#host;
    const go = (): void => {
      this.#isScheduled = false;
      if (!this.#hasEnded && this.#waiting === null) this.#drive(() => this.#steps.next());
    };
    this.#isLong ||= allowance.isUsedUp;
    if (this.#host.isFull()) wall.after(FULL_MS, go);
    else if (this.#isLong) lane.wait(go);
    else lane.soon(go);
  }

  #drive(first: () => ReturnType<Steps<void>['next']>): void {
    try {
      const isDone = this.#slice(first);
      // Dropped on the way: the lab that it commanded is being loaded again.
      if (this.#hasEnded) return;
      if (isDone) this.#end(this.#isCancelled ? 'cancelled' : 'done');
      else if (this.#spentMs > MOST_MS) this.#end('exhausted');
      else this.#host.moved();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** True when nothing of it is left to do. */
  #slice(first: () => ReturnType<Steps<void>['next']>): boolean {
    const { wall } = this.#host;
    const began = wall.now();
    let breaths = 1;
    try {
      let next = first();
      while (next.done !== true && this.#goesOn(next.value)) {
        if (breaths === SLICE_BREATHS || wall.now() - began >= SLICE_MS) {
          this.#schedule();
          break;
        }
        breaths += 1;
        next = this.#steps.next();
      }
      return next.done === true;
    } finally {
      this.#spend(Math.max(wall.now() - began, breaths * BREATH_MS));
    }
  }

  #spend(milliseconds: number): void {
    this.#spentMs += milliseconds;
    if (!this.#isLong) this.#host.allowance.use(milliseconds);
  }

  /** False when it has to wait. */
  #goesOn(wait: ReturnType<Steps<void>['next']>['value']): boolean {
    if (wait === undefined || wait.wait === 'breath') return true;
    if (wait.wait === 'moment' && this.#isOver(wait)) return true;
    this.#waiting = wait;
    if (wait.wait === 'submit') {
      this.#spend(SUBMIT_MS);
      this.#host.submit(wait);
    }
    if (wait.wait === 'ask') this.#host.ask(wait);
    return false;
  }

  #isOver({ until, deadline }: LabMoment): boolean {
    const { lab } = this.#host;
    return (deadline !== null && lab.now >= deadline) || until(lab);
  }

  #fail(error: unknown): void {
    this.#hasEnded = true;
    this.#waiting = null;
    this.#host.failed(error);
  }

  #end(how: 'done' | 'cancelled' | 'exhausted'): void {
    this.#hasEnded = true;
    this.#waiting = null;
    this.#host.ended(how);
  }
}
