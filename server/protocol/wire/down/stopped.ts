import { z } from 'zod';

export const stopped = z
  .strictObject({
    t: z.literal('stopped'),
    reason: z.enum(['bug', 'database', 'moved', 'archived']),
    message: z.string(),
    retryMs: z
      .number()
      .nullable()
      .describe('when the server tries again by itself; null when somebody has to decide'),
  })
  .readonly()
  .describe('The lab could not go on. Connections stay; watching goes on after `ready`.');
