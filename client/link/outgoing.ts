import type { CommandId } from '../../server/protocol/id.ts';
import type { Answer, Problem } from '../../server/protocol/wire/down.ts';
import { isPassing } from '../../server/protocol/wire/passing.ts';
import type { UpInput } from '../../server/protocol/wire/up.ts';
import type { LinkClock } from './wire.ts';

type Command = Extract<UpInput, { readonly t: 'command' }>;

/** What became of a command: the lab's answer, or the word of the border that stopped it for good. */
export type Outcome =
  | { readonly type: 'answered'; readonly answer: Answer }
  | { readonly type: 'stopped'; readonly problem: Problem };

interface Waiting {
  readonly command: Command;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
  isSent: boolean;
  refusals: number;
  cancelRetry: (() => void) | null;
}

export class LinkClosed extends Error {
  override readonly name = 'LinkClosed';
}

/** What the border refuses only for now. */
const LATER: ReadonlySet<string> = new Set(['rate-limited', 'too-much-pending', 'unavailable']);

const RETRY_MS = 200;
const RETRY_LONGEST_MS = 5_000;

/**
 * Commands without an answer. Each is sent, in the order in which it was made, as often as connections
 * are lost, and answered once: its id makes the lab do it once.
 */
export class Outgoing {
  readonly #clock: LinkClock;
  readonly #waiting = new Map<CommandId, Waiting>();
  #send: ((message: UpInput) => void) | null = null;

  constructor(clock: LinkClock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  submit(command: Command): Promise<Outcome> {
    const known = this.#waiting.get(command.id);
    if (known !== undefined) throw new Error(`the command ${command.id} is under way already`);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        command,
        resolve,
        reject,
        isSent: false,
        refusals: 0,
        cancelRetry: null,
      };
      this.#waiting.set(command.id, waiting);
      this.#transmit(waiting);
    });
  }

  /** A lab listens: whatever it may not have heard is said again. */
  connected(send: (message: UpInput) => void): void {
    this.#send = send;
    for (const waiting of this.#waiting.values()) this.#transmit(waiting);
  }

  /** Nobody knows what was heard of it and what was not. */
  disconnected(): void {
    this.#send = null;
    for (const waiting of this.#waiting.values()) {
      waiting.isSent = false;
      waiting.cancelRetry?.();
      waiting.cancelRetry = null;
    }
  }

  answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if (isPassing(answer)) return this.#again(waiting, null);
    this.#waiting.delete(answer.id);
    waiting.cancelRetry?.();
    waiting.resolve({ type: 'answered', answer });
  }

  /** True when it was about a command. */
  refused(problem: Problem): boolean {
    const waiting = problem.about === null ? undefined : this.#waiting.get(problem.about);
    if (waiting === undefined) return false;
    if (LATER.has(problem.kind)) {
      this.#again(waiting, problem.retryMs);
      return true;
    }
    this.#waiting.delete(waiting.command.id);
    waiting.cancelRetry?.();
    waiting.resolve({ type: 'stopped', problem });
    return true;
  }

  /** There will be no lab any more. */
  giveUp(reason: string): void {
    this.disconnected();
    for (const { reject } of this.#waiting.values()) reject(new LinkClosed(reason));
    this.#waiting.clear();
  }

  #transmit(waiting: Waiting): void {
    if (this.#send === null || waiting.isSent || waiting.cancelRetry !== null) return;
    waiting.isSent = true;
    this.#send(waiting.command);
  }

  #again(waiting: Waiting, retryMs: number | null): void {
    const ownWait = Math.min(RETRY_LONGEST_MS, RETRY_MS * 2 ** waiting.refusals);
    const wait = Math.max(retryMs ?? 0, ownWait) * (1 + this.#clock.random() / 2);
    waiting.refusals += 1;
    waiting.isSent = false;
    waiting.cancelRetry?.();
    waiting.cancelRetry = this.#clock.after(wait, () => {
      waiting.cancelRetry = null;
      this.#transmit(waiting);
    });
  }
}
