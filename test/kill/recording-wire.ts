import { setTimeout as sleep } from 'node:timers/promises';
import type { Connect, Wire, WireEvents } from '../../client/link/wire.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { Down } from '../../server/protocol/wire/down.ts';
import { isPassing } from '../../server/protocol/wire/passing.ts';
import type { UpInput } from '../../server/protocol/wire/up.ts';
import { wsWire } from '../bots/ws-wire.ts';
import { type Ledger, digestOf } from './ledger.ts';

/** The door of the server as it is now; another one after each kill. */
export interface Door {
  /** `ws://…/ws`; null while nobody may come in. */
  url: string | null;
  /** Counts the servers. */
  server: number;
}

export interface Recorded {
  readonly ledger: Ledger;
  readonly door: Door;
  readonly cookie: string;
  /** The first state of a connection that went on from a position, and the one after it. */
  readonly onState: (state: StateSeen) => void;
}

export interface StateSeen {
  readonly server: number;
  readonly by: 'picture' | 'packet' | 'beat';
  /** The answer to a watch, as opposed to what happened since. */
  readonly isFirst: boolean;
  /** It had a position to go on from. */
  readonly isReturn: boolean;
}

const AT_THE_DOOR_MS = 15;

/**
 * The wire of a program, with a ledger on it: a command is on the disk before it is on the wire.
 * While nobody listens it waits at the door, so that what is measured is the server and not the
 * patience of the client.
 */
export const recordingWire =
  (recorded: Recorded): Connect =>
  (_url, subprotocol, events) => {
    const attempt = new Attempt(recorded, subprotocol, events);
    void attempt.comeIn();
    return attempt;
  };

class Attempt implements Wire {
  readonly #recorded: Recorded;
  readonly #subprotocol: string;
  readonly #events: WireEvents;
  #wire: Wire | null = null;
  #isOver = false;
  #server = 0;
  /** By scope that was asked for: whether it goes on from somewhere. */
  readonly #asked = new Map<string, boolean>();

  constructor(recorded: Recorded, subprotocol: string, events: WireEvents) {
    this.#recorded = recorded;
    this.#subprotocol = subprotocol;
    this.#events = events;
  }

  async comeIn(): Promise<void> {
    const { door, ledger } = this.#recorded;
    while (!this.#isOver) {
      const { url, server } = door;
      if (url !== null && (await this.#knock(url))) {
        this.#server = server;
        ledger.note({ e: 'connected', server });
        return this.#events.opened();
      }
      await sleep(AT_THE_DOOR_MS);
    }
  }

  #knock(url: string): Promise<boolean> {
    return new Promise(resolve => {
      let isIn = false;
      this.#wire = wsWire(this.#recorded.cookie)(url, this.#subprotocol, {
        opened: () => {
          isIn = true;
          resolve(true);
        },
        received: text => {
          if (this.#isOver) return;
          this.#hear(JSON.parse(text) as Down);
          this.#events.received(text);
        },
        closed: (code, reason) => {
          resolve(false);
          if (isIn) this.#events.closed(code, reason);
        },
      });
    });
  }

  send(text: string): void {
    const message = JSON.parse(text) as UpInput;
    if (message.t === 'command') {
      const { id, op, args } = message;
      this.#recorded.ledger.keep({ e: 'sent', id, op, args: args as never });
    } else if (message.t === 'watch') {
      this.#asked.set(message.scope, message.from !== null);
    } else if (message.t === 'diverged') {
      const { scope, turn } = message;
      this.#recorded.ledger.note({ e: 'diverged', scope, turn });
    }
    this.#wire?.send(text);
  }

  close(): void {
    this.#isOver = true;
    this.#wire?.close();
  }

  #hear(message: Down): void {
    const { ledger } = this.#recorded;
    switch (message.t) {
      case 'answer': {
        const { id, seq, turn, lineage, result } = message;
        const isLast = !isPassing(message);
        ledger.keep({ e: 'answer', id, seq, turn, lineage, digest: digestOf(result), isLast });
        return;
      }
      case 'error':
        if (message.about !== null && message.retryMs === null)
          ledger.note({ e: 'refused', id: message.about, kind: message.kind });
        return;
      case 'picture': {
        const { scope, lineage, turn, at, facts, last } = message;
        this.#facts(facts);
        if (!last) return;
        ledger.note({ e: 'shown', scope, by: 'picture', lineage, from: 0, turn, at });
        return this.#state(scope, 'picture');
      }
      case 'packet': {
        const { scope, lineage, from, to, at, facts } = message;
        this.#facts(facts);
        ledger.note({ e: 'shown', scope, by: 'packet', lineage, from, turn: to, at });
        return this.#state(scope, 'packet');
      }
      case 'beat': {
        const { scope, lineage, turn, at, hash } = message;
        ledger.note({ e: 'shown', scope, by: 'beat', lineage, from: turn, turn, at, hash });
        return this.#state(scope, 'beat');
      }
      default:
        return;
    }
  }

  #facts(facts: readonly Fact[]): void {
    for (const fact of facts)
      this.#recorded.ledger.note({ e: 'fact', n: fact.n, digest: digestOf(fact) });
  }

  #state(scope: string, by: StateSeen['by']): void {
    const asked = this.#asked.get(scope);
    // A beat of before the answer to the watch says nothing about either.
    if (asked !== undefined && by === 'beat') return;
    this.#asked.delete(scope);
    const { onState } = this.#recorded;
    onState({ server: this.#server, by, isFirst: asked !== undefined, isReturn: asked === true });
  }
}
