import { z } from 'zod';
import { turn } from '../position.ts';

/** A record on the wire: id, the turn that last changed it, the fact behind that, its columns. */
export const wireRecord = z
  .tuple([
    z.string().describe('id'),
    turn.describe('rev: the turn that last changed it'),
    z.int().describe('cause: the fact that change follows from; 0 for none'),
    z.record(z.string(), z.unknown()).readonly().describe('columns by name'),
  ])
  .readonly()
  .meta({ title: 'record', description: 'What is true of one thing, or what of it changed.' });

export type WireRecord = z.output<typeof wireRecord>;
