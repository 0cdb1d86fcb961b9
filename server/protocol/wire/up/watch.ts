import { z } from 'zod';
import { position } from '../position.ts';
import { scope } from '../scope.ts';

export const watch = z
  .strictObject({
    t: z.literal('watch'),
    scope,
    from: position
      .nullable()
      .describe('what the client has already; null, or what is too old, gets a picture'),
    gauges: z.boolean().default(false).describe('also the counters of this scope, once a second'),
    trace: z.boolean().default(false).describe('also sampled trace; `vm:` scopes only'),
  })
  .describe('Begins to watch a scope, or begins anew from another position.');
