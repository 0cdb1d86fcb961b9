import type { UpInput } from '../../server/protocol/wire/up.ts';
import type { LinkClock } from './wire.ts';

export interface Presence {
  readonly view: string | null;
  readonly selection: string | null;
  readonly typing: string | null;
}

/** Twenty a second are smooth, and the server takes thirty. */
const SHOW_MS = 50;

/** What this person looks at: the last state is said, soon, and again to every new connection. */
export class Showing {
  readonly #clock: LinkClock;
  #shown: Presence | null = null;
  #isSaid = true;
  #cancel: (() => void) | null = null;
  #say: ((message: UpInput) => void) | null = null;

  constructor(clock: LinkClock) {
    this.#clock = clock;
  }

  show({ view, selection, typing }: Presence): void {
    const shown = this.#shown;
    if (shown?.view === view && shown.selection === selection && shown.typing === typing) return;
    this.#shown = { view, selection, typing };
    this.#isSaid = false;
    if (this.#cancel === null) this.#sayNow();
  }

  connected(say: (message: UpInput) => void): void {
    this.#say = say;
    this.#isSaid = this.#shown === null;
    this.#sayNow();
  }

  disconnected(): void {
    this.#say = null;
    this.#cancel?.();
    this.#cancel = null;
  }

  #sayNow(): void {
    if (this.#isSaid || this.#say === null || this.#shown === null) return;
    this.#isSaid = true;
    this.#say({ t: 'presence', ...this.#shown });
    this.#cancel = this.#clock.after(SHOW_MS, () => {
      this.#cancel = null;
      this.#sayNow();
    });
  }
}
