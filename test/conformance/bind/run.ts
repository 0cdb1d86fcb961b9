import { readFileSync } from 'node:fs';
import { program } from '../../../server/command-line.ts';
import { bindExamples, type Example } from './examples.ts';

// npm run conformance:bind -- --examples FILE [--all]: binds the commands of published pages, without
// running them. FILE is JSON: { examples: [{ id, block, code, binding }] }.

const values = program('conformance:bind', 'Binds the commands of published pages, runs none.')
  .requiredOption('--examples <file>', 'JSON: { examples: [{ id, block, code, binding }] }')
  .option('--all', 'tells of those that passed, too', false)
  .parse()
  .opts();

const { examples } = JSON.parse(readFileSync(values.examples, 'utf8')) as {
  readonly examples: readonly Example[];
};
const outcomes = bindExamples(examples);
const failed = outcomes.filter(({ passed }) => !passed);
for (const { example, evidence, passed } of values.all ? outcomes : failed)
  process.stdout.write(`${passed ? 'ok  ' : 'FAIL'} ${example.id}: ${evidence}\n`);
process.stdout.write(`${outcomes.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
