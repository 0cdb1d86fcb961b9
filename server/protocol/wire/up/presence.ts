import { z } from 'zod';

export const presence = z
  .strictObject({
    t: z.literal('presence'),
    view: z.string().max(200).nullable().describe('what this person has open'),
    selection: z.string().max(200).nullable(),
    typing: z.string().max(120).nullable().describe('where this person is typing'),
  })
  .describe('What this person looks at. Ephemeral: shown to the others, never stored.');
