import type { CommandId } from '../../server/protocol/id.ts';
import type { Answer, Problem, Welcome } from '../../server/protocol/wire/down.ts';
import { WIRE_ERRORS } from '../../server/protocol/wire/error.ts';
import { isPassing } from '../../server/protocol/wire/passing.ts';
import type { UpInput } from '../../server/protocol/wire/up.ts';
import { Pace } from './pace.ts';
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
}

export class LinkClosed extends Error {
  override readonly name = 'LinkClosed';
}

/** What the border refuses only for now. */
const LATER: ReadonlySet<string> = new Set(['rate-limited', 'too-much-pending', 'unavailable']);

const RETRY_MS = 200;
const RETRY_LONGEST_MS = 5_000;

/** Beyond, nobody remembers what they asked for: a lab that is away long must not fill the memory. */
const MOST_WAITING = 1_000;

/**
 * Commands without an answer. Each is sent, in the order in which it was made and as fast as the server
 * takes them, as often as connections are lost, and answered once: its id makes the lab do it once.
 */
export class Outgoing {
  readonly #clock: LinkClock;
  /** In the order in which they were made. */
  readonly #waiting = new Map<CommandId, Waiting>();
  readonly #pace = new Pace();
  #send: ((message: UpInput) => void) | null = null;
  /** Sent on this connection and not answered. */
  #underWay = 0;
  #mostUnderWay = Infinity;
  /** Until it ends nothing is sent: what comes later must not overtake what was refused for now. */
  #pause: { readonly why: 'pace' | 'refusal'; readonly cancel: () => void } | null = null;
  /** Pauses for a refusal since the last answer. */
  #refusals = 0;

  constructor(clock: LinkClock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  submit(command: Command): Promise<Outcome> {
    const known = this.#waiting.get(command.id);
    if (known !== undefined) throw new Error(`the command ${command.id} is under way already`);
    if (this.#waiting.size >= MOST_WAITING) return Promise.resolve(tooMuch(command));
    return new Promise((resolve, reject) => {
      this.#waiting.set(command.id, { command, resolve, reject, isSent: false });
      this.#transmit();
    });
  }

  /** What the server takes, as it says itself. */
  keepTo({ commandsPerSecond, commandsBurst, commandsPending }: Welcome['limits']): void {
    if (commandsPerSecond !== undefined && commandsBurst !== undefined) {
      this.#pace.limit(commandsPerSecond, commandsBurst, this.#clock.now());
    }
    this.#mostUnderWay = commandsPending ?? Infinity;
  }

  /** A lab listens: whatever it may not have heard is said again. */
  connected(send: (message: UpInput) => void): void {
    this.#send = send;
    this.#transmit();
  }

  /** Nobody knows what was heard of it and what was not. */
  disconnected(): void {
    this.#send = null;
    this.#goOn();
    this.#underWay = 0;
    for (const waiting of this.#waiting.values()) waiting.isSent = false;
  }

  answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if (isPassing(answer)) return this.#again(waiting, null);
    this.#refusals = 0;
    this.#done(waiting, { type: 'answered', answer });
  }

  /** True when it was about a command. */
  refused(problem: Problem): boolean {
    const waiting = problem.about === null ? undefined : this.#waiting.get(problem.about);
    if (waiting === undefined) return false;
    if (LATER.has(problem.kind)) this.#again(waiting, problem.retryMs);
    else this.#done(waiting, { type: 'stopped', problem });
    return true;
  }

  /** There will be no lab any more. */
  giveUp(reason: string): void {
    this.disconnected();
    for (const { reject } of this.#waiting.values()) reject(new LinkClosed(reason));
    this.#waiting.clear();
  }

  #done(waiting: Waiting, outcome: Outcome): void {
    this.#waiting.delete(waiting.command.id);
    this.#back(waiting);
    waiting.resolve(outcome);
    this.#transmit();
  }

  #again(waiting: Waiting, retryMs: number | null): void {
    this.#back(waiting);
    // Those sent behind it are refused as well, each with a word of its own: that is one refusal.
    if (this.#pause?.why === 'refusal') return;
    const ownWait = Math.min(RETRY_LONGEST_MS, RETRY_MS * 2 ** this.#refusals);
    this.#refusals += 1;
    this.#wait('refusal', Math.max(retryMs ?? 0, ownWait) * (1 + this.#clock.random() / 2));
  }

  #back(waiting: Waiting): void {
    if (waiting.isSent) this.#underWay -= 1;
    waiting.isSent = false;
  }

  #transmit(): void {
    if (this.#send === null || this.#pause !== null) return;
    for (const waiting of this.#waiting.values()) {
      if (waiting.isSent) continue;
      if (this.#underWay >= this.#mostUnderWay) return;
      const wait = this.#pace.take(this.#clock.now());
      if (wait > 0) return this.#wait('pace', wait);
      waiting.isSent = true;
      this.#underWay += 1;
      this.#send(waiting.command);
    }
  }

  #wait(why: 'pace' | 'refusal', ms: number): void {
    this.#goOn();
    const cancel = this.#clock.after(ms, () => {
      this.#pause = null;
      this.#transmit();
    });
    this.#pause = { why, cancel };
  }

  #goOn(): void {
    this.#pause?.cancel();
    this.#pause = null;
  }
}

function tooMuch({ id }: Command): Outcome {
  const kind = 'too-much-pending';
  const { message } = WIRE_ERRORS[kind];
  const problem: Problem = { t: 'error', kind, message, about: id, path: null, retryMs: null };
  return { type: 'stopped', problem };
}
