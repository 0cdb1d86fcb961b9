import { z } from 'zod';
import { lineage, turn } from '../position.ts';
import { scope } from '../scope.ts';
import { fact, labTime } from './fact.ts';
import { wireRecord } from './record.ts';

export const packet = z
  .strictObject({
    t: z.literal('packet'),
    scope,
    lineage,
    from: turn,
    to: turn,
    at: labTime,
    put: z
      .array(wireRecord)
      .readonly()
      .describe('changed columns, or all of them for a record that is new to the scope'),
    gone: z.array(z.string()).readonly().describe('ids of records that left the scope'),
    facts: z.array(fact).readonly(),
  })
  .readonly()
  .describe(
    'What happened in a scope in turns `from`..`to`. One that ends at or before the client’s own turn says nothing new; one that begins later than the next turn leaves a gap, and the client watches again from where it is.',
  );
