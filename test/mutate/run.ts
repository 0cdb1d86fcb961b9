import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { draw } from '../../server/base/prng.ts';
import { program, wholeNumber } from '../../server/command-line.ts';
import type { RuleTable } from './tables.ts';
import { TABLES } from './tables.ts';

// npm run mutate -- --rows 50 --seed N: makes rows of rule tables wrong, one at a time and at random,
// in a copy of the server, and says which of them no test noticed. The test must be the one that
// names the rule; a row whose test passes is a rule that nobody holds.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Mutation {
  readonly table: RuleTable;
  readonly row: string;
  readonly at: number;
}

const values = program('mutate', 'Makes rows of rule tables wrong and says which no test noticed.')
  .option('--rows <count>', 'how many rows, one at a time', wholeNumber(1), 50)
  .option('--seed <number>', 'what decides which', wholeNumber(), Date.now() % 1_000_000)
  .parse()
  .opts();

/** Where in its file a table begins and ends. */
const extentOf = (text: string, { file, within }: RuleTable): readonly [number, number] => {
  if (within === undefined) return [0, text.length];
  const begin = text.search(new RegExp(`^(export )?const ${within}\\b`, 'm'));
  if (begin < 0) throw new Error(`${file} has no ${within}`);
  const end = /^[\]}]/m.exec(text.slice(begin));
  return [begin, begin + (end?.index ?? text.length)];
};

const rowsOf = (table: RuleTable): Mutation[] => {
  const text = readFileSync(join(ROOT, table.file), 'utf8');
  const [begin, end] = extentOf(text, table);
  const found = [...text.slice(begin, end).matchAll(table.row)];
  if (found.length === 0) throw new Error(`${table.file} has no rows for ${table.rule}`);
  return found.map(match => ({ table, row: match[0], at: begin + match.index }));
};

const all = TABLES.flatMap(rowsOf);

const chosen = all
  .map((mutation, n) => ({ mutation, drawn: draw(values.seed, 0, n) }))
  .toSorted((a, b) => a.drawn - b.drawn)
  .slice(0, values.rows)
  .map(({ mutation }) => mutation);

const copy = mkdtempSync(join(tmpdir(), 'enlighten-mutate-'));
cpSync(join(ROOT, 'server'), join(copy, 'server'), { recursive: true });
for (const part of ['test/fixture', 'test/scenario'])
  cpSync(join(ROOT, part), join(copy, part), { recursive: true });
cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
writeFileSync(join(copy, 'vitest.config.mjs'), 'const none = {};\nexport { none as default };\n');

/** The test files beside a table, or where it says, that name its rule. */
const testsOf = ({ file, rule, tests = dirname(file) }: RuleTable): string[] =>
  readdirSync(join(copy, tests))
    .filter(name => name.endsWith('.test.ts'))
    .map(name => join(tests, name))
    .filter(path => readFileSync(join(copy, path), 'utf8').includes(`[${rule}]`));

/** Whether the test that names the rule passes in the copy. */
const passes = async (table: RuleTable): Promise<boolean> => {
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
  const only = ['run', ...testsOf(table), '-t', `\\[${table.rule}\\]`];
  const child = spawn(process.execPath, [vitest, ...only], { cwd: copy, stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code === 0;
};

const unnoticed: string[] = [];
try {
  for (const rule of new Set(chosen.map(({ table }) => table)))
    if (!(await passes(rule))) unnoticed.push(`${rule.rule} fails before anything is changed`);
  for (const { table, row, at } of chosen) {
    const path = join(copy, table.file);
    const text = readFileSync(path, 'utf8');
    const wrong = text.slice(0, at) + table.wrong(row) + text.slice(at + row.length);
    writeFileSync(path, wrong);
    const line = text.slice(0, at).split('\n').length;
    const passed = await passes(table);
    if (passed) unnoticed.push(`${table.file}:${line} ${row} by ${table.rule}`);
    writeFileSync(path, text);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}

const report = { rows: all.length, changed: chosen.length, seed: values.seed, unnoticed };
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exitCode = unnoticed.length === 0 ? 0 : 1;
