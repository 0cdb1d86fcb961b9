import { z } from 'zod';

export const command = z
  .strictObject({
    t: z.literal('command'),
    id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,64}$/u)
      .describe('client-made, unique for the lab’s life: sent again, it is done once'),
    op: z.string().min(1).max(60).describe('the name of an operation'),
    args: z.record(z.string().max(60), z.unknown()).describe('the arguments of that operation'),
  })
  .describe(
    'Submits an operation. Answered once by `answer`, or by `error` when the border stops it.',
  );
