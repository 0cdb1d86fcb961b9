import type { Result } from '../base/result.ts';
import type { LabId, PersonId } from '../protocol/id.ts';
import type { ImitationFault, NameFault } from '../protocol/name.ts';
import type { Role } from '../protocol/role.ts';
import type { QuotaFault } from './quota.ts';

// What the course needs of the world below it, and what the hub and http ask of it. Implemented in
// server/store; nothing here knows a socket or a statement.

/** Who asks, as the session says: never what a message claims. */
export interface Viewer {
  readonly person: PersonId;
  readonly name: string;
  /** The role in the house. The role in a lab is `roleIn`. */
  readonly role: Role;
  readonly session: string;
  readonly expires: Date;
}

/** What is known of a request before anything in it is believed: a WebSocket upgrade is one too. */
export interface Incoming {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly remoteAddress: string | undefined;
}

/** What was known of somebody is no longer so: whoever holds sockets closes those that lost a right. */
export type Revocation =
  | { readonly type: 'SessionEnded'; readonly session: string }
  | { readonly type: 'PersonRenamed'; readonly person: PersonId }
  | { readonly type: 'MembershipEnded'; readonly lab: LabId; readonly person: PersonId }
  | { readonly type: 'LabArchived'; readonly lab: LabId };

export interface Revocations {
  /** Gives back how to stop listening. */
  listen(listener: (revocation: Revocation) => void): () => void;
  tell(revocation: Revocation): void;
}

/** A session just opened or ended: what the browser must be told, and who it is now. */
export interface Entry {
  readonly viewer: Viewer;
  readonly cookies: readonly string[];
}

export type LinkFault = { readonly kind: 'link' };
export type NameRefusal = { readonly kind: 'name'; readonly fault: NameFault | ImitationFault };

export interface Identity {
  /** The person behind a session cookie; null without one, or from a page of another origin. */
  identify(incoming: Incoming): Promise<Viewer | null>;
  /** As `identify`, and lengthens the session; only an answer that can set cookies may ask it. */
  refresh(incoming: Incoming): Promise<Entry | null>;
  /** Ends this session, or all of this person's. Says what expires the cookies. */
  signOut(incoming: Incoming, which: 'this' | 'every'): Promise<readonly string[]>;
  /** A guest only to what nobody else in the guest's labs is called. */
  rename(viewer: Viewer, name: string): Promise<Result<void, NameRefusal>>;
}

export interface Credentials {
  /** As `tidyEmail` leaves it. */
  readonly email: string;
  readonly password: string;
}

/** Whether the address or the password is wrong is told to nobody. */
export type CredentialsFault = { readonly kind: 'credentials' };
export type PasswordFault = { readonly kind: 'password' } | { readonly kind: 'email-taken' };

export interface NewPassword extends Credentials {
  /** The one that holds until now, if there is one. */
  readonly current: string | null;
}

export interface Account {
  /** Null: a guest, or an instructor who only ever came by a link. */
  readonly email: string | null;
  /** A new password needs the current one: there is one, and no sign-in link was used just now. */
  readonly asksCurrent: boolean;
}

