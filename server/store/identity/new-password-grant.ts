import { and, eq, gt, like, lt, sql } from 'drizzle-orm';
import { authVerification } from '../../../db/identity.ts';
import type { Database, Statements } from './database.ts';
import { randomName } from './token.ts';

// Whoever has just used a sign-in link has shown more than a password: that session may set a new one
// without knowing the old. So a forgotten password needs no letter, only whoever runs the server.

const MINUTES = 15;
const KIND = 'new-password';
const of = (session: string): string => `${KIND} ${session}`;

export const grantNewPassword = async (database: Database, session: string): Promise<void> => {
  await database
    .delete(authVerification)
    .where(
      and(like(authVerification.identifier, of('%')), lt(authVerification.expiresAt, sql`now()`)),
    );
  await database.insert(authVerification).values({
    id: randomName(24),
    identifier: of(session),
    value: '',
    expiresAt: sql`now() + make_interval(mins => ${MINUTES})`,
  });
};

const isOpen = (session: string) =>
  and(eq(authVerification.identifier, of(session)), gt(authVerification.expiresAt, sql`now()`));

export const mayNewPassword = async (at: Statements, session: string): Promise<boolean> => {
  const found = await at
    .select({ id: authVerification.id })
    .from(authVerification)
    .where(isOpen(session));
  return found.length > 0;
};

/** True once. */
export const useNewPassword = async (at: Statements, session: string): Promise<boolean> => {
  const used = await at
    .delete(authVerification)
    .where(isOpen(session))
    .returning({ id: authVerification.id });
  return used.length > 0;
};
