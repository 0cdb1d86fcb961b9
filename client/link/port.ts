import type { OperationResult } from '../../server/protocol/operation/index.ts';
import type { Answer, People, Welcome } from '../../server/protocol/wire/down.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import type { ConsoleDesk } from './console-desk.ts';
import type { Heard, HeldScope } from './held-scope.ts';
import type { Outcome } from './outgoing.ts';
import type { Presence } from './presence.ts';
import type { Connect, LinkClock } from './wire.ts';

export interface LinkOptions {
  /** `ws://…/ws` or `wss://…/ws`. */
  readonly url: string;
  readonly lab: string;
  /** How a socket is made here: `browser-wire.ts`, or that of a program with a cookie. */
  readonly connect: Connect;
  readonly clock?: LinkClock;
  /** When listeners are called after a change: as soon as may be, or once a frame. */
  readonly schedule?: (run: () => void) => void;
  /** Says when somebody may wait who did not before. Gives back how to stop. */
  readonly wakes?: (wake: () => void) => () => void;
  /** Told of everything as it happens: ledgers and tests. */
  readonly observe?: (event: LinkEvent) => void;
  /** Names this instance's commands; made up when it is not given. */
  readonly client?: string;
}

export type LinkEvent =
  | { readonly type: 'welcomed' }
  | { readonly type: 'lost'; readonly code: number }
  /** A message of a scope, what it was to us, and where we are after it. */
  | {
      readonly type: 'heard';
      readonly scope: Scope;
      readonly by: 'picture' | 'packet' | 'beat';
      readonly heard: Heard;
      readonly lineage: number;
      readonly turn: number;
    }
  /** Nobody looks at it any more, and nothing of it is kept. */
  | { readonly type: 'left'; readonly scope: Scope }
  /** Also those nobody waits for any more. */
  | { readonly type: 'answer'; readonly answer: Answer };

export type Connection =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live' }
  /** Connected, and behind: what was missed is on its way. */
  | { readonly phase: 'catching-up' }
  /** By the clock of the link. */
  | { readonly phase: 'offline'; readonly since: number; readonly retryAt: number | null }
  /** The lab itself does not run. */
  | { readonly phase: 'stopped'; readonly message: string; readonly returns: boolean }
  /** Coming back by itself would not help. */
  | { readonly phase: 'closed'; readonly kind: string; readonly message: string };

/** Where the lab was when we last heard, and when that was by the clock of the link. */
export interface Moment {
  readonly turn: number;
  readonly at: number;
  /** Thousandths of real time; 0 stands still. */
  readonly speed: number;
  readonly heardAt: number;
}

/** The turn at which what is held here last had the server's own hash. */
export interface InStep {
  readonly turn: number;
  readonly hash: string;
}

export type Person = People['people'][number];

export interface WatchOptions {
  readonly gauges?: boolean;
  readonly trace?: boolean;
}

/** Counts that only grow. */
export interface LinkFigures {
  connections: number;
  pictures: number;
  /** Went on where it was, without a picture. */
  resumes: number;
  gaps: number;
  divergences: number;
  /** Messages of trace that were not sent because this connection is read too slowly. */
  tracesDropped: number;
}

/** A connection to one lab that is held, whatever happens below, until it is closed. */
export interface Link {
  /** Called after anything below may have changed. Gives back how to stop. */
  listen(listener: () => void): () => void;
  /** The lab's id. */
  readonly lab: string;
  readonly connection: Connection;
  readonly me: Welcome['person'] | null;
  readonly limits: Welcome['limits'] | null;
  /** The lab's name. */
  readonly name: string | null;
  readonly people: readonly Person[];
  readonly moment: Moment | null;
  /** Of the scope `lab`. */
  readonly inStep: InStep | null;
  readonly figures: Readonly<LinkFigures>;
  /** PowerShell, shared by everyone in the lab. */
  readonly consoles: ConsoleDesk;
  scope(scope: Scope): HeldScope | undefined;
  /** Gives back how to stop. Watching twice watches once. */
  watch(scope: Scope, options?: WatchOptions): () => void;
  /** The result of an operation, across reconnects. Rejects with LinkClosed when it never can be had. */
  submit(op: string, args: { readonly [name: string]: unknown }): Promise<OperationResult>;
  /** As `submit`, with all that was said of it, and with an id of one's own. */
  command(op: string, args: { readonly [name: string]: unknown }, id?: string): Promise<Outcome>;
  /** An id that no command of this lab had before. */
  newId(): string;
  show(presence: Presence): void;
  close(): void;
}
