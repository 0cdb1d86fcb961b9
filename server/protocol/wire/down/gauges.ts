import { z } from 'zod';
import { scope } from '../scope.ts';
import { labTime } from './fact.ts';

export const gauges = z
  .strictObject({
    t: z.literal('gauges'),
    scope,
    at: labTime,
    values: z
      .array(z.tuple([z.string(), z.record(z.string(), z.number()).readonly()]).readonly())
      .readonly()
      .describe('by record id: all counters of each record of which one moved'),
  })
  .readonly()
  .describe('Last values of counters, for who asked, at a rate the reader can take.');
