import { z } from 'zod';
import { lineage, turn } from '../position.ts';
import { scope } from '../scope.ts';
import { labTime } from './fact.ts';

export const beat = z
  .strictObject({
    t: z.literal('beat'),
    scope,
    lineage,
    turn,
    at: labTime,
    speed: z.int().min(0).describe('of lab time, in thousandths; 0 stands still'),
    hash: z.string().describe('what a client of this scope must have at that turn'),
  })
  .readonly()
  .describe(
    'Once a second per scope. A client whose own hash is equal is at that turn, whatever it had before.',
  );
