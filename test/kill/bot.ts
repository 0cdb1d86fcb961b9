import { setTimeout as sleep } from 'node:timers/promises';
import { openLink } from '../../client/link/link.ts';
import type { Link } from '../../client/link/port.ts';
import { address, draw } from '../../server/base/prng.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import type { Ledger } from './ledger.ts';
import { type Door, type StateSeen, recordingWire } from './recording-wire.ts';
import { chooseCommand } from './workload.ts';

export interface BotOptions {
  readonly name: string;
  readonly audience: 'everyone' | 'instructor';
  readonly lab: string;
  readonly cookie: string;
  readonly door: Door;
  readonly ledger: Ledger;
  readonly seed: number;
  /** The virtual machines it may play with, of all of the lab: every `share`-th, from `offset`. */
  readonly part: { readonly share: number; readonly offset: number };
  readonly midStart: number;
  readonly onState: (state: StateSeen) => void;
}

/** Commands of one bot on their way at once. */
const HANDS = 2;
const PAUSE_MS = 60;

/** A learner who never tires: watches the lab, a host and a machine, and gives commands. */
export class Bot {
  readonly name: string;
  readonly link: Link;
  readonly #options: BotOptions;
  readonly #hands: Promise<unknown>[] = [];
  #isWorking = false;
  #thought = 0;
  /** Commands that were answered, of all it gave. */
  answered = 0;
  /** It gave up, which it never should. */
  failure: unknown = null;

  constructor(options: BotOptions) {
    const { name, lab, audience, ledger } = options;
    this.name = name;
    this.#options = options;
    ledger.keep({ e: 'bot', name, audience });
    this.link = openLink({
      url: 'ws://wherever-the-door-is',
      lab,
      connect: recordingWire(options),
      client: `${name}-of-seed-${options.seed}`,
    });
    this.link.watch('lab');
  }

  /** Looks closer at one host and at one machine, if there are any. */
  lookCloser(): void {
    for (const kind of ['host', 'vm']) {
      const ids = [...(this.link.scope('lab')?.records(kind) ?? [])].map(({ id }) => id).toSorted();
      const id = ids[this.#die(ids.length)];
      if (id !== undefined) this.link.watch(id as Scope);
    }
  }

  work(): void {
    this.#isWorking = true;
    for (let count = 0; count < HANDS; count += 1) {
      const hand = this.#useHand().catch((error: unknown) => (this.failure = error));
      this.#hands.push(hand);
    }
  }

  /** Gives no more commands, and waits for what is under way. */
  async rest(): Promise<void> {
    this.#isWorking = false;
    await Promise.all(this.#hands.splice(0));
  }

  async give(op: string, args: { readonly [name: string]: unknown }): Promise<void> {
    await this.link.command(op, args);
    this.answered += 1;
  }

  close(): void {
    this.link.close();
    this.#options.ledger.close();
  }

  async #useHand(): Promise<void> {
    while (this.#isWorking) {
      const { part, midStart } = this.#options;
      const held = this.link.scope('lab');
      const command =
        held && chooseCommand(held, { part, midStart, die: faces => this.#die(faces) });
      if (command) await this.give(command.op, command.args);
      await sleep(PAUSE_MS + this.#die(PAUSE_MS));
    }
  }

  #die(faces: number): number {
    this.#thought += 1;
    const { seed, name } = this.#options;
    return faces === 0 ? 0 : draw(seed, address(name), this.#thought) % faces;
  }
}
