import { fail, ok, type Result } from '../../server/base/result.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import type { Role } from '../../server/protocol/role.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import type { Gauges, WireRecord } from '../../server/protocol/wire/down.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';

// The REST of the house, as the table at the top of its app tells it.

export interface Me {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly expires: string;
  readonly may: readonly string[];
}

export interface Lab {
  readonly lab: string;
  readonly name: string;
  readonly role: Role;
  readonly owner: string | null;
  readonly createdAt: string;
  readonly may: readonly string[];
}

export interface JoinLink {
  readonly link: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly uses: number;
}

export interface Sample {
  readonly name: string;
  readonly about: string;
  readonly file: string;
}

export interface FileFault {
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

/** Why it was refused, in sentences for a person. */
export interface Problem {
  readonly kind: string;
  readonly message: string;
  /** What one can do now. */
  readonly next: string;
  /** Of a lab file only. */
  readonly faults: readonly FileFault[];
}

type Method = 'GET' | 'POST' | 'DELETE';

const UNREACHABLE: Problem = {
  kind: 'unreachable',
  message: 'The server does not answer.',
  next: 'Check the network, then try again.',
  faults: [],
};

const BROKEN: Problem = {
  kind: 'internal',
  message: 'The server gave an answer that this page does not understand.',
  next: 'Reload the page; if it stays, tell whoever runs the server.',
  faults: [],
};

/** Asks the server and never throws: what went wrong is part of the answer. */
export const ask = async <T>(
  method: Method,
  path: string,
  body?: object,
): Promise<Result<T, Problem>> => {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return ok((text === '' ? null : JSON.parse(text)) as T);
    return fail(problemOf(text));
  } catch (error) {
    return fail(error instanceof SyntaxError ? BROKEN : UNREACHABLE);
  }
};

const problemOf = (text: string): Problem => {
  const { error } = JSON.parse(text) as { readonly error?: Partial<Problem> };
  return {
    kind: error?.kind ?? BROKEN.kind,
    message: error?.message ?? BROKEN.message,
    next: error?.next ?? BROKEN.next,
    faults: error?.faults ?? [],
  };
};

const escaped = encodeURIComponent;

export const signIn = (token: string) => ask<Me>('POST', '/api/sign-in', { token });

export const signOut = () => ask<null>('POST', '/api/sign-out', {});

export const readMe = () => ask<Me>('GET', '/api/me');

export interface JoinLook {
  readonly lab: { readonly lab: string; readonly name: string };
  readonly role: Role;
  readonly signedInAs: string | null;
}

export const lookAtJoin = (token: string) => ask<JoinLook>('GET', `/api/join/${escaped(token)}`);

export const join = (token: string, name: string | null) =>
  ask<{ readonly lab: Lab; readonly me: Me }>(
    'POST',
    '/api/join',
    name === null ? { token } : { token, name },
  );

export const listLabs = () => ask<{ readonly labs: readonly Lab[] }>('GET', '/api/labs');

export const listSamples = () =>
  ask<{ readonly samples: readonly Sample[] }>('GET', '/api/samples');

export const createLab = (name: string, file: string) =>
  ask<Lab>('POST', '/api/labs', { name, file });

export const archiveLab = (lab: string) => ask<null>('POST', `/api/labs/${escaped(lab)}/archive`);

export const listLinks = (lab: string) =>
  ask<{ readonly links: readonly JoinLink[] }>('GET', `/api/labs/${escaped(lab)}/links`);

export interface MadeLink extends JoinLink {
  readonly url: string;
  /** The address as an SVG picture. */
  readonly qr: string;
}

export const createLink = (lab: string, role: Role, expiresInHours: number) =>
  ask<MadeLink>('POST', `/api/labs/${escaped(lab)}/links`, { role, expiresInHours });

export const revokeLink = (lab: string, link: string) =>
  ask<null>('DELETE', `/api/labs/${escaped(lab)}/links/${escaped(link)}`);

/** Somebody who was ever let into a lab. */
export interface KnownPerson {
  readonly person: string;
  readonly name: string;
  /** Came by a join link, without an account. */
  readonly guest: boolean;
}

export const listPeople = (lab: string) =>
  ask<{ readonly people: readonly KnownPerson[] }>('GET', `/api/labs/${escaped(lab)}/people`);

/** A moment of a lab's past: the end of a turn, or a lab time. */
export type When = { readonly turn: number } | { readonly at: number };

export interface View {
  readonly turn: number;
  readonly at: SimTime;
  /** Of the whole state. */
  readonly hash: string;
  /** The version of the simulation that moved the lab then. */
  readonly simulation: number;
  /** Why it is not the very moment that was asked for. */
  readonly note: string | null;
  /** The last mark before it: its hash when it was live, and `again` on the way to this picture. */
  readonly mark: {
    readonly turn: number;
    readonly at: number;
    readonly hash: string;
    readonly again: string;
  } | null;
  readonly records: readonly WireRecord[];
  readonly counters: Gauges['values'];
  readonly also: readonly {
    readonly scope: Scope;
    readonly records: readonly WireRecord[];
    readonly counters: Gauges['values'];
  }[];
}

/** Scopes as they were, from one replay on the server; `also` may be empty. */
export const viewPast = (lab: string, scope: Scope, moment: When, also: readonly Scope[] = []) =>
  ask<View>('POST', `/api/labs/${escaped(lab)}/view`, { moment, scope, also });

export const forkLab = (lab: string, moment: When) =>
  ask<{ readonly branch: number; readonly turn: number }>(
    'POST',
    `/api/labs/${escaped(lab)}/fork`,
    { moment },
  );

/** Takes the lab itself back, for everyone. */
export const rewindLab = (lab: string, moment: When) =>
  ask<{ readonly branch: number; readonly turn: number }>(
    'POST',
    `/api/labs/${escaped(lab)}/rewind`,
    { moment },
  );

export interface FactsAsked {
  readonly scope: Scope;
  /** Only facts with a lower number. */
  readonly before?: number;
  /** Only facts of this turn and earlier ones. */
  readonly turn?: number;
  readonly limit: number;
}

export interface FactsPage {
  readonly facts: readonly Fact[];
  /** There are older ones. */
  readonly more: boolean;
}

/** The newest facts of a scope, oldest first. */
export const readFacts = (lab: string, { scope, before, turn, limit }: FactsAsked) => {
  const query = new URLSearchParams({ scope, limit: String(limit) });
  if (before !== undefined) query.set('before', String(before));
  if (turn !== undefined) query.set('turn', String(turn));
  return ask<FactsPage>('GET', `/api/labs/${escaped(lab)}/facts?${query.toString()}`);
};
