import { z } from 'zod';
import type { Json } from '../../../base/json.ts';
import type { OperationResult } from '../../operation/index.ts';
import { lineage, turn } from '../position.ts';

const json = z.custom<Json>(value => value !== undefined).meta({ description: 'any JSON' });

const result = z
  .discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: json }).readonly(),
    z
      .strictObject({
        ok: z.literal(false),
        fault: z
          .strictObject({
            kind: z.string(),
            message: z.string(),
            code: z.number().nullable().describe('HRESULT or Msvm return code of the real product'),
            data: z
              .custom<{ readonly [key: string]: Json }>(value => typeof value === 'object')
              .meta({ type: 'object' }),
          })
          .readonly(),
      })
      .readonly(),
  ])
  .describe('what the operation came to: done, or refused with the real error');

result satisfies z.ZodType<OperationResult>;
((value: OperationResult) => value) satisfies (value: OperationResult) => z.output<typeof result>;

export const answer = z
  .strictObject({
    t: z.literal('answer'),
    id: z.string().describe('of the command'),
    seq: z.int().nullable().describe('its number in the journal; null when it was never journaled'),
    turn: turn.nullable(),
    lineage,
    result,
    again: z.boolean().describe('this id was answered before: the stored result'),
  })
  .readonly()
  .describe('After the packets that show the command’s effect, and never before its commit.');
