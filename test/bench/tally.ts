import { percentile } from './figure.ts';

export interface Fates {
  /** Of all changes, seen by all watchers. */
  readonly share: number;
  readonly p50: number;
  readonly p95: number;
  /** Not seen by everyone though they were made: what a server must never come to. */
  readonly lost: readonly number[];
  /** Never made: the server has not answered them. */
  readonly unanswered: readonly number[];
}

/**
 * Which changes were made and which watchers saw them. A change is only lost when it was answered and
 * is still not seen; one that waits for its turn behind a rate or a commit is late, and counted so.
 */
export class Tally {
  readonly #watchers: number;
  readonly #sentAt: number[] = [];
  readonly #answered = new Set<number>();
  readonly #seenBy: number[] = [];
  readonly #lastAt: number[] = [];
  #changed: (() => void) | null = null;

  constructor(watchers: number) {
    this.#watchers = watchers;
  }

  sent(mark: number, at: number): void {
    this.#sentAt[mark] = at;
    this.#seenBy[mark] ??= 0;
  }

  answered(mark: number): void {
    this.#answered.add(mark);
    this.#changed?.();
  }

  /** By one more watcher. */
  seen(mark: number, at: number): void {
    this.#seenBy[mark] = (this.#seenBy[mark] ?? 0) + 1;
    this.#lastAt[mark] = at;
    this.#changed?.();
  }

  /** True once every change is answered and seen by all, or when nothing new came for so long. */
  async settle(quietMs: number): Promise<boolean> {
    while (!this.#isWhole) {
      const isQuiet = await new Promise<boolean>(resolve => {
        const timer = setTimeout(() => resolve(true), quietMs);
        this.#changed = () => {
          clearTimeout(timer);
          resolve(false);
        };
      });
      this.#changed = null;
      if (isQuiet) return false;
    }
    return true;
  }

  get fates(): Fates {
    const marks = [...this.#sentAt.keys()];
    const seen = marks.filter(mark => this.#isSeen(mark));
    const delays = seen.map(mark => (this.#lastAt[mark] ?? 0) - (this.#sentAt[mark] ?? 0));
    return {
      share: seen.length / marks.length,
      p50: percentile(delays, 0.5),
      p95: percentile(delays, 0.95),
      lost: marks.filter(mark => this.#answered.has(mark) && !this.#isSeen(mark)),
      unanswered: marks.filter(mark => !this.#answered.has(mark)),
    };
  }

  get #isWhole(): boolean {
    return this.#sentAt.every((_, mark) => this.#answered.has(mark) && this.#isSeen(mark));
  }

  #isSeen(mark: number): boolean {
    return this.#seenBy[mark] === this.#watchers;
  }
}
