import { and, asc, eq } from 'drizzle-orm';
import type { Sql } from 'postgres';
import { lab, membership } from '../../../db/course.ts';
import { authSession, authUser, person } from '../../../db/identity.ts';
import { ok } from '../../base/result.ts';
import { clientAddress, type Edge, header, isOwnPage } from '../../course/edge.ts';
import type { Entry, Identity, Incoming, Revocations, Viewer } from '../../course/port.ts';
import type { LabId, PersonId } from '../../protocol/id.ts';
import { ADDRESS_HEADER, type Auth, buildAuth } from './auth.ts';
import { imitation } from '../course/names.ts';
import { type Database, databaseOf, record, type Statements } from './database.ts';

// Who somebody is: better-auth says whose session a cookie is, `person` says who that is to us.

export interface IdentityOptions {
  readonly sql: Sql;
  /** From `installationSecret`. */
  readonly secret: string;
  readonly edge: Edge;
  readonly revocations: Revocations;
  readonly log: (message: string) => void;
}

/** What the other parts of this folder need to let somebody in. */
export interface Door {
  readonly database: Database;
  readonly edge: Edge;
  /** Ends the session that came along and opens one for that person. */
  enter(who: PersonId, incoming: Incoming): Promise<Entry>;
}

export interface IdentityStore extends Identity {
  readonly door: Door;
  /** better-auth's own routes, as far as `AUTH_ROUTES` lets them through. */
  readonly handle: (request: Request, incoming: Incoming) => Promise<Response>;
}

/** The only routes of better-auth that can be reached. Ways in are ours: by link, and by nothing else. */
export const AUTH_ROUTES: readonly string[] = ['POST /api/auth/revoke-other-sessions'];

export const createIdentity = (options: IdentityOptions): IdentityStore => {
  const { sql, edge, revocations } = options;
  const database = databaseOf(sql);
  const auth = buildAuth({ ...options, database });
  const headers = (incoming: Incoming): Headers => authHeaders(incoming, edge);

  const door: Door = {
    database,
    edge,
    async enter(who, incoming) {
      const userId = await userOf(database, who);
      const opened = await auth.api.openSession({
        body: { userId },
        headers: headers(incoming),
        returnHeaders: true,
      });
      const viewer = await viewerOf(database, userId, opened.response);
      if (viewer === null) throw new Error(`${who} lost its user while it signed in`);
      return { viewer, cookies: opened.headers.getSetCookie() };
    },
  };

  const sessionOf = (incoming: Incoming, disableRefresh: boolean) =>
    auth.api.getSession({
      headers: headers(incoming),
      query: { disableRefresh },
      returnHeaders: true,
    });

  const refresh = async (incoming: Incoming, disableRefresh: boolean): Promise<Entry | null> => {
    if (header(incoming, 'cookie') === undefined || !isOwnPage(incoming, edge)) return null;
    const { response, headers: answered } = await sessionOf(incoming, disableRefresh);
    if (response === null) return null;
    const { id, expiresAt, userId } = response.session;
    const viewer = await viewerOf(database, userId, { session: id, expires: expiresAt });
    return viewer && { viewer, cookies: answered.getSetCookie() };
  };

  return {
    door,
    handle: (request, incoming) => handle(auth, request, headers(incoming)),
    identify: async incoming => (await refresh(incoming, true))?.viewer ?? null,
    refresh: incoming => refresh(incoming, false),
    async signOut(incoming, which) {
      const entry = await refresh(incoming, true);
      // Ended here and not by better-auth, which answers "signed out" even when the row would not go.
      if (entry !== null) {
        const address = clientAddress(incoming, edge);
        const ended = await endSessions(database, { viewer: entry.viewer, which, address });
        for (const session of ended) revocations.tell({ type: 'SessionEnded', session });
      }
      const left = await auth.api.signOut({ headers: headers(incoming), returnHeaders: true });
      return left.headers.getSetCookie();
    },
    async rename(viewer, name) {
      const refused = await database.transaction(async at => {
        if (viewer.role !== 'instructor') {
          const labs = await labsOf(at, viewer.person);
          const imitated = await imitation(at, name, { labs, not: viewer.person });
          if (imitated !== null) return imitated;
        }
        await at.update(person).set({ name }).where(eq(person.id, viewer.person));
        await record(at, {
          action: 'Renamed',
          person: viewer.person,
          detail: { before: viewer.name, after: name },
        });
        return null;
      });
      if (refused !== null) return refused;
      revocations.tell({ type: 'PersonRenamed', person: viewer.person });
      return ok(undefined);
    },
  };
};

/** Held to the end, in one order, against whoever joins one of them meanwhile. */
const labsOf = async (at: Statements, who: PersonId): Promise<readonly LabId[]> => {
  const labs = await at
    .select({ id: lab.id })
    .from(lab)
    .innerJoin(membership, and(eq(membership.lab, lab.id), eq(membership.person, who)))
    .orderBy(asc(lab.id))
    .for('no key update');
  return labs.map(({ id }) => id);
};

/** Only what better-auth may know of a request: nothing that a browser could use to pose as another. */
const authHeaders = (incoming: Incoming, edge: Edge): Headers => {
  const headers = new Headers({ [ADDRESS_HEADER]: clientAddress(incoming, edge) });
  for (const name of ['cookie', 'user-agent']) {
    const value = header(incoming, name);
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
};

const handle = async (auth: Auth, request: Request, headers: Headers): Promise<Response> => {
  const { pathname } = new URL(request.url);
  if (!AUTH_ROUTES.includes(`${request.method} ${pathname}`)) {
    return new Response(null, { status: 404 });
  }
  for (const name of ['origin', 'content-type']) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const body = await request.text();
  return auth.handler(new Request(request.url, { method: request.method, headers, body }));
};

/** The user of better-auth behind a person, made when there is none. Its address leads nowhere (RFC 2606). */
const userOf = async (database: Database, who: PersonId): Promise<string> =>
  database.transaction(async at => {
    const [found] = await at
      .select({ name: person.name, user: person.authUser })
      .from(person)
      .where(eq(person.id, who))
      .for('update');
    if (found === undefined) throw new Error(`${who} is nobody`);
    if (found.user !== null) return found.user;

    const id = who.slice('person:'.length);
    await at.insert(authUser).values({ id, name: found.name, email: `${id}@guest.invalid` });
    await at.update(person).set({ authUser: id }).where(eq(person.id, who));
    return id;
  });

const viewerOf = async (
  database: Database,
  userId: string,
  session: { readonly session: string; readonly expires: Date },
): Promise<Viewer | null> => {
  const [found] = await database
    .select({ person: person.id, name: person.name, role: person.role })
    .from(person)
    .where(eq(person.authUser, userId));
  return found === undefined ? null : { ...found, ...session };
};

const endSessions = (
  database: Database,
  { viewer, which, address }: { viewer: Viewer; which: 'this' | 'every'; address: string },
): Promise<readonly string[]> =>
  database.transaction(async at => {
    const [user] = await at
      .select({ id: person.authUser })
      .from(person)
      .where(eq(person.id, viewer.person));
    const these =
      which === 'every' && user?.id
        ? eq(authSession.userId, user.id)
        : eq(authSession.id, viewer.session);
    const ended = await at.delete(authSession).where(these).returning({ id: authSession.id });
    const action = which === 'every' ? 'SignedOutEverywhere' : 'SignedOut';
    await record(at, { action, person: viewer.person, address });
    return ended.map(({ id }) => id);
  });
