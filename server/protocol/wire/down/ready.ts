import { z } from 'zod';
import { lineage } from '../position.ts';

export const ready = z
  .strictObject({ t: z.literal('ready'), name: z.string().describe('of the lab'), lineage })
  .readonly()
  .describe(
    'The lab runs in memory. After `stopped` it means: watching goes on by itself, and commands that were not answered are sent again.',
  );
