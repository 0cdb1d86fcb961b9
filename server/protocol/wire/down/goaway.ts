import { z } from 'zod';

export const goaway = z
  .strictObject({
    t: z.literal('goaway'),
    why: z.enum(['drain', 'version']),
    retryMs: z.number().describe('spread by the server, so that a drain is no storm'),
  })
  .readonly()
  .describe('The server closes this connection now; come back after `retryMs`.');
