import { eachOne, program } from '../../server/command-line.ts';
import { type CorpusText, readBlocks, readExamples, readScripts } from './corpus.ts';
import { judge, tallies } from './parse.ts';
import type { Outcome } from './play/judge.ts';
import { playBlock } from './play/play.ts';
import { playScript } from './play/script.ts';

// npm run conformance -- [--examples FILE] [--scripts FILE] [--page FILE] [--inert]: whether published
// commands do what their pages say. Examples are run block by block, in labs in which their names exist,
// scripts read and then run, pages read only. Each option may be given more than once. With --inert no cmdlet does
// anything, and nothing may pass.

const NONE: readonly string[] = [];
const values = program('conformance', 'Whether published commands do what their pages say.')
  .option('--examples <file>', 'examples, run block by block in a lab of their own', eachOne, NONE)
  .option('--scripts <file>', 'scripts, read and then run', eachOne, NONE)
  .option('--page <file>', 'pages, read only', eachOne, NONE)
  .option('--inert', 'no cmdlet does anything, and nothing may pass', false)
  .parse()
  .opts();

const examples: readonly CorpusText[] = values.examples.flatMap(readExamples);
const texts: readonly CorpusText[] = [
  ...values.scripts.flatMap(readScripts),
  ...values.page.flatMap(readBlocks),
];
if (examples.length + texts.length === 0) {
  process.stderr.write('Say what to read: --examples FILE, --scripts FILE or --page FILE.\n');
  process.exit(2);
}

const blocks = new Map<string, CorpusText[]>();
for (const text of examples) {
  const name = text.block ?? text.id;
  blocks.set(name, [...(blocks.get(name) ?? []), text]);
}
const outcomes: Outcome[] = [];
for (const lines of blocks.values()) {
  for (const outcome of playBlock(lines, { isInert: values.inert })) {
    outcomes.push(outcome);
    process.stdout.write(`${outcome.outcome} ${outcome.text.id}: ${outcome.why}\n`);
  }
}
// Reading does nothing by itself, so that without cmdlets there is nothing to pass.
if (!values.inert)
  for (const { text: read, outcome, reason } of texts.map(judge)) {
    const text = { ...read, module: `${read.module}, read` };
    outcomes.push({ text, outcome, why: reason === '' ? 'parses' : reason });
    process.stdout.write(`${outcome} ${text.id}: ${reason === '' ? 'parses' : reason}\n`);
  }

if (!values.inert)
  for (const script of values.scripts.flatMap(readScripts)) {
    const { text, outcome, why } = playScript({ ...script, module: `${script.module}, run` });
    outcomes.push({ text, outcome, why });
    process.stdout.write(`${outcome} ${text.id}, run: ${why}\n`);
  }

const rows = tallies(outcomes);
process.stdout.write(`\n${'module'.padEnd(24)} passed failed skipped\n`);
for (const { module, passed, failed, skipped } of rows)
  process.stdout.write(
    `${module.padEnd(24)} ${String(passed).padStart(6)} ${String(failed).padStart(6)} ${String(skipped).padStart(7)}\n`,
  );
const sum = (of: 'passed' | 'failed' | 'skipped'): number =>
  rows.reduce((total, row) => total + row[of], 0);
process.stdout.write(
  `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`,
);
process.exitCode = sum('failed') > 0 || (values.inert && sum('passed') > 0) ? 1 : 0;
