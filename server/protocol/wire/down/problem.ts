import { z } from 'zod';
import type { WireErrorKind } from '../error.ts';
import { WIRE_ERRORS } from '../error.ts';

export const problem = z
  .strictObject({
    t: z.literal('error'),
    kind: z.enum(Object.keys(WIRE_ERRORS) as WireErrorKind[]),
    message: z.string(),
    about: z.string().nullable().describe('the command id or the scope it is about'),
    path: z.string().nullable().describe('where in the message or in `args` it went wrong'),
    retryMs: z.number().nullable().describe('when the same message may be taken; null for never'),
  })
  .readonly()
  .describe(
    'The border refused a message. What closes the connection is followed by its close code.',
  );
