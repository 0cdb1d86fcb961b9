/** Something that collects during a tick and lets go of it at the end. */
export interface Flushable {
  flush(): void;
}

/**
 * The end of the tick. What arrives together leaves together: first the groups hand their packets to
 * the connections, then each connection writes once.
 */
export class Ticker {
  readonly #groups: Flushable[] = [];
  readonly #outboxes: Flushable[] = [];
  #scheduled = false;

  readonly #end = (): void => {
    this.#scheduled = false;
    runAll(this.#groups);
    runAll(this.#outboxes);
  };

  group(group: Flushable): void {
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
    setImmediate(this.#end);
  }
}

/** By index: flushing one may add another, which then still leaves in this tick. */
function runAll(list: Flushable[]): void {
  for (let i = 0; i < list.length; i += 1) list[i]?.flush();
  list.length = 0;
}
