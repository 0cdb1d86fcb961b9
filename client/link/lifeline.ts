import type { Down } from '../../server/protocol/wire/down.ts';
import { returnAfter } from '../../server/protocol/wire/error.ts';
import type { UpInput } from '../../server/protocol/wire/up.ts';
import { SUBPROTOCOL } from '../../server/protocol/wire/version.ts';
import type { Connect, LinkClock, Wire } from './wire.ts';

export interface LifelineEvents {
  /** The socket is open: the first words may be said. */
  opened(): void;
  received(message: Down): void;
  /** It will be tried again at `retryAt`. */
  lost(code: number, retryAt: number): void;
  /** Trying again would not help. */
  ended(code: number, reason: string): void;
}

export interface LifelineOptions {
  readonly url: string;
  readonly connect: Connect;
  readonly clock: LinkClock;
  readonly events: LifelineEvents;
}

const FIRST_RETRY_MS = 100;
/** For this many attempts somebody waits before the screen; after them it may take longer. */
const EAGER_ATTEMPTS = 60;
const EAGER_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5_000;

const WATCH_MS = 2_500;
/** A server hears nothing from who only looks, so that says something from time to time. */
const SAY_AFTER_MS = 20_000;
const ASK_AFTER_MS = 10_000;
const LOST_AFTER_MS = 15_000;
/** Somebody looks at the page again: an answer that takes longer than this will not come. */
export const WAKE_MS = 3_000;

/** A socket that is opened again whenever it is lost, and is known to be alive. */
export class Lifeline {
  readonly #options: LifelineOptions;
  #wire: Wire | null = null;
  #attempts = 0;
  #retryMs: number | null = null;
  #cancelRetry: (() => void) | null = null;
  #cancelWatch: (() => void) | null = null;
  #heardAt = 0;
  #saidAt = 0;
  #askedAt = -1;
  #cancelWake: (() => void) | null = null;
  #pings = 0;
  #isOver = false;

  constructor(options: LifelineOptions) {
    this.#options = options;
  }

  open(): void {
    if (this.#isOver || this.#wire !== null) return;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    const { url, connect, clock, events } = this.#options;
    this.#heardAt = clock.now();
    // A socket that was let go of may still say something; only the present one is listened to.
    let wire: Wire | null = null;
    const isPresent = (): boolean => wire === null || wire === this.#wire;
    wire = connect(url, SUBPROTOCOL, {
      opened: () => isPresent() && events.opened(),
      received: text => isPresent() && this.#received(text),
      closed: (code, reason) => isPresent() && this.#closed(code, reason),
    });
    this.#wire = wire;
    this.#watch();
  }

  say(message: UpInput): void {
    this.#saidAt = this.#options.clock.now();
    this.#wire?.send(JSON.stringify(message));
  }

  /** Somebody listens at the other end: the next loss is a first one again. */
  settled(): void {
    this.#attempts = 0;
  }

  /**
   * The network may be another one, or the machine may have slept: what is there is asked whether it
   * is still there, what is not is tried now.
   */
  wake(): void {
    if (this.#isOver) return;
    if (this.#wire === null) {
      this.#attempts = 0;
      return this.open();
    }
    if (this.#cancelWake !== null) return;
    const { clock } = this.#options;
    const askedAt = clock.now();
    const heardAt = this.#heardAt;
    this.#ask(askedAt);
    this.#cancelWake = clock.after(WAKE_MS, () => {
      this.#cancelWake = null;
      if (this.#heardAt === heardAt) this.#closed(NOT_HEARD, '');
    });
  }

  /** The server says when to come back. */
  retryAfter(ms: number): void {
    this.#retryMs = ms;
  }

  close(): void {
    this.#isOver = true;
    this.#letGo();
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  #received(text: string): void {
    const { clock, events } = this.#options;
    this.#heardAt = clock.now();
    const message = read(text);
    if (message === null) return this.#closed(NOT_READ, '');
    events.received(message);
    // In a page that nobody sees timers may stand still for a minute; messages still come.
    if (this.#heardAt - this.#saidAt > SAY_AFTER_MS) this.#ask(this.#heardAt);
  }

  #closed(code: number, reason: string): void {
    this.#letGo();
    if (this.#isOver) return;
    const { clock, events } = this.#options;
    if (returnAfter(code) !== 'come-back') {
      this.#isOver = true;
      return events.ended(code, reason);
    }
    const wait = this.#retryMs ?? this.#ownWait();
    this.#retryMs = null;
    this.#attempts += 1;
    this.#cancelRetry = clock.after(wait, () => this.open());
    events.lost(code, clock.now() + wait);
  }

  /** Longer each time, and never the same for two clients that were cut at once. */
  #ownWait(): number {
    const most = this.#attempts < EAGER_ATTEMPTS ? EAGER_RETRY_MS : LONGEST_RETRY_MS;
    const wait = Math.min(most, FIRST_RETRY_MS * 1.6 ** this.#attempts);
    return wait * (0.5 + this.#options.clock.random() / 2);
  }

  #letGo(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    this.#cancelWake?.();
    this.#cancelWake = null;
    const wire = this.#wire;
    this.#wire = null;
    wire?.close();
  }

  #watch(): void {
    const { clock } = this.#options;
    this.#cancelWatch = clock.after(WATCH_MS, () => {
      const now = clock.now();
      const silent = now - this.#heardAt;
      // Waiting for a dead network to say that it is dead takes minutes.
      if (silent > LOST_AFTER_MS) return this.#closed(NOT_HEARD, '');
      const mayAsk = silent > ASK_AFTER_MS && this.#askedAt < this.#heardAt;
      if (mayAsk || now - this.#saidAt > SAY_AFTER_MS) this.#ask(now);
      this.#watch();
    });
  }

  #ask(now: number): void {
    this.#askedAt = now;
    this.#pings += 1;
    this.say({ t: 'ping', n: this.#pings });
  }
}

/** As a browser reports a connection that ended without a word. */
const NOT_HEARD = 1006;

/** What is no message of ours came through something that is not ours either. */
const NOT_READ = 1002;

function read(text: string): Down | null {
  try {
    return JSON.parse(text) as Down;
  } catch {
    return null;
  }
}
