import { z } from 'zod';
import { ROLES } from '../../role.ts';

const person = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    online: z.boolean(),
    view: z.string().nullable(),
    selection: z.string().nullable(),
    typing: z.string().nullable(),
  })
  .readonly();

export const people = z
  .strictObject({
    t: z.literal('people'),
    all: z.boolean().describe('everybody who is there; otherwise only who changed'),
    people: z.array(person).readonly(),
  })
  .readonly()
  .describe('Who is there and looks at what. Ephemeral: only the last state of each counts.');
