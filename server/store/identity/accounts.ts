import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { and, desc, eq, gt, ne, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { authAccount, authSession, authUser, person } from '../../../db/identity.ts';
import { must } from '../../base/assert.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { clientAddress } from '../../course/edge.ts';
import type {
  Accounts,
  NewPassword,
  OwnSession,
  PasswordFault,
  Revocations,
  Viewer,
} from '../../course/port.ts';
import { type Database, record, type Statements } from './database.ts';
import type { Door } from './identity.ts';
import { mayNewPassword, useNewPassword } from './new-password-grant.ts';
import { randomName } from './token.ts';

// Passwords, as better-auth keeps and hashes them (scrypt, on the thread pool). Its own routes for them
// stay shut: they know neither our audit nor the person, and would take over a session that came along.

const PROVIDER = 'credential';

/** Of nobody's password. Without it an address that nobody has would be refused sooner than one that is. */
const NOBODYS = `${'0'.repeat(32)}:${'0'.repeat(128)}`;

/** What `userOf` writes for somebody who has no address. */
const NO_ADDRESS = '@guest.invalid';

export const createAccounts = (door: Door, revocations: Revocations): Accounts => {
  const { database, edge } = door;
  const tell = (sessions: readonly string[]): void => {
    for (const session of sessions) revocations.tell({ type: 'SessionEnded', session });
  };
  return {
    async signIn({ email, password }, incoming) {
      const address = clientAddress(incoming, edge);
      const held = await heldBy(database, email);
      const isRight = await verifyPassword({ hash: held?.hash ?? NOBODYS, password });
      if (held === null || !isRight) {
        await record(database, { action: 'SignInRefused', person: held?.person ?? null, address });
        return fail({ kind: 'credentials' });
      }
      const entry = await door.enter(held.person, incoming);
      const { session } = entry.viewer;
      // Changed meanwhile: whoever changed it ended the sessions there were, and this one came later.
      if ((await heldBy(database, email))?.hash !== held.hash) {
        await database.delete(authSession).where(eq(authSession.id, session));
        tell([session]);
        return fail({ kind: 'credentials' });
      }
      await record(database, {
        action: 'SignedIn',
        person: held.person,
        address,
        detail: { by: 'password' },
      });
      return ok(entry);
    },

    async accountOf(viewer) {
      const { email, hash } = await credentialOf(database, viewer);
      const knows = hash !== null && !(await mayNewPassword(database, viewer.session));
      return { email: email.endsWith(NO_ADDRESS) ? null : email, asksCurrent: knows };
    },

    async setPassword(viewer, wanted, address) {
      const set = await setPassword(database, viewer, { ...wanted, address });
      if (!set.ok) return set;
      tell(set.value);
      return ok(undefined);
    },

    sessionsOf: viewer => sessionsOf(database, viewer),

    async endSession(viewer, session, address) {
      const ended = await database.transaction(async at => {
        const gone = await at
          .delete(authSession)
          .where(and(eq(authSession.id, session), eq(authSession.userId, userIdOf(viewer))))
          .returning({ id: authSession.id });
        if (gone.length > 0)
          await record(at, { action: 'SessionEnded', person: viewer.person, address });
        return gone.map(({ id }) => id);
      });
      tell(ended);
      return ended.length > 0;
    },
  };
};

const userIdOf = ({ person: id }: Viewer) =>
  sql`(select ${person.authUser} from ${person} where ${person.id} = ${id})`;

const isCredential = and(eq(authAccount.userId, authUser.id), eq(authAccount.providerId, PROVIDER));

const heldBy = async (database: Database, email: string) => {
  const [found] = await database
    .select({ person: person.id, hash: authAccount.password })
    .from(authUser)
    .innerJoin(person, eq(person.authUser, authUser.id))
    .innerJoin(authAccount, isCredential)
    .where(eq(authUser.email, email));
  return found === undefined || found.hash === null ? null : { ...found, hash: found.hash };
};

const credentialOf = async (at: Statements, viewer: Viewer) => {
  const [found] = await at
    .select({ user: authUser.id, email: authUser.email, hash: authAccount.password })
    .from(authUser)
    .leftJoin(authAccount, isCredential)
    .where(eq(authUser.id, userIdOf(viewer)));
  return must(found, 'whoever has a session has a user');
};

interface Wanted extends NewPassword {
  readonly address: string;
}

/** Says which sessions it ended. */
const setPassword = async (
  database: Database,
  viewer: Viewer,
  wanted: Wanted,
): Promise<Result<readonly string[], PasswordFault>> => {
  const { current, email, password } = wanted;
  if (email.endsWith(NO_ADDRESS)) return fail({ kind: 'email-taken' });
  // Both take a while, so they come before the transaction, which looks whether it is still so.
  const { hash: before } = await credentialOf(database, viewer);
  const knows =
    before !== null &&
    current !== null &&
    (await verifyPassword({ hash: before, password: current }));
  const hash = await hashPassword(password);
  try {
    return await database.transaction(at => keep(at, viewer, { ...wanted, before, knows, hash }));
  } catch (error) {
    if (isTaken(error)) return fail({ kind: 'email-taken' });
    throw error;
  }
};

interface Hashed extends Wanted {
  readonly before: string | null;
  readonly knows: boolean;
  readonly hash: string;
}

const keep = async (
  at: Statements,
  viewer: Viewer,
  { before, knows, hash, email, address }: Hashed,
): Promise<Result<readonly string[], PasswordFault>> => {
  await at.select().from(person).where(eq(person.id, viewer.person)).for('update');
  const now = await credentialOf(at, viewer);
  const granted = await useNewPassword(at, viewer.session);
  const mayChange = now.hash === null || granted || (knows && now.hash === before);
  if (!mayChange) return fail({ kind: 'password' });

  await at
    .update(authUser)
    .set({ email, updatedAt: sql`now()` })
    .where(eq(authUser.id, now.user));
  await at
    .delete(authAccount)
    .where(and(eq(authAccount.userId, now.user), eq(authAccount.providerId, PROVIDER)));
  await at.insert(authAccount).values({
    id: randomName(24),
    accountId: now.user,
    providerId: PROVIDER,
    userId: now.user,
    password: hash,
  });
  const ended = await at
    .delete(authSession)
    .where(and(eq(authSession.userId, now.user), ne(authSession.id, viewer.session)))
    .returning({ id: authSession.id });
  const action = now.hash === null ? 'AccountMade' : 'PasswordSet';
  await record(at, { action, person: viewer.person, address });
  return ok(ended.map(({ id }) => id));
};

const sessionsOf = (database: Database, viewer: Viewer): Promise<readonly OwnSession[]> =>
  database
    .select({
      session: authSession.id,
      startedAt: authSession.createdAt,
      lastSeenAt: authSession.updatedAt,
      expires: authSession.expiresAt,
      address: authSession.ipAddress,
      userAgent: authSession.userAgent,
    })
    .from(authSession)
    .where(and(eq(authSession.userId, userIdOf(viewer)), gt(authSession.expiresAt, sql`now()`)))
    .orderBy(desc(authSession.createdAt), desc(authSession.id));

/** unique_violation of the address: two who want it at once are told the same as one who comes later. */
const isTaken = (error: unknown): boolean => {
  const cause = error instanceof Error ? (error.cause ?? error) : null;
  return (
    cause instanceof postgres.PostgresError &&
    cause.code === '23505' &&
    cause.constraint_name === 'auth_user_email_unique'
  );
};
