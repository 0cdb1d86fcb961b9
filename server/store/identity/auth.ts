import { createHash } from 'node:crypto';
import { betterAuth, type BetterAuthPlugin } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { createAuthEndpoint, getSessionFromCtx } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import {
  authAccount,
  authRateLimit,
  authSession,
  authUser,
  authVerification,
} from '../../../db/identity.ts';
import type { Edge } from '../../course/edge.ts';
import type { Revocations } from '../../course/port.ts';
import type { Database } from './database.ts';

// better-auth keeps sessions and signs their cookies. Who may have one is decided by us, before: its
// own ways in (e-mail, anonymous) are not switched on, and none of them is mounted.

const DAY = 24 * 60 * 60;

/** A course lasts weeks; a guest who clears nothing stays the same guest. */
const SESSION_SECONDS = 30 * DAY;

/** better-auth believes X-Forwarded-For of anybody; this header is only ever written by ourselves. */
export const ADDRESS_HEADER = 'x-enlighten-address';

export interface AuthOptions {
  readonly database: Database;
  readonly secret: string;
  readonly edge: Edge;
  readonly revocations: Revocations;
  readonly log: (message: string) => void;
}

export type Auth = ReturnType<typeof buildAuth>;

export const buildAuth = ({ database, secret, edge, revocations, log }: AuthOptions) =>
  betterAuth({
    appName: 'Enlighten',
    secret,
    basePath: '/api/auth',
    // Only its path is used when the house has no address of its own to tell.
    baseURL: edge.publicUrl ?? 'http://localhost',
    // http has compared Origin with our own address before anything comes here.
    trustedOrigins: request => [request?.headers.get('origin')],
    database: drizzleAdapter(database, {
      provider: 'pg',
      transaction: true,
      schema: {
        user: authUser,
        session: authSession,
        account: authAccount,
        verification: authVerification,
        rateLimit: authRateLimit,
      },
    }),
    emailAndPassword: { enabled: false },
    session: { expiresIn: SESSION_SECONDS, updateAge: DAY },
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 60 },
    advanced: {
      cookiePrefix: cookiePrefix(secret),
      // Over plain http a Secure cookie is not kept, and a class in one room has no https.
      useSecureCookies: edge.publicUrl?.startsWith('https:') ?? false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    databaseHooks: {
      session: {
        delete: {
          after: async ({ id }) => revocations.tell({ type: 'SessionEnded', session: id }),
        },
      },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message, ...rest) =>
        log([`better-auth ${level}:`, message, ...rest.map(reasonOf)].join(' ')),
    },
    plugins: [door],
  });

/** An exception of a query has its values in it, session tokens among them; its cause has none. */
const reasonOf = (detail: unknown): string => {
  if (!(detail instanceof Error)) return '';
  const { name, message, cause } = detail;
  return cause instanceof Error ? reasonOf(cause) : `${name}: ${message.split('\nparams:')[0]}`;
};

/** Cookies know no ports: two servers on one machine would sign each other's people out. */
const cookiePrefix = (secret: string): string =>
  `enlighten-${createHash('sha256').update(`cookie ${secret}`).digest('hex').slice(0, 8)}`;

/** A session for somebody whom we have let in: never a route, only called from here. */
const openSession = createAuthEndpoint.serverOnly(
  { method: 'POST', body: z.object({ userId: z.string() }), requireHeaders: true },
  async ctx => {
    const { internalAdapter } = ctx.context;
    // What came along is ended, never taken over: nobody prepares a session for somebody else to fill.
    const before = await getSessionFromCtx(ctx, { disableRefresh: true });
    if (before !== null) await internalAdapter.deleteSession(before.session.token);

    const user = await internalAdapter.findUserById(ctx.body.userId);
    const session = user && (await internalAdapter.createSession(ctx.body.userId));
    if (!user || !session) throw new Error('a session for a user that is not there');
    await setSessionCookie(ctx, { session, user }, false);
    return { session: session.id, expires: session.expiresAt };
  },
);

const door = { id: 'enlighten-door', endpoints: { openSession } } satisfies BetterAuthPlugin;
