import type { Json } from '../base/json.ts';
import type { Fact, Trace } from '../protocol/fact.ts';
import type { Audience } from '../protocol/field.ts';
import type { BranchId, CommandId, LabId, PersonId } from '../protocol/id.ts';
import type { OperationResult } from '../protocol/operation/index.ts';
import type { RecordKind } from '../protocol/record/kind.ts';
import type { SimTime } from '../protocol/time.ts';
import type { Role } from '../protocol/role.ts';
import type { ConsoleNow } from '../protocol/wire/down.ts';
import type { ConsoleWhat, Position } from '../protocol/wire/up.ts';
import type { Scope } from '../protocol/wire/scope.ts';
import type { Image, ImageHead, StoredRow } from '../sim/engine/image.ts';
import type { Mark } from '../sim/engine/machine.ts';
import type { Entry } from '../sim/engine/message.ts';
import type { Tombstone } from '../sim/engine/world.ts';

// ---- what a lab needs of the database: implemented by store/ ----

/** An input as it is journaled. `at` is lab time, `receivedAt` Unix milliseconds. */
export interface JournaledInput {
  readonly seq: number;
  readonly at: SimTime;
  readonly turn: number;
  readonly command: CommandId;
  readonly person: PersonId | null;
  readonly op: string;
  readonly args: Json;
  readonly result: OperationResult;
  readonly hash: string;
  /** It threw: it was answered `internal`, takes no turn, and a replay passes over it. */
  readonly poisoned: boolean;
  readonly receivedAt: number;
}

/** One lab's share of a group commit. */
export interface Append {
  readonly lab: LabId;
  readonly branch: BranchId;
  readonly lease: number;
  /** Nothing later than this may be shown; never lower than the last one. */
  readonly promised: SimTime;
  readonly inputs: readonly JournaledInput[];
}

/** Everything that changed since the last projection, up to `head.turn`. Captured in one go. */
export interface Projection {
  readonly lab: LabId;
  readonly branch: BranchId;
  readonly lease: number;
  readonly head: ImageHead;
  /** The last input these rows include. */
  readonly seq: number;
  /** Rows to put, by kind; rows in `deleted` are gone. An id is never in both. */
  readonly upserts: { readonly [K in RecordKind]?: readonly StoredRow[] };
  readonly deleted: { readonly [K in RecordKind]?: readonly string[] };
  readonly agendaAdded: readonly Entry[];
  readonly agendaRan: readonly number[];
  readonly tombstones: readonly Tombstone[];
  readonly facts: readonly Fact[];
  readonly marks: readonly Mark[];
  readonly trace: readonly Trace[];
}

/** What happened on a branch that is left, and no projection has written: history, and no rows. */
export type LeftBehind = Pick<Projection, 'branch' | 'facts' | 'marks' | 'trace'>;

/** A lab as the database has it, with its lease taken in the same transaction. */
export interface Opened {
  readonly lab: LabId;
  readonly name: string;
  /** The lab file, for founding and for limits. */
  readonly file: string;
  readonly branch: BranchId;
  readonly lineage: number;
  readonly lease: number;
  readonly promised: SimTime;
  /** The version of the simulation that moved it last. */
  readonly simulation: number;
  /** The turn up to which its history is that of the branch it went on from; 0 for none. */
  readonly shared: number;
  /** The last input of the journal. */
  readonly journaledSeq: number;
  /** The turn of the last keyframe of the branch; 0 for none. */
  readonly keptTurn: number;
  /** The rows; null for a lab that was never founded, and for a branch that nobody has run yet. */
  readonly image: Image | null;
  /** The last input included in the image. */
  readonly imageSeq: number;
  /** Without rows, the last state that was kept; null is the first one of the lab file. */
  readonly start: Keyframe | null;
  /** Inputs after the image or the start, in order. */
  readonly inputs: readonly JournaledInput[];
  /** All command ids ever accepted on this branch and its ancestors. */
  readonly commands: readonly CommandId[];
}

