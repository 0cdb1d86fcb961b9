/** Something that collects during a tick and lets go of it at the end. */
export interface Flushable {
  flush(): void;
}

/** What many are told: first what must not be missed, then what may be. */
export interface Shared extends Flushable {
  flushRest(): void;
}

/**
 * The end of the tick. What arrives together leaves together: first the groups hand their packets to
 * the connections, then what may be dropped, then each connection writes once. A busy hub makes its
 * ticks longer; order is the same.
 */
export class Ticker {
  readonly #groups: Shared[] = [];
  readonly #outboxes: Flushable[] = [];
  #scheduled = false;
  /** How long a tick collects after the first that comes; 0 is what arrived at once. */
  windowMs = 0;

  readonly #end = (): void => {
    this.#scheduled = false;
    for (const group of this.#groups) group.flush();
    for (const group of this.#groups) group.flushRest();
    this.#groups.length = 0;
    // By index: flushing one may add another, which then still leaves in this tick.
    for (let i = 0; i < this.#outboxes.length; i += 1) this.#outboxes[i]?.flush();
    this.#outboxes.length = 0;
  };

  group(group: Shared): void {
    this.#groups.push(group);
    this.#schedule();
  }

  outbox(outbox: Flushable): void {
    this.#outboxes.push(outbox);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After everything that the poll phase brought in, and without waiting for a clock.
    if (this.windowMs === 0) setImmediate(this.#end);
    else setTimeout(this.#end, this.windowMs);
  }
}
