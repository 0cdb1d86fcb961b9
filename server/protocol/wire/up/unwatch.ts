import { z } from 'zod';
import { scope } from '../scope.ts';

export const unwatch = z
  .strictObject({ t: z.literal('unwatch'), scope })
  .describe('Ends watching a scope.');