/** A broken outside world throws; a lost fence is an answer. */
export interface LabStore {
  /**
   * Takes the lease (fencing whoever had it) and reads everything. Null when there is no such lab;
   * `moved` when a server of a later term has had it: one that was replaced never takes a lab back.
   * A lab opened for the first time is founded by `simulation`.
   */
  open(lab: LabId, simulation: number): Promise<Opened | 'moved' | null>;
  /**
   * From the rows on (without rows, from the start on) another simulation moves the lab, or the rows
   * are others than it had left: no replay of what was before gives this. False when the lease is not ours.
   */
  beginSegment(begun: NewSegment): Promise<boolean>;
  /** One statement for all labs: fence, promises, inputs. Returns the labs whose lease still holds. */
  append(batch: readonly Append[]): Promise<ReadonlySet<LabId>>;
  /** One transaction behind the journal; false when the lease is not ours. */
  project(projection: Projection): Promise<boolean>;
  /** The answer a command got before, if any. */
  answered(lab: LabId, command: CommandId): Promise<JournaledInput | null>;
  /** Projected facts of a scope after a turn, oldest first, at most `limit` (the newest ones). */
  facts(query: FactQuery): Promise<readonly Fact[]>;
  /** False when the lease is not ours. */
  saveKeyframe(lease: number, keyframe: Keyframe): Promise<boolean>;
  /** What a look back goes on from, over the branch and its ancestors; null when nothing was that early. */
  kept(branch: BranchId, moment: Moment, simulation: number): Promise<Kept | null>;
  /** The bytes of a whole keyframe that another is the changes to; null when it is gone. */
  wholeKeyframe(branch: BranchId, turn: number, simulation: number): Promise<Uint8Array | null>;
  /** Inputs of a branch and its ancestors after a keyframe, in order, up to a turn or time. */
  inputsAfter(
    branch: BranchId,
    seq: number,
    until: { turn: number } | { at: SimTime },
  ): Promise<readonly JournaledInput[]>;
  nextInput(branch: BranchId, seq: number): Promise<JournaledInput | null>;
  marks(branch: BranchId): Promise<readonly Mark[]>;
  /** A child branch from a turn of another: one row, and where it needs one, a state to begin with. */
  fork(branch: BranchId, turn: number, beginning?: Beginning): Promise<BranchId>;
  /** How far a branch is known to have come; null when the lab has no such branch. */
  branchEnd(lab: LabId, branch: BranchId): Promise<BranchEnd | null>;
  /**
   * Makes a branch the lab's own, under the fence: a new lineage. What is left behind is written with
   * it, or the past that both share would end where the rows of the old one did. False when the lease
   * is not ours.
   */
  adopt(lab: LabId, lease: number, branch: BranchId, left: LeftBehind): Promise<boolean>;
}

export interface BranchEnd {
  readonly turn: number;
  readonly at: SimTime;
}

export interface FactQuery {
  readonly branch: BranchId;
  readonly scope: Scope;
  readonly audience: Audience;
  readonly afterTurn: number;
  readonly upToTurn: number;
  /** Only facts of a lower number: pages end within a turn too. */
  readonly before?: number;
  readonly limit: number;
}

/** A state kept for looking back: the image, compressed, as `keyframe-form` has it. */
export interface Keyframe {
  readonly branch: BranchId;
  readonly turn: number;
  readonly at: SimTime;
  readonly seq: number;
  readonly simulation: number;
  readonly hash: string;
  /** The turn of the whole keyframe, of the same branch, that it is the changes to; null is whole. */
  readonly base: number | null;
  readonly bytes: Uint8Array;
}

/** A stretch of history that one version of the simulation moved; its first input comes after `seq`. */
export interface Segment {
  readonly branch: BranchId;
  readonly turn: number;
  readonly at: SimTime;
  readonly seq: number;
  readonly simulation: number;
}

export interface NewSegment extends Segment {
  readonly lab: LabId;
  readonly lease: number;
  /** The state it begins with, as a whole keyframe has it; null is the first one of the lab file. */
  readonly bytes: Uint8Array | null;
}

/** The moment a branch goes on from. */
export interface Beginning {
  readonly at: SimTime;
  /** The state then; without it the branch is opened from a keyframe of its parent. */
  readonly state: {
    readonly simulation: number;
    readonly hash: string;
    readonly bytes: Uint8Array;
    /** Whether a replay of the shared inputs gives it too; if not, the branch begins a segment with it. */
    readonly isReplayed: boolean;
  } | null;
}

export interface Kept {
  readonly segment: Segment;
  /** The nearest state at or before the moment; null is the first one of the lab file. */
  readonly keyframe: Keyframe | null;
  /** The last live mark that a replay from there passes. */
  readonly mark: Mark | null;
}

// ---- between the hub and the lab thread: plain data, so that it may cross a port or a network ----

/** One watcher of one scope: a connection may have several. */
export type WatcherId = number;

export type ToLab =
  /** Makes sure the lab is in memory; answered by `Ready` or `Stopped`. */
  | { readonly t: 'open'; readonly lab: LabId }
  | {
      readonly t: 'submit';
      readonly lab: LabId;
      readonly connection: number;
      readonly person: PersonId;
      readonly command: CommandId;
      readonly op: string;
      readonly args: Json;
    }
  | {
      readonly t: 'watch';
      readonly lab: LabId;
      readonly connection: number;
      readonly watcher: WatcherId;
      readonly scope: Scope;
      readonly audience: Audience;
      readonly from: Position | null;
      readonly gauges: boolean;
      readonly trace: boolean;
    }
  | { readonly t: 'unwatch'; readonly lab: LabId; readonly watcher: WatcherId }
  | ToCompanion
  /** How many people are there; at 0 for a while the lab goes to sleep. */
  | { readonly t: 'people'; readonly lab: LabId; readonly count: number }
  /** A question with an answer: REST, history, tools. */
  | { readonly t: 'ask'; readonly id: number; readonly lab: LabId; readonly question: Question }
  /** Finish what is committed, project, let go of everything. */
  | { readonly t: 'close' };

