import { readFileSync } from 'node:fs';
import { z } from 'zod';

// Files of published examples and scripts, in the form of examples.dev.json and scripts.dev.json. They
// are read from where they are and never become part of this repository.

const TEXT = z.object({
  id: z.string(),
  module: z.string(),
  code: z.string(),
  /** False for what is no PowerShell, as the page printed it. */
  parses: z.boolean(),
  /** Lines of one block are run in order in one session. */
  block: z.string().optional(),
  /** `ok`, or why the page's command cannot be bound. */
  binding: z.string().default('ok'),
  /** As the page shows it. */
  outputShown: z.string().nullish().default(null),
});

export type CorpusText = z.infer<typeof TEXT>;

const EXAMPLES = z.object({ examples: z.array(TEXT) });
const SCRIPTS = z.object({ scripts: z.array(TEXT) });

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export const readExamples = (file: string): CorpusText[] => EXAMPLES.parse(read(file)).examples;

export const readScripts = (file: string): CorpusText[] => SCRIPTS.parse(read(file)).scripts;

/** The fenced blocks of a page that are marked as PowerShell. */
export const readBlocks = (file: string): CorpusText[] =>
  [...readFileSync(file, 'utf8').matchAll(/^```(?:powershell|ps1|posh)\s*?\n(.*?)^```/gims)].map(
    ([, code = ''], index) => ({
      id: `${file}#${index + 1}`,
      module: 'pages',
      code,
      parses: true,
      binding: 'ok',
      outputShown: null,
    }),
  );
