import { z } from 'zod';
import { ROLES } from '../../role.ts';

export const welcome = z
  .strictObject({
    t: z.literal('welcome'),
    version: z.int().describe('of this protocol'),
    vocabulary: z
      .string()
      .describe(
        'hash of operations and record columns: another one, and a catalogue is out of date',
      ),
    lab: z.string(),
    person: z
      .strictObject({
        id: z.string(),
        name: z.string(),
        role: z.enum(ROLES).describe('in this lab'),
      })
      .readonly(),
    limits: z
      .record(z.string(), z.number())
      .readonly()
      .describe('every limit this server enforces'),
  })
  .readonly()
  .describe('The answer to `hello`: who you are here, and what you may use up.');