/** For what lives beside the lab: its consoles. */
export type ToCompanion =
  | {
      readonly t: 'console';
      readonly lab: LabId;
      readonly connection: number;
      readonly person: { readonly id: PersonId; readonly name: string };
      readonly role: Role;
      /** Its answer carries it. */
      readonly request: string;
      readonly console: string | null;
      readonly what: ConsoleWhat;
    }
  /** The connection is no more. */
  | { readonly t: 'console-left'; readonly lab: LabId; readonly connection: number };

/** A moment of a lab's past: the end of a turn, or everything due at or before a time. */
export type Moment = { readonly turn: number } | { readonly at: SimTime };

export type Question =
  | {
      readonly q: 'view';
      readonly audience: Audience;
      readonly scope: Scope;
      /** More scopes of the same moment: one replay shows them all. */
      readonly also?: readonly Scope[];
      readonly at: Moment;
      /** Of another branch of the lab than the one it is on. */
      readonly branch?: BranchId;
    }
  /** The newest facts of a scope: of that turn and earlier ones, of lower numbers than that. */
  | {
      readonly q: 'facts';
      readonly audience: Audience;
      readonly scope: Scope;
      readonly turn: number | null;
      readonly before: number | null;
      readonly limit: number;
    }
  | { readonly q: 'fork'; readonly at: Moment }
  /** Makes a moment of the past the present, for everyone, on a new lineage. */
  | { readonly q: 'rewind'; readonly at: Moment }
  | { readonly q: 'state' };

export type FromLab =
  | {
      readonly t: 'ready';
      readonly lab: LabId;
      readonly name: string;
      readonly lineage: number;
      readonly turn: number;
    }
  | {
      readonly t: 'stopped';
      readonly lab: LabId;
      readonly reason: 'bug' | 'database' | 'moved' | 'archived';
      readonly message: string;
      readonly retryMs: number | null;
    }
  /** To one watcher: the JSON text of pictures or of a resuming packet, in order; live from `turn` on. */
  | {
      readonly t: 'begin';
      readonly lab: LabId;
      readonly connection: number;
      readonly watcher: WatcherId;
      readonly turn: number;
      readonly frames: readonly Uint8Array[];
    }
  /** Refused watch. */
  | {
      readonly t: 'refuse';
      readonly lab: LabId;
      readonly connection: number;
      readonly watcher: WatcherId;
      readonly kind: 'no-such-scope' | 'unavailable';
    }
  /** To all watchers of a scope and audience: the JSON text of a packet or beat, encoded once. */
  | {
      readonly t: 'frame';
      readonly lab: LabId;
      readonly scope: Scope;
      readonly audience: Audience;
      readonly class: 'state' | 'gauge' | 'trace';
      readonly to: number;
      readonly bytes: Uint8Array;
    }
  /** To one connection, after the frames that show its effect. */
  | {
      readonly t: 'answer';
      readonly lab: LabId;
      readonly connection: number;
      readonly command: CommandId;
      readonly bytes: Uint8Array;
    }
  /** Of a console, as JSON text, for these connections; null is everybody in the lab. */
  | {
      readonly t: 'console';
      readonly lab: LabId;
      readonly connections: readonly number[] | null;
      /** What a reader has fallen behind with: told anew once it has caught up. */
      readonly console: string | null;
      readonly class: 'text' | 'now' | 'control';
      readonly bytes: Uint8Array;
    }
  /** Printed by a console, through the gate, before it is kept and shown. Never leaves the lab thread. */
  | {
      readonly t: 'printed';
      readonly lab: LabId;
      readonly console: string;
      readonly text: string;
      /** How the console stands behind that text. */
      readonly now: ConsoleNow;
    }
  | {
      readonly t: 'reply';
      readonly id: number;
      readonly answer:
        | { readonly ok: true; readonly value: Json }
        | { readonly ok: false; readonly message: string };
    }
  /** Numbers for /metrics, once a second. */
  | { readonly t: 'metrics'; readonly values: { readonly [name: string]: number } };

/** The hub's view of the labs, whether they live in this thread, another one, or another server. */
export interface Labs {
  post(message: ToLab): void;
  /** Messages come in the order the labs made them. */
  receive(listener: (message: FromLab) => void): void;
}
