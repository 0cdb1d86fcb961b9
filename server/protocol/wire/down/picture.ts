import { z } from 'zod';
import { lineage, turn } from '../position.ts';
import { scope } from '../scope.ts';
import { fact, labTime } from './fact.ts';
import { wireRecord } from './record.ts';

export const picture = z
  .strictObject({
    t: z.literal('picture'),
    scope,
    lineage,
    turn,
    at: labTime,
    part: z.int().min(0).describe('counted from 0'),
    last: z.boolean(),
    records: z.array(wireRecord).readonly(),
    facts: z.array(fact).readonly().describe('the last ones of the scope, oldest first'),
  })
  .readonly()
  .describe(
    'The full state of a scope. A large one comes in parts, which are applied as one at the last.',
  );
