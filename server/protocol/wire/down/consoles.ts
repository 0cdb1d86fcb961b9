import { z } from 'zod';

const who = z.strictObject({ id: z.string(), name: z.string() }).readonly();

const shared = z
  .strictObject({
    id: z.string(),
    host: z.string().describe('record id of the host it runs on'),
    title: z.string(),
    driver: who.nullable().describe('who has the keyboard'),
    wants: z.array(who).readonly().describe('who asked for the keyboard, first one first'),
    viewers: z.array(who).readonly(),
  })
  .readonly();

export const consoles = z
  .strictObject({ t: z.literal('consoles'), consoles: z.array(shared).readonly() })
  .readonly()
  .describe('All PowerShell consoles of the lab, whenever something of it changes.');

export const consoleText = z
  .strictObject({
    t: z.literal('console-text'),
    console: z.string(),
    whole: z.boolean().describe('the screen begins anew with this; otherwise it goes on'),
    to: z.int().describe('the position after it: what to look from the next time'),
    text: z.string().describe('as a terminal takes it, colours and all'),
  })
  .readonly()
  .describe('What a console printed. Durable before it is shown.');

const progress = z
  .strictObject({
    id: z.int(),
    activity: z.string(),
    status: z.string(),
    percent: z.number().describe('-1 when nobody knows'),
  })
  .readonly();

export const consoleNow = z
  .strictObject({
    t: z.literal('console-now'),
    console: z.string(),
    state: z.enum(['ready', 'running', 'asking']),
    prompt: z.string().describe('behind which the next line, or the answer, is typed'),
    secret: z.boolean().describe('the answer is not to be shown'),
    typing: z
      .strictObject({ text: z.string(), cursor: z.int() })
      .readonly()
      .describe('what the driver has typed so far'),
    progress: z.array(progress).readonly(),
  })
  .readonly()
  .describe('How a console stands just now. Ephemeral: only the last one counts.');

const match = z.strictObject({ text: z.string(), list: z.string(), tip: z.string() }).readonly();

export const consoleAnswer = z
  .strictObject({
    t: z.literal('console-answer'),
    id: z.string(),
    ok: z.boolean(),
    message: z.string().describe('what was wrong and what to do, for who asked'),
    console: z.string().nullable().describe('the one that was opened'),
    start: z.int(),
    end: z.int(),
    matches: z.array(match).readonly().describe('instead of the text from start to end'),
    history: z.array(z.string()).readonly().describe('lines entered before, for `look`'),
  })
  .readonly()
  .describe('The answer to one request.');
