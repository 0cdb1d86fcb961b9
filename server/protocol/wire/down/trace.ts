import { z } from 'zod';
import type { Trace } from '../../fact.ts';
import { turn } from '../position.ts';
import { scope } from '../scope.ts';
import { labTime } from './fact.ts';

const entry = z
  .strictObject({
    turn,
    at: labTime,
    channel: z.string(),
    vm: z.templateLiteral(['vm:', z.string()]),
    summary: z.string(),
    packet: z.int().describe('the number of this packet on its channel'),
    rate: z.int().describe('one in how many packets is kept here'),
    bytes: z.string().describe('hexadecimal'),
  })
  .readonly();

entry satisfies z.ZodType<Trace>;
((value: Trace) => value) satisfies (value: Trace) => z.output<typeof entry>;

export const trace = z
  .strictObject({
    t: z.literal('trace'),
    scope,
    entries: z.array(entry).readonly(),
    dropped: z.int().min(0).describe('entries left out of this sample'),
  })
  .readonly()
  .describe(
    'Data packets, signals and port intercepts: sampled, dropped first when reading is slow.',
  );
