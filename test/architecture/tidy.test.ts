import { expect, test } from 'vitest';
import { CODE, sources } from './source.ts';
import { nameAndLengthViolations, wordViolations } from './tidy.ts';

const FOLDERS = ['', 'server', 'db', 'client', 'test'];
const code = sources(FOLDERS, CODE);
const everything = sources(
  [...FOLDERS, '.ci'],
  [...CODE, '.md', '.json', '.yml', '.yaml', 'Dockerfile', 'run'],
);

test('the files are seen', () => {
  expect(code.length).toBeGreaterThan(40);
  expect(everything.length).toBeGreaterThan(code.length);
});

test('no banned word is used', () => {
  expect(wordViolations(everything)).toEqual([]);
});

test('files are short and named after what they export', () => {
  expect(nameAndLengthViolations(code)).toEqual([]);
});

test.each([
  ['server/lab/a.ts', 'const x = y as any;'],
  ['server/lab/a.ts', 'const x = y as unknown as Lab;'],
  ['server/lab/a.ts', '// @ts-ignore'],
  ['server/lab/a.ts', '/* eslint-disable */'],
  ['server/lab/a.ts', '// TODO later'],
  ['server/lab/a.test.ts', 'test.skip("x", () => {});'],
  ['server/lab/a.test.ts', 'const f = vi.fn();'],
  ['server/lab/a.ts', 'export default 1;'],
  ['server/lab/a.ts', 'export enum State { Off }'],
  ['server/lab/a.ts', 'console.log(1);'],
  ['server/sim/vid/a.ts', 'const now = Date.now();'],
  ['server/protocol/a.ts', 'const now = new Date();'],
  ['server/sim/vid/a.ts', 'const dice = Math.random();'],
  ['server/sim/vid/a.ts', 'const x = Math.exp(2);'],
  ['server/sim/vid/a.ts', 'const x = 2 ** y;'],
  ['server/base/a.ts', 'names.sort();'],
  ['server/base/a.ts', 'a.localeCompare(b);'],
  ['server/sim/vid/a.ts', 'async function f() {}'],
  ['server/sim/vid/a.ts', 'const vcpu = 1;'],
  ['client/src/a.tsx', 'const id = crypto.randomUUID();'],
  ['README.md', 'cd /home/alice/enlighten'],
])('%s saying %j is caught', (path, text) => {
  expect(wordViolations([{ path, text }])).toHaveLength(1);
});

test.each([
  ['server/lab/a.ts', '// The word "as any" in a comment.'],
  ['server/lab/a.ts', 'const now = Date.now();'],
  ['server/sim/vid/a.test.ts', 'const now = Date.now();'],
  ['vitest.config.ts', 'export default defineConfig({});'],
  ['README.md', 'Postgres wants its volume at /var/lib/postgresql.'],
])('%s saying %j is not', (path, text) => {
  expect(wordViolations([{ path, text }])).toEqual([]);
});

test.each([
  ['server/lab/a.ts', 'line\n'.repeat(401)],
  ['server/lab/utils.ts', ''],
  ['server/lab/helpers/a.ts', ''],
  ['server/lab/lab-manager.ts', ''],
  ['server/lab/LabActor.ts', ''],
])('%s is caught for its name or length', (path, text) => {
  expect(nameAndLengthViolations([{ path, text }])).toHaveLength(1);
});
