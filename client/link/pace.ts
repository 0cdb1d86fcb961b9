/**
 * So many a second, so many at once, as the server says in `welcome`: who keeps to it is refused
 * nothing, and so what one person does is done in the order in which it was done.
 */
export class Pace {
  #perMs = Infinity;
  #burst = Infinity;
  #tokens = Infinity;
  #at = 0;

  /** Another connection may have other limits; what was used up stays used up. */
  limit(perSecond: number, burst: number, now: number): void {
    this.#refill(now);
    this.#perMs = perSecond / 1_000;
    // The network may bring together what was sent apart: a tenth is left for that.
    this.#burst = Math.max(1, Math.floor(burst * 0.9));
    this.#tokens = Math.min(this.#tokens, this.#burst);
  }

  /** 0 when one was taken; else how long until there is one. */
  take(now: number): number {
    this.#refill(now);
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / this.#perMs);
    this.#tokens -= 1;
    return 0;
  }

  #refill(now: number): void {
    if (this.#tokens < this.#burst) {
      this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#at) * this.#perMs);
    }
    this.#at = now;
  }
}
