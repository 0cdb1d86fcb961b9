import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from './source.ts';

// The two fences that are configuration, tried with deliberate violations: what compiles, what lints.

const scratch = mkdtempSync(join(tmpdir(), 'enlighten-fence-'));
writeFileSync(join(scratch, 'package.json'), JSON.stringify({ type: 'module' }));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const tool = (path: string, args: readonly string[], cwd: string): string => {
  const { stdout, stderr } = spawnSync(process.execPath, [join(ROOT, path), ...args], {
    cwd,
    encoding: 'utf8',
  });
  return stdout + stderr;
};

/** The lines of errors when this text is compiled as a file of the pure layers. */
const compile = (name: string, text: string): string => {
  const file = join(scratch, `${name}.ts`);
  writeFileSync(file, text);
  const config = join(scratch, `${name}.json`);
  const pure = join(ROOT, 'server', 'tsconfig.pure.json');
  writeFileSync(config, JSON.stringify({ extends: pure, include: [file], exclude: [] }));
  return tool('node_modules/typescript/bin/tsc', ['-p', config], scratch);
};

test('pure code compiles', () => {
  expect(compile('pure', 'export const twice = (x: number): number => 2 * x;')).toBe('');
});

test.each([
  ['timers', 'setTimeout(() => undefined, 1);', `Cannot find name 'setTimeout'`],
  ['process', 'export const pid = process.pid;', `Cannot find name 'process'`],
  ['console', 'console.log(1);', `Cannot find name 'console'`],
  ['network', 'void fetch("http://127.0.0.1");', `Cannot find name 'fetch'`],
  ['random', 'export const id = crypto.randomUUID();', `Cannot find name 'crypto'`],
  ['enums', 'export enum State { Off }', 'erasableSyntaxOnly'],
])('%s do not compile in the pure layers', (name, text, says) => {
  expect(compile(name, text)).toContain(says);
});

test.each([
  ['server/sim/vid/clock.ts', 'export const now = (): number => Date.now();', 'Use turn.now.'],
  ['server/sim/vid/dice.ts', 'export const dice = (): number => Math.random();', 'Use turn.draw.'],
  ['server/lab/hole.ts', 'export const hole = (x: any): unknown => x;', 'no-explicit-any'],
  ['server/lab/print.ts', 'export const say = (): void => console.log(1);', 'no-console'],
])('%s does not lint', (path, text, says) => {
  const file = join(scratch, path);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(join(ROOT, '.oxlintrc.json'), join(scratch, '.oxlintrc.json'));
  writeFileSync(file, `${text}\n`);

  expect(tool('node_modules/oxlint/bin/oxlint', [path], scratch)).toContain(says);
});
