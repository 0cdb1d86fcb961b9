import { openLink } from '../../client/link/link.ts';
import type { Link, LinkEvent } from '../../client/link/port.ts';
import type { Json } from '../../server/base/json.ts';
import { address, draw } from '../../server/base/prng.ts';
import { isId } from '../../server/protocol/id.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import type { Dice } from './deed.ts';
import { nextDeed } from './deed.ts';
import type { Ticket } from './entrance.ts';
import type { Entry, Ledger } from './ledger.ts';
import { wsWire } from './ws-wire.ts';

export interface BotOptions {
  readonly name: string;
  /** `ws://…/ws`. */
  readonly url: string;
  readonly ticket: Ticket;
  readonly ledger: Pick<Ledger, 'append'>;
  readonly seed: number;
  /** Milliseconds from one deed to the next, on average. */
  readonly everyMs: number;
  /** Deeds that may wait for an answer at once. */
  readonly inFlight: number;
  /** Virtual machines it makes for itself. */
  readonly vms: number;
}

/** One simulated learner: looks at the lab and at one of its machines, does things, writes all down. */
export class Bot {
  readonly name: string;
  readonly link: Link;
  readonly #options: BotOptions;
  readonly #dice: Dice;
  #draws = 0;
  #waiting = 0;
  #timer: NodeJS.Timeout | null = null;
  #isStopping = false;
  #isPaused = false;
  #lookAway: (() => void) | null = null;
  #lookingAt: Scope | null = null;
  #idle: (() => void) | null = null;

  constructor(options: BotOptions) {
    this.name = options.name;
    this.#options = options;
    const entity = address(options.name);
    this.#dice = below => {
      this.#draws += 1;
      return below === 0 ? 0 : draw(options.seed, entity, this.#draws) % below;
    };
    const { url, ticket } = options;
    this.link = openLink({
      url,
      lab: ticket.lab,
      connect: wsWire(ticket.cookie),
      observe: event => this.#observe(event),
    });
    this.link.watch('lab');
    this.#plan();
  }

  /** Does nothing more; resolves when all it did is answered, or after a while. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#waiting > 0) {
      await Promise.race([
        new Promise<void>(resolve => {
          this.#idle = resolve;
        }),
        new Promise<void>(resolve => {
          setTimeout(resolve, graceMs).unref();
        }),
      ]);
    }
    this.link.close();
  }

  /** Does nothing new until it goes on. */
  pause(): void {
    this.#isPaused = true;
  }

  goOn(): void {
    this.#isPaused = false;
  }

  #plan(): void {
    const wait = this.#options.everyMs * (0.5 + this.#dice(1_000) / 1_000);
    this.#timer = setTimeout(() => {
      if (!this.#isPaused) void this.#act();
      if (!this.#isStopping) this.#plan();
    }, wait);
  }

  async #act(): Promise<void> {
    const { inFlight, vms } = this.#options;
    const lab = this.link.scope('lab');
    if (lab === undefined || lab.turn === null || this.#waiting >= inFlight) return;
    const deed = nextDeed(lab, this.name, this.#dice, vms);
    if (deed === null) return;
    const { vm } = deed.args;
    if (isId('vm', vm)) this.#lookAt(vm);
    await this.#submit(deed.op, deed.args);
  }

  async #submit(op: string, args: { readonly [name: string]: unknown }): Promise<void> {
    const id = this.link.newId();
    this.#waiting += 1;
    try {
      await this.#write({ type: 'sending', id, op, args: args as Json });
      const outcome = await this.link.command(op, args, id);
      if (outcome.type === 'stopped') {
        await this.#write({ type: 'stopped', id, kind: outcome.problem.kind });
      }
    } catch {
      // The link is over; the ledger says what was not answered.
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#idle?.();
    }
  }

  #lookAt(scope: Scope): void {
    if (scope === this.#lookingAt) return;
    this.#lookAway?.();
    this.#lookingAt = scope;
    this.#lookAway = this.link.watch(scope, { gauges: true });
    this.link.show({ view: 'xray', selection: scope, typing: null });
  }

  #observe(event: LinkEvent): void {
    switch (event.type) {
      case 'welcomed':
        return this.#note({ type: 'welcomed' });
      case 'lost':
        return this.#note({ type: 'lost', code: event.code });
      case 'left':
        return this.#note({ type: 'left', scope: event.scope });
      case 'answer': {
        const { id, seq, turn, lineage, again, result } = event.answer;
        return this.#note({ type: 'answer', id, seq, turn, lineage, again, result });
      }
      case 'heard': {
        const { scope, by, heard, lineage, turn } = event;
        return this.#note({ type: 'position', scope, by, heard, lineage, turn });
      }
    }
  }

  #note(entry: Entry): void {
    void this.#write(entry);
  }

  #write(entry: Entry): Promise<void> {
    return this.#options.ledger.append(this.name, entry);
  }
}
