import { z } from 'zod';
import { fail, ok } from '../../base/result.ts';
import { isEmail, PASSWORD_LEAST, PASSWORD_MOST, tidyEmail } from '../../protocol/password.ts';
import { PASSWORD, PASSWORD_OF_ONE } from './limit.ts';
import { houseRoute, openRoute } from './route.ts';
import { account, me, meOf, session, sessionOf } from './shape.ts';

const email = z
  .string()
  .max(1_000)
  .transform(tidyEmail)
  .refine(isEmail, 'is no e-mail address')
  .meta({ description: 'Any case; nothing is ever sent to it' });

/** Not one that was once allowed: the rule may have become stricter since. */
const anyPassword = z.string().max(PASSWORD_MOST);

export const signInByPassword = openRoute(
  {
    method: 'post',
    path: '/api/sign-in/password',
    anyone: 'the password is the proof',
    about: 'Signs in whoever has set a password. Which of the two is wrong is not told.',
    limits: [PASSWORD],
    body: z.strictObject({ email, password: anyPassword }),
    answer: me,
    faults: ['credentials'],
  },
  async ({ deps, body, incoming }) => {
    const taken = await deps.attempts.take(PASSWORD_OF_ONE, body.email);
    if (!taken.ok) return taken;
    const entry = await deps.accounts.signIn(body, incoming);
    if (!entry.ok) return entry;
    return ok({ body: meOf(entry.value.viewer), cookies: entry.value.cookies });
  },
);

export const readAccount = houseRoute(
  {
    method: 'get',
    path: '/api/me/account',
    verb: 'house.self',
    about: 'Whether one has a password, and for which e-mail address.',
    answer: account,
  },
  async ({ deps, viewer }) => ok({ body: await deps.accounts.accountOf(viewer) }),
);

export const setPassword = houseRoute(
  {
    method: 'post',
    path: '/api/me/password',
    verb: 'house.self',
    about:
      'Sets the e-mail address and the password to sign in with; a guest has an account from then on. Every other session ends.',
    limits: [PASSWORD],
    body: z.strictObject({
      email,
      password: z.string().min(PASSWORD_LEAST).max(PASSWORD_MOST),
      current: anyPassword
        .optional()
        .meta({ description: 'Needed when there is one, except just after a sign-in link' }),
    }),
    answer: account,
    faults: ['password', 'email-taken'],
  },
  async ({ deps, body, viewer, address }) => {
    const taken = await deps.attempts.take(PASSWORD_OF_ONE, viewer.person);
    if (!taken.ok) return taken;
    const wanted = { ...body, current: body.current ?? null };
    const set = await deps.accounts.setPassword(viewer, wanted, address);
    if (!set.ok) return set;
    return ok({ body: await deps.accounts.accountOf(viewer) });
  },
);

export const listSessions = houseRoute(
  {
    method: 'get',
    path: '/api/me/sessions',
    verb: 'house.self',
    about: 'Where one is signed in, the newest first.',
    answer: z.strictObject({ sessions: z.array(session) }),
  },
  async ({ deps, viewer }) => {
    const own = await deps.accounts.sessionsOf(viewer);
    return ok({ body: { sessions: own.map(one => sessionOf(one, viewer)) } });
  },
);

export const endSession = houseRoute(
  {
    method: 'delete',
    path: '/api/me/sessions/:session',
    verb: 'house.self',
    about: 'Signs one out there; its sockets are closed.',
    faults: ['not-found'],
  },
  async ({ deps, params, viewer, address }) => {
    const id = params['session'] ?? '';
    // Also keeps from the database what Postgres cannot hold in a text.
    const ended =
      /^[\w-]{1,100}$/.test(id) && (await deps.accounts.endSession(viewer, id, address));
    return ended ? ok({ body: null }) : fail({ kind: 'not-found' });
  },
);
