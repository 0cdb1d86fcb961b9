import { z } from 'zod';

export const lag = z
  .strictObject({
    t: z.literal('lag'),
    mode: z
      .enum(['live', 'thinned', 'catching-up'])
      .describe(
        '`thinned`: gauges and people wait, trace is dropped; `catching-up`: packets too, and are told together later',
      ),
    windowMs: z
      .int()
      .min(0)
      .describe('how long a busy server collects what changes before it sends it; 0 is not at all'),
    bytes: z.int().min(0).describe('what this connection had not read yet'),
    dropped: z.int().min(0).describe('trace messages not sent since the last `lag`'),
  })
  .readonly()
  .describe(
    'This connection reads more slowly than the lab writes, or the server has much to do; and what is done about it.',
  );
