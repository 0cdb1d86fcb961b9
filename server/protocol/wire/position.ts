import { z } from 'zod';

export const lineage = z
  .int()
  .min(0)
  .describe('which history: changes only when history is really replaced');

export const turn = z.int().min(0).describe('a numbered move of the machine; never goes back');

/** Where a client is in a scope: the history it follows and the last turn it has of it. */
export const position = z.strictObject({ lineage, turn });

export type Position = z.output<typeof position>;
