import { z } from 'zod';
import { freeText, idOf } from '../../operation/operation.ts';

/** Characters of one entry: a pasted script fits, and the message stays within its limit. */
export const ENTRY_LIMIT = 24_000;

const columns = z.int().min(40).max(400);
const line = freeText.max(ENTRY_LIMIT);
const cursor = z.int().min(0).max(ENTRY_LIMIT);

const what = z.discriminatedUnion('do', [
  z
    .strictObject({ do: z.literal('list') })
    .describe('tell me of all consoles, now and from now on'),
  z.strictObject({ do: z.literal('open'), host: idOf('host'), columns }),
  z.strictObject({ do: z.literal('close') }),
  z.strictObject({ do: z.literal('look'), from: z.int().min(0).nullable() }),
  z.strictObject({ do: z.literal('leave') }),
  z.strictObject({ do: z.literal('enter'), text: line }).describe('a line, or several, to be run'),
  z.strictObject({ do: z.literal('answer'), text: line }).describe('to the question it asks'),
  z.strictObject({ do: z.literal('cancel') }).describe('Ctrl+C'),
  z.strictObject({ do: z.literal('typing'), text: line, cursor }),
  z.strictObject({ do: z.literal('complete'), text: line, cursor }),
  z.strictObject({ do: z.literal('want'), keyboard: z.boolean() }),
  z.strictObject({ do: z.literal('hand'), to: z.string().max(200) }),
  z
    .strictObject({ do: z.literal('take') })
    .describe('the keyboard of who is away; instructors: of anybody'),
  z.strictObject({ do: z.literal('size'), columns }),
]);

export const consoleRequest = z
  .strictObject({
    t: z.literal('console'),
    id: z.string().min(1).max(64).describe('made by the client; its answer carries it'),
    console: z.string().max(64).nullable().describe('which one; null for open and list'),
    what,
  })
  .describe('Something for a PowerShell console of the lab: a tab that everyone there shares.');
