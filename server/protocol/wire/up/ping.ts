import { z } from 'zod';

export const ping = z
  .strictObject({ t: z.literal('ping'), n: z.int().min(0) })
  .describe('Asks for a `pong` with the same number. Any message counts as a sign of life.');
