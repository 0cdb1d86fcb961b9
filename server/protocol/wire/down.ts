import type { Fact, Trace } from '../fact.ts';
import type { OperationResult } from '../operation/index.ts';
import type { WireErrorKind } from './error.ts';
import type { Scope } from './scope.ts';

/** Server states every limit it enforces. */
export interface Welcome {
  readonly t: 'welcome';
  readonly version: number;
  readonly lab: { readonly id: string; readonly name: string };
  readonly person: { readonly id: string; readonly name: string; readonly role: string };
  readonly lineage: number;
  readonly turn: number;
  readonly limits: { readonly [name: string]: number };
}

/** A record on the wire: kind and id, the turn that last changed it, the fact behind that, its columns. */
export type WireRecord = readonly [
  id: string,
  rev: number,
  cause: number,
  values: { readonly [column: string]: unknown },
];

/** The full state of a scope; large ones come in several parts, applied as one when `last`. */
export interface Picture {
  readonly t: 'picture';
  readonly scope: Scope;
  readonly lineage: number;
  readonly turn: number;
  readonly at: number;
  readonly part: number;
  readonly last: boolean;
  readonly records: readonly WireRecord[];
  /** The last facts of the scope, oldest first, so that lists are not empty. */
  readonly facts: readonly Fact[];
}

/**
 * What happened in a scope in turns `from`..`to`. `from` is the client's own turn plus one, or the
 * client has a gap and asks again. Put carries changed columns only, or all of them for a record
 * that is new to the scope; records it did not have before come whole.
 */
export interface Packet {
  readonly t: 'packet';
  readonly scope: Scope;
  readonly lineage: number;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly put: readonly WireRecord[];
  readonly gone: readonly string[];
  readonly facts: readonly Fact[];
}

/** Once a second per scope: where the lab is, and the hash a client of this scope must have. */
export interface Beat {
  readonly t: 'beat';
  readonly scope: Scope;
  readonly lineage: number;
  readonly turn: number;
  /** Lab time now, and how fast it runs in thousandths; 0 stands still. */
  readonly at: number;
  readonly speed: number;
  readonly hash: string;
}

/** Last values of counters, by record: only for who asked, at a rate the reader can take. */
export interface Gauges {
  readonly t: 'gauges';
  readonly scope: Scope;
  readonly at: number;
  readonly values: readonly (readonly [
    id: string,
    values: { readonly [column: string]: number },
  ])[];
}

export interface TraceSample {
  readonly t: 'trace';
  readonly scope: Scope;
  readonly entries: readonly Trace[];
  readonly dropped: number;
}

/** After the packet that shows the command's effect, and never before its commit. */
export interface Answer {
  readonly t: 'answer';
  readonly id: string;
  /** Null when the border stopped it: it was never journaled. */
  readonly seq: number | null;
  readonly turn: number | null;
  readonly lineage: number;
  readonly result: OperationResult;
  /** True when this id was answered before: the stored result. */
  readonly again: boolean;
}

export interface People {
  readonly t: 'people';
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly online: boolean;
    readonly view: string | null;
    readonly selection: string | null;
    readonly typing: string | null;
  }[];
}

/** Behind, and what is done about it. */
export interface Lag {
  readonly t: 'lag';
  readonly bytes: number;
  readonly mode: 'live' | 'catching-up';
}

/** The lab could not go on: what happened, and whether it comes back by itself. */
export interface LabStopped {
  readonly t: 'stopped';
  readonly reason: 'bug' | 'database' | 'moved' | 'archived';
  readonly message: string;
  readonly retryMs: number | null;
}

export interface Problem {
  readonly t: 'error';
  readonly kind: WireErrorKind;
  readonly message: string;
  /** What the sender called it, where it named it. */
  readonly about: string | null;
}

export interface Goaway {
  readonly t: 'goaway';
  readonly why: 'drain' | 'moved' | 'version' | 'auth';
  /** Spread by the server, so that a drain is no storm. */
  readonly retryMs: number;
}

export interface Pong {
  readonly t: 'pong';
  readonly n: number;
}

export type Down =
  | Welcome
  | Picture
  | Packet
  | Beat
  | Gauges
  | TraceSample
  | Answer
  | People
  | Lag
  | LabStopped
  | Problem
  | Goaway
  | Pong;
