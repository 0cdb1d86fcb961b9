import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { person, signInLink } from '../../../db/identity.ts';
import { fail, ok } from '../../base/result.ts';
import { clientAddress } from '../../course/edge.ts';
import type { SignInLink, SignInLinks } from '../../course/port.ts';
import type { PersonId } from '../../protocol/id.ts';
import { type Database, record, type Statements } from './database.ts';
import type { Door } from './identity.ts';
import { grantNewPassword } from './new-password-grant.ts';
import { hashOf, newToken, randomName } from './token.ts';

const MINUTES = 15;
const FIRST_INSTRUCTOR = 'Instructor';

/** Usable without a server: the tool that prints a link has nothing but the database. */
export const mintSignInLink = async (database: Database, name?: string): Promise<SignInLink> => {
  const { token, hash } = newToken();
  const expires = await database.transaction(async at => {
    // Old hashes open nothing; a month of them is kept for whoever reads the audit.
    await at.delete(signInLink).where(sql`${signInLink.expiresAt} < now() - interval '30 days'`);
    const [made] = await at
      .insert(signInLink)
      .values({
        tokenHash: hash,
        name: name ?? null,
        expiresAt: sql`now() + make_interval(mins => ${MINUTES})`,
      })
      .returning({ expires: signInLink.expiresAt });
    await record(at, { action: 'SignInLinkMade', person: null, detail: { name: name ?? null } });
    if (made === undefined) throw new Error('an inserted row is returned');
    return made.expires;
  });
  return { token, expires };
};

export const createSignInLinks = (door: Door): SignInLinks => ({
  mint: name => mintSignInLink(door.database, name),
  async redeem(token, incoming) {
    const tokenHash = hashOf(token);
    if (tokenHash === null) return fail({ kind: 'link' });
    const address = clientAddress(incoming, door.edge);
    const who = await door.database.transaction(at => useLink(at, tokenHash, address));
    if (who === null) return fail({ kind: 'link' });
    const entry = await door.enter(who, incoming);
    await grantNewPassword(door.database, entry.viewer.session);
    return ok(entry);
  },
});

const useLink = async (
  at: Statements,
  tokenHash: string,
  address: string,
): Promise<PersonId | null> => {
  // Marked and read in one statement: of two clicks at once one finds it.
  const [used] = await at
    .update(signInLink)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(signInLink.tokenHash, tokenHash),
        isNull(signInLink.usedAt),
        gt(signInLink.expiresAt, sql`now()`),
      ),
    )
    .returning({ name: signInLink.name });
  if (used === undefined) return null;

  const who = await instructor(at, used.name);
  await record(at, { action: 'SignedIn', person: who, address });
  return who;
};

/** The oldest instructor, or the oldest of that name; made when there is none. */
const instructor = async (at: Statements, name: string | null): Promise<PersonId> => {
  const found = await findInstructor(at, name);
  if (found !== null) return found;

  // Two links of a new house, used at the same moment, make one instructor.
  await at.execute(sql`lock table ${person} in share row exclusive mode`);
  const meanwhile = await findInstructor(at, name);
  if (meanwhile !== null) return meanwhile;
  const id: PersonId = `person:${randomName(16)}`;
  await at.insert(person).values({ id, name: name ?? FIRST_INSTRUCTOR, role: 'instructor' });
  return id;
};

const findInstructor = async (at: Statements, name: string | null): Promise<PersonId | null> => {
  const isInstructor = eq(person.role, 'instructor');
  const [found] = await at
    .select({ id: person.id })
    .from(person)
    .where(name === null ? isInstructor : and(isInstructor, eq(person.name, name)))
    .orderBy(asc(person.createdAt), asc(person.id))
    .limit(1);
  return found?.id ?? null;
};
