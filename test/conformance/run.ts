import { parseArgs } from 'node:util';
import { type CorpusText, readBlocks, readExamples, readScripts } from './corpus.ts';
import { judge, tallies } from './parse.ts';

// npm run conformance -- [--examples FILE] [--scripts FILE] [--page FILE]: whether published examples
// are understood. Each option may be given more than once.

const files = { type: 'string', multiple: true, default: [] as string[] } as const;
const { values } = parseArgs({ options: { examples: files, scripts: files, page: files } });

const texts: readonly CorpusText[] = [
  ...values.examples.flatMap(readExamples),
  ...values.scripts.flatMap(readScripts),
  ...values.page.flatMap(readBlocks),
];
if (texts.length === 0) {
  process.stderr.write('Say what to read: --examples FILE, --scripts FILE or --page FILE.\n');
  process.exit(2);
}

const verdicts = texts.map(judge);
for (const { text, outcome, reason } of verdicts)
  if (outcome !== 'passed') process.stdout.write(`${outcome} ${text.id}: ${reason}\n`);

const rows = tallies(verdicts);
for (const { module, passed, failed, skipped } of rows)
  process.stdout.write(`parse ${module.padEnd(24)} ${passed} ${failed} ${skipped}\n`);
const sum = (of: 'passed' | 'failed' | 'skipped'): number =>
  rows.reduce((total, row) => total + row[of], 0);
process.stdout.write(
  `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`,
);
process.exitCode = sum('failed') > 0 ? 1 : 0;
