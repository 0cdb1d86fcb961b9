import { z } from 'zod';
import { must } from '../../base/assert.ts';
import { fail, ok } from '../../base/result.ts';
import { JOIN } from './limit.ts';
import { readName } from './name.ts';
import { openRoute } from './route.ts';
import { lab, labOf, me, meOf, role, token } from './shape.ts';

export const lookAtJoin = openRoute(
  {
    method: 'get',
    path: '/api/join/:token',
    anyone: 'the token of a join link is the proof',
    about: 'Where a join link leads, for the page that asks for a name. Uses nothing up.',
    limits: [JOIN],
    answer: z.strictObject({
      lab: z.strictObject({ lab: z.string(), name: z.string() }),
      role,
      signedInAs: z.string().nullable().meta({ description: 'Then no name is asked for' }),
    }),
    faults: ['link'],
  },
  async ({ deps, params, viewer }) => {
    const found = await deps.joinLinks.look(must(params['token'], 'the path has it'));
    if (found === null) return fail({ kind: 'link' });
    const { lab: id, name, role: as } = found;
    return ok({ body: { lab: { lab: id, name }, role: as, signedInAs: viewer?.name ?? null } });
  },
);

export const join = openRoute(
  {
    method: 'post',
    path: '/api/join',
    anyone: 'the token of a join link is the proof',
    about:
      'Enters a lab by a join link: as the person who is signed in, else as a new guest of that name.',
    limits: [JOIN],
    body: z.strictObject({ token, name: z.string().max(400).optional() }),
    answer: z.strictObject({ lab, me }),
    faults: ['link', 'name', 'quota'],
  },
  async ({ deps, body, incoming, viewer }) => {
    const name = viewer === null ? readName(body.name ?? '') : ok(viewer.name);
    if (!name.ok) return name;
    const joined = await deps.joinLinks.join(body.token, viewer ?? { name: name.value, incoming });
    if (!joined.ok) return joined;

    const { entry } = joined.value;
    const who = must(entry?.viewer ?? viewer, 'who joined is known or was just made');
    const entered = await deps.labs.labFor(joined.value.lab, who.person);
    if (entered === null) return fail({ kind: 'link' }); // archived in this very moment
    return ok({ body: { lab: labOf(entered), me: meOf(who) }, cookies: entry?.cookies ?? [] });
  },
);
