import type {
  ConsoleAnswer,
  ConsoleNow,
  ConsoleText,
  Consoles,
} from '../../server/protocol/wire/down.ts';
import type { ConsoleWhat, UpInput } from '../../server/protocol/wire/up.ts';
import { type LinkClock, systemClock } from './wire.ts';

export type ListedConsole = Consoles['consoles'][number];

/** Whoever looks at a console: what it prints from where they are, and how it stands. */
export interface ConsoleEyes {
  /** `whole`: the screen begins anew with it. */
  text(text: string, whole: boolean): void;
  now(now: ConsoleNow): void;
  /** Lines entered before, oldest first; told on the way in. */
  history(lines: readonly string[]): void;
}

interface Looking {
  readonly eyes: ConsoleEyes;
  position: number | null;
}

const LOST: Omit<ConsoleAnswer, 'id'> = {
  t: 'console-answer',
  ok: false,
  message: 'The connection was lost before the answer came; look whether it was done.',
  console: null,
  start: 0,
  end: 0,
  matches: [],
  history: [],
};

const ASK_AGAIN_MS = 2_000;

/** The PowerShell consoles of a lab, over connections that come and go. */
export class ConsoleDesk {
  list: readonly ListedConsole[] = [];
  /** Before that, an empty list says nothing. */
  isListed = false;
  readonly #newId: () => string;
  readonly #clock: Pick<LinkClock, 'after'>;
  readonly #looking = new Map<string, Looking>();
  readonly #asked = new Map<string, (answer: ConsoleAnswer) => void>();
  #say: ((message: UpInput) => void) | null = null;
  #isWanted = false;

  constructor(newId: () => string, clock: Pick<LinkClock, 'after'> = systemClock) {
    this.#newId = newId;
    this.#clock = clock;
  }

  /** From now on, and on every new connection, the list is told. */
  want(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#begin();
  }

  /** Answered once; a lost connection is an answer too, for nobody knows what became of it. */
  ask(id: string | null, what: ConsoleWhat): Promise<ConsoleAnswer> {
    const request = this.#newId();
    const say = this.#say;
    if (say === null)
      return Promise.resolve({ ...LOST, id: request, message: 'Not connected just now.' });
    return new Promise(resolve => {
      this.#asked.set(request, resolve);
      say({ t: 'console', id: request, console: id, what });
    });
  }

  /** Without an answer: what is typed, the window's size. */
  tell(id: string, what: Extract<ConsoleWhat, { do: 'typing' | 'size' }>): void {
    this.#say?.({ t: 'console', id: this.#newId(), console: id, what });
  }

  /** One pair of eyes a console. Gives back how to look away. */
  look(id: string, eyes: ConsoleEyes): () => void {
    const looking: Looking = { eyes, position: null };
    this.#looking.set(id, looking);
    void this.#look(id, looking);
    return () => {
      if (this.#looking.get(id) !== looking) return;
      this.#looking.delete(id);
      this.#say?.({ t: 'console', id: this.#newId(), console: id, what: { do: 'leave' } });
    };
  }

  /** Entered lines are told to whoever begins to look; who takes the keyboard wants them anew. */
  lookAgain(id: string): void {
    const looking = this.#looking.get(id);
    if (looking !== undefined && this.#say !== null) void this.#look(id, looking);
  }

  async #look(id: string, looking: Looking): Promise<void> {
    const answer = await this.ask(id, { do: 'look', from: looking.position });
    if (answer.ok && this.#looking.get(id) === looking) looking.eyes.history(answer.history);
  }

  // ---- what the link tells it ----

  connected(say: (message: UpInput) => void): void {
    this.#say = say;
    this.#begin();
  }

  disconnected(): void {
    this.#say = null;
    const asked = [...this.#asked];
    this.#asked.clear();
    for (const [id, answer] of asked) answer({ ...LOST, id });
  }

  listed({ consoles }: Consoles): void {
    this.list = consoles;
    this.isListed = true;
  }

  printed({ console: id, text, whole, to }: ConsoleText): void {
    const looking = this.#looking.get(id);
    if (looking === undefined) return;
    // Told twice, after a connection that was not read for a while: the end of it is new.
    const known = whole ? null : looking.position;
    const fresh = known === null ? text : text.slice(Math.max(0, text.length - (to - known)));
    looking.position = to;
    if (fresh !== '' || whole) looking.eyes.text(fresh, whole);
  }

  stands(now: ConsoleNow): void {
    this.#looking.get(now.console)?.eyes.now(now);
  }

  answered(answer: ConsoleAnswer): void {
    this.#asked.get(answer.id)?.(answer);
    this.#asked.delete(answer.id);
  }

  /** The border stopped a request. */
  refused(id: string, message: string): void {
    this.answered({ ...LOST, id, message });
  }

  #begin(): void {
    if (!this.#isWanted || this.#say === null) return;
    void this.#askForList(this.#say);
    for (const [id, looking] of this.#looking) void this.#look(id, looking);
  }

  /** A lab that stands still knows of no consoles yet: it is asked until it does. */
  async #askForList(connection: (message: UpInput) => void): Promise<void> {
    const { ok } = await this.ask(null, { do: 'list' });
    if (ok || this.#say !== connection) return;
    this.#clock.after(ASK_AGAIN_MS, () => {
      if (this.#say === connection) this.#begin();
    });
  }
}
