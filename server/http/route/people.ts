import { z } from 'zod';
import { must } from '../../base/assert.ts';
import { fail, ok } from '../../base/result.ts';
import type { PersonId } from '../../protocol/id.ts';
import { labRoute } from './route.ts';
import { person, personOf } from './shape.ts';

export const listPeople = labRoute(
  {
    method: 'get',
    path: '/api/labs/:lab/people',
    verb: 'person.list',
    about:
      'Everybody who was ever let into the lab, here now or not: whose name belongs to what was done.',
    answer: z.strictObject({ people: z.array(person) }),
  },
  async ({ deps, lab }) =>
    ok({ body: { people: (await deps.people.list(lab.lab)).map(personOf) } }),
);

export const removePerson = labRoute(
  {
    method: 'delete',
    path: '/api/labs/:lab/people/:person',
    verb: 'person.remove',
    about:
      'Takes the right to be in the lab from somebody, and closes the sockets. Not from the owner.',
  },
  async ({ deps, lab, params, viewer }) => {
    const text = must(params['person'], 'the path has it');
    if (!isPersonId(text)) return fail({ kind: 'not-found' });
    const removed = await deps.people.remove(lab.lab, text, viewer.person);
    return removed ? ok({ body: null }) : fail({ kind: 'not-found' });
  },
);

const isPersonId = (text: string): text is PersonId => text.startsWith('person:');
