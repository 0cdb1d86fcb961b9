import { z } from 'zod';

/** Others see it, so nothing in it may turn the direction of their text or hide in it. */
const shown = (length: number) =>
  z
    .string()
    .max(length)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);

export const presence = z
  .strictObject({
    t: z.literal('presence'),
    view: shown(200).nullable().describe('what this person has open'),
    selection: shown(200).nullable(),
    typing: shown(120).nullable().describe('where this person is typing'),
  })
  .describe('What this person looks at. Ephemeral: shown to the others, never stored.');
