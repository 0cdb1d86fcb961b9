import type { Fact } from '../../server/protocol/fact.ts';
import type { OperationResult } from '../../server/protocol/operation/index.ts';
import type { RecordKind } from '../../server/protocol/record/kind.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';

// What the page needs of a connection to a lab. The link implements it over a WebSocket; a test may
// implement it over a list.

/** A record as one scope shows it. A change replaces it by another object. */
export interface Held {
  readonly id: string;
  /** The turn that last changed it. */
  readonly rev: number;
  /** The number of the fact behind that change; 0 for none. */
  readonly cause: number;
  readonly values: { readonly [column: string]: unknown };
}

export interface HeldScope {
  /** Null until its first picture is here. */
  readonly turn: number | null;
  /** Grows when any record of the kind changes, comes or goes. */
  versionOf(kind: RecordKind): number;
  records(kind: RecordKind): Iterable<Held>;
  record(id: string): Held | undefined;
  /** Oldest first; another array when there are more. */
  readonly facts: readonly Fact[];
  /** Last counters by record. */
  gauges(id: string): { readonly [column: string]: number } | undefined;
}

/** Where the lab was when we last heard, and when that was by this computer's clock. */
export interface Moment {
  readonly turn: number;
  readonly at: number;
  /** Thousandths of real time; 0 stands still. */
  readonly speed: number;
  readonly heardAt: number;
}

export type Connection =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live' }
  /** Connected, and behind: what was missed is on its way. */
  | { readonly phase: 'catching-up' }
  | { readonly phase: 'offline'; readonly since: number; readonly retryAt: number | null }
  /** The lab itself does not run. */
  | { readonly phase: 'stopped'; readonly message: string; readonly returns: boolean }
  /** Coming back by itself would not help. */
  | { readonly phase: 'closed'; readonly kind: string; readonly message: string };

export interface PersonHere {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly online: boolean;
  readonly view: string | null;
  readonly selection: string | null;
  readonly typing: string | null;
}

export interface Presence {
  readonly view: string | null;
  readonly selection: string | null;
  readonly typing: string | null;
}

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

export interface WatchOptions {
  readonly gauges?: boolean;
  readonly trace?: boolean;
}

export interface LabPort {
  /** Called after anything below may have changed, at most once a frame. */
  listen(listener: () => void): () => void;
  readonly connection: Connection;
  readonly me: Me | null;
  readonly people: readonly PersonHere[];
  readonly moment: Moment | null;
  scope(scope: Scope): HeldScope | undefined;
  /** Gives back how to stop. Watching twice watches once. */
  watch(scope: Scope, options?: WatchOptions): () => void;
  /** Answers when the lab has answered, across reconnects. Rejects when it never can. */
  submit(op: string, args: { readonly [name: string]: unknown }): Promise<OperationResult>;
  show(presence: Presence): void;
  close(): void;
}
