import { z } from 'zod';
import { fail, ok } from '../../base/result.ts';
import { SIGN_IN } from './limit.ts';
import { readName } from './name.ts';
import { houseRoute, openRoute } from './route.ts';
import { me, meOf, token } from './shape.ts';

export const signIn = openRoute(
  {
    method: 'post',
    path: '/api/sign-in',
    anyone: 'the token of a sign-in link is the proof',
    about: 'Uses a sign-in link that the server printed. It works once, for 15 minutes.',
    limits: [SIGN_IN],
    body: z.strictObject({ token }),
    answer: me,
    faults: ['link'],
  },
  async ({ deps, body, incoming }) => {
    const entry = await deps.signInLinks.redeem(body.token, incoming);
    if (!entry.ok) return entry;
    return ok({ body: meOf(entry.value.viewer), cookies: entry.value.cookies });
  },
);

export const signOut = openRoute(
  {
    method: 'post',
    path: '/api/sign-out',
    anyone: 'who has no session any more may still forget its cookie',
    about: 'Ends this session, or every session of this person; their sockets are closed.',
    body: z.strictObject({ everywhere: z.boolean().default(false) }),
  },
  async ({ deps, body, incoming }) =>
    ok({
      body: null,
      cookies: await deps.identity.signOut(incoming, body.everywhere ? 'every' : 'this'),
    }),
);

export const whoAmI = houseRoute(
  {
    method: 'get',
    path: '/api/me',
    verb: 'house.self',
    about: 'Who is signed in. Lengthens the session.',
    answer: me,
  },
  async ({ deps, incoming }) => {
    const entry = await deps.identity.refresh(incoming);
    if (entry === null) return fail({ kind: 'not-signed-in' });
    return ok({ body: meOf(entry.viewer), cookies: entry.cookies });
  },
);

export const rename = houseRoute(
  {
    method: 'patch',
    path: '/api/me',
    verb: 'house.self',
    about: 'Changes the name that others see.',
    body: z.strictObject({ name: z.string().max(400) }),
    answer: me,
    faults: ['name'],
  },
  async ({ deps, body, viewer }) => {
    const name = readName(body.name);
    if (!name.ok) return name;
    const renamed = await deps.identity.rename(viewer, name.value);
    if (!renamed.ok) return renamed;
    return ok({ body: meOf({ ...viewer, name: name.value }) });
  },
);
