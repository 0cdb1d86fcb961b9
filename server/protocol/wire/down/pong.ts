import { z } from 'zod';

export const pong = z
  .strictObject({ t: z.literal('pong'), n: z.int() })
  .readonly()
  .describe('The answer to `ping`.');
