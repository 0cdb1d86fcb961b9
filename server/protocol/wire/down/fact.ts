import { z } from 'zod';
import type { Json } from '../../../base/json.ts';
import type { Fact } from '../../fact.ts';
import type { SimTime } from '../../time.ts';
import { turn } from '../position.ts';

const component = z.enum([
  'person',
  'vmms',
  'vmwp',
  'vid',
  'winhv',
  'hypervisor',
  'vmbusr',
  'vmbus',
  'storvsp',
  'storvsc',
  'netvsp',
  'netvsc',
  'vmswitch',
  'vhdmp',
  'ic',
  'firmware',
  'guest',
  'hardware',
  'management-os',
  'lab',
]);

export const labTime = z
  .custom<SimTime>(value => Number.isSafeInteger(value))
  .meta({ type: 'integer', description: 'lab time: 100 ns ticks since the lab began' });

export const fact = z
  .strictObject({
    n: z.int().describe('counts the facts of a branch without gaps'),
    turn,
    at: labTime,
    kind: z.enum([
      'action',
      'step',
      'hypercall',
      'intercept',
      'vmbus',
      'packet',
      'state',
      'event',
      'process',
      'guest',
      'fault',
    ]),
    from: component.describe('who did it'),
    to: component.nullable(),
    host: z.templateLiteral(['host:', z.string()]).nullable(),
    vm: z.templateLiteral(['vm:', z.string()]).nullable(),
    cause: z.int().nullable().describe('the fact this one follows from'),
    audience: z.enum(['everyone', 'instructor']),
    summary: z.string().describe('what happened, in one line'),
    data: z
      .custom<{ readonly [key: string]: Json }>(value => typeof value === 'object')
      .meta({ type: 'object', description: 'the facts of the case' }),
  })
  .readonly()
  .meta({ title: 'fact', description: 'Something that happened: appended, never edited.' });

// Either side of these two lines stops compiling when the schema and the type come apart.
fact satisfies z.ZodType<Fact>;
((value: Fact) => value) satisfies (value: Fact) => z.output<typeof fact>;
