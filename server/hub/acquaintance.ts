import type { Incoming, Viewer } from '../course/port.ts';
import { header } from '../course/edge.ts';
import type { PersonId } from '../protocol/id.ts';

/** Cookies that are remembered, and characters of one: a browser of ours sends some hundred. */
const KNOWN_MOST = 10_000;
const COOKIE_MOST = 2_000;

interface Known {
  readonly viewer: Viewer;
  readonly at: number;
}

/**
 * Who a cookie was found to be lately. When a server or a network comes back, everybody returns at
 * once, and asking the database again for each of them is most of the work of that moment. Whoever
 * returns is believed for as long as an open connection is, and loses that by the same events.
 */
export class Acquaintances {
  readonly #forMs: number;
  readonly #byCookie = new Map<string, Known>();
  /** Grows whenever something was forgotten on purpose: what was asked before that is not to be kept. */
  epoch = 0;

  constructor(forMs: number) {
    this.#forMs = forMs;
  }

  get size(): number {
    return this.#byCookie.size;
  }

  get(incoming: Incoming, now: number): Viewer | null {
    const known = this.#byCookie.get(header(incoming, 'cookie') ?? '');
    if (known === undefined || now - known.at >= this.#forMs) return null;
    return known.viewer.expires.getTime() > Date.now() ? known.viewer : null;
  }

  /** `epoch` as it was before the viewer was asked for. */
  keep(incoming: Incoming, viewer: Viewer, now: number, epoch: number): void {
    const cookie = header(incoming, 'cookie');
    if (cookie === undefined || cookie.length > COOKIE_MOST || epoch !== this.epoch) return;
    this.#byCookie.delete(cookie);
    this.#byCookie.set(cookie, { viewer, at: now });
    if (this.#byCookie.size <= KNOWN_MOST) return;
    // The oldest goes: whoever that was is looked up again.
    for (const oldest of this.#byCookie.keys()) {
      this.#byCookie.delete(oldest);
      break;
    }
  }

  forget(whose: { readonly session: string } | { readonly person: PersonId }): void {
    this.epoch += 1;
    for (const [cookie, { viewer }] of this.#byCookie) {
      const isMeant =
        'session' in whose ? viewer.session === whose.session : viewer.person === whose.person;
      if (isMeant) this.#byCookie.delete(cookie);
    }
  }

  /** The oldest come first: a cookie that is kept again goes to the end. */
  sweep(now: number): void {
    for (const [cookie, { at }] of this.#byCookie) {
      if (now - at < this.#forMs) return;
      this.#byCookie.delete(cookie);
    }
  }
}
