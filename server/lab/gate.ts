import type { FromLab } from './port.ts';

interface Held {
  /** Every input up to this one must be committed. */
  readonly seq: number;
  /** Lab time up to here must be promised. */
  readonly at: number;
  readonly messages: readonly FromLab[];
}

/**
 * Durable before visible: whatever was computed from a turn leaves, in order, only when every input
 * applied before that turn is committed and its time lies within the committed promise.
 */
export class Gate {
  readonly #held: Held[] = [];
  /** Where what may leave goes. */
  readonly out: (message: FromLab) => void;
  #committed: number;
  #promised: number;

  constructor(committed: number, promised: number, out: (message: FromLab) => void) {
    this.#committed = committed;
    this.#promised = promised;
    this.out = out;
  }

  get committed(): number {
    return this.#committed;
  }

  get promised(): number {
    return this.#promised;
  }

  /** What waits; a lab that holds too much takes no more commands. */
  get length(): number {
    return this.#held.length;
  }

  pass(seq: number, at: number, messages: readonly FromLab[]): void {
    if (messages.length === 0) return;
    this.#held.push({ seq, at, messages });
    this.#release();
  }

  open(committed: number, promised: number): void {
    this.#committed = Math.max(this.#committed, committed);
    this.#promised = Math.max(this.#promised, promised);
    this.#release();
  }

  /** Nothing held may ever leave: what it was computed from did not become durable. */
  drop(): void {
    this.#held.length = 0;
  }

  #release(): void {
    let ready = 0;
    for (const held of this.#held) {
      if (held.seq > this.#committed || held.at > this.#promised) break;
      ready += 1;
      for (const message of held.messages) this.out(message);
    }
    if (ready > 0) this.#held.splice(0, ready);
  }
}
