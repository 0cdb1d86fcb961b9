import { z } from 'zod';
import { lineage, turn } from '../position.ts';
import { scope } from '../scope.ts';

export const diverged = z
  .strictObject({
    t: z.literal('diverged'),
    scope,
    lineage,
    turn,
    hash: z.string().max(40).describe('what the client has instead of the hash of the beat'),
  })
  .describe(
    'The client’s own hash of a scope is not that of the beat. Counted; a picture follows.',
  );
