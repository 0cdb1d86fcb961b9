import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { wholeNumber } from './command-line.ts';

// The programs themselves: what a stranger types is answered before anything is started.

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const typed = (program: string, ...words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: '/nowhere/at/all' },
  });
  return { status, stdout, stderr };
};

const PROGRAMS = [
  'server/main.ts',
  'server/store/tool/backup.ts',
  'server/store/tool/signin.ts',
  'server/store/tool/sql.ts',
  'test/bench/run.ts',
  'test/bots/run.ts',
  'test/conformance/run.ts',
  'test/kill/run.ts',
  'test/mutate/run.ts',
  'test/screenshots/run.ts',
  'test/swarm/run.ts',
];

test.each(PROGRAMS)('%s explains itself, and refuses what it does not know', program => {
  const help = typed(program, '--help');
  const wrong = typed(program, '--no-such-thing');

  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: npm (run|start)/u);
  expect(wrong).toMatchObject({ status: 2, stdout: '' });
  expect(wrong.stderr).toMatch(/error: (unknown option '--no-such-thing'|required option '--)/u);
});

test('a count is a whole number, and not less than it may be', () => {
  const count = wholeNumber(1);

  expect(count('12')).toBe(12);
  for (const text of ['0', '-1', '1.5', '1e3', 'x', '', '9'.repeat(20)])
    expect(() => count(text)).toThrow('It is a whole number, 1 or more.');
});