export interface OwnSession {
  readonly session: string;
  readonly startedAt: Date;
  /** Within a day. */
  readonly lastSeenAt: Date;
  readonly expires: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** What makes a guest or an instructor somebody who can come back without a link. */
export interface Accounts {
  /** Always opens a new session, whatever cookie came along. */
  signIn(given: Credentials, incoming: Incoming): Promise<Result<Entry, CredentialsFault>>;
  accountOf(viewer: Viewer): Promise<Account>;
  /** The person stays who it was, with everything it did. Every other session of it ends. */
  setPassword(
    viewer: Viewer,
    wanted: NewPassword,
    address: string,
  ): Promise<Result<void, PasswordFault>>;
  sessionsOf(viewer: Viewer): Promise<readonly OwnSession[]>;
  /** True when this call ended it; a session of somebody else is not found. */
  endSession(viewer: Viewer, session: string, address: string): Promise<boolean>;
}

export interface SignInLink {
  readonly token: string;
  readonly expires: Date;
}

export interface SignInLinks {
  /** For the instructor of that name, made when the link is used; without a name for the first one. */
  mint(name?: string): Promise<SignInLink>;
  /** Once, and only in time. Always opens a new session, whatever cookie came along. */
  redeem(token: string, incoming: Incoming): Promise<Result<Entry, LinkFault>>;
}

export interface LabSummary {
  readonly lab: LabId;
  readonly name: string;
  /** The role of who asks. */
  readonly role: Role;
  readonly owner: PersonId | null;
  readonly createdAt: Date;
}

export interface NewLab {
  readonly name: string;
  readonly file: string;
  /** Nobody owns a lab that the house itself brought: every instructor is its instructor. */
  readonly owner: PersonId | null;
  /** Made up when it is not given. */
  readonly lab?: LabId;
}

/** An archived lab is not found by anybody; its rows stay. */
export interface Labs {
  roleIn(lab: LabId, person: PersonId): Promise<Role | null>;
  labsOf(person: PersonId): Promise<readonly LabSummary[]>;
  labFor(lab: LabId, person: PersonId): Promise<LabSummary | null>;
  /** Null when there is no such lab. */
  fileOf(lab: LabId): Promise<string | null>;
  create(lab: NewLab): Promise<Result<LabId, QuotaFault>>;
  /** True when this call archived it. */
  archive(lab: LabId, by: PersonId): Promise<boolean>;
}

export interface JoinLink {
  readonly link: string;
  readonly role: Role;
  readonly createdBy: PersonId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly uses: number;
}

export interface JoinLinks {
  create(made: NewJoinLink): Promise<Result<JoinLink & { readonly token: string }, QuotaFault>>;
  list(lab: LabId): Promise<readonly JoinLink[]>;
  /** True when this call revoked it; a link of another lab is not found. */
  revoke(lab: LabId, link: string, by: PersonId): Promise<boolean>;
  /** Where a token leads, without using it. */
  look(
    token: string,
  ): Promise<{ readonly lab: LabId; readonly name: string; readonly role: Role } | null>;
  /**
   * A person who is signed in enters as that person; a stranger becomes a guest of that name. A guest
   * has a name that nobody else in the lab has, nor one that looks like it.
   */
  join(
    token: string,
    who: Viewer | NewGuest,
  ): Promise<Result<Joined, LinkFault | QuotaFault | NameRefusal>>;
}

export interface NewJoinLink {
  readonly lab: LabId;
  readonly role: Role;
  readonly by: PersonId;
  readonly expiresAt: Date;
}

export interface NewGuest {
  readonly name: string;
  readonly incoming: Incoming;
}

export interface Joined {
  readonly lab: LabId;
  /** Null when the person came with a session already. */
  readonly entry: Entry | null;
}

export interface LabPerson {
  readonly person: PersonId;
  readonly name: string;
  /** Null: not in it any more. */
  readonly role: Role | null;
  /** Came by a join link, and has no account. */
  readonly guest: boolean;
  readonly joinedAt: Date;
}

export interface People {
  /** Everybody who may ever have done something in it. */
  list(lab: LabId): Promise<readonly LabPerson[]>;
  /** True when this call removed the person; the owner cannot be removed. */
  remove(lab: LabId, person: PersonId, by: PersonId): Promise<boolean>;
}

export interface Attempts {
  /** Counts one more; says how long to wait when that is too many. */
  take(limit: AttemptLimit, address: string): Promise<Result<void, TooManyAttempts>>;
}

export interface AttemptLimit {
  readonly name: string;
  readonly max: number;
  readonly seconds: number;
}

export interface TooManyAttempts {
  readonly kind: 'too-many-attempts';
  readonly retryAfterSeconds: number;
}

export interface LabFileFault {
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

/** What a lab file asks for, as far as quotas care. The lead of the lab knows the rest. */
export interface LabFileFacts {
  readonly hosts: number;
  /** Virtual machines it may come to have, those it begins with among them. */
  readonly vms: number;
}

export type CheckLabFile = (text: string) => Result<LabFileFacts, readonly LabFileFault[]>;
