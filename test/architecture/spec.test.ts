import { expect, test } from 'vitest';
import { isTest, type Source, sources } from './source.ts';
import { specViolations, unspecified } from './spec.ts';

const ROOTS = ['server', 'db', 'client', 'test'];
const files = sources(ROOTS, ['.ts', '.tsx', 'SPEC.md']);
const specs = files.filter(({ path }) => path.endsWith('SPEC.md'));
const tests = files.filter(
  ({ path }) => /\.test\.tsx?$/.test(path) && !path.startsWith('test/architecture/'),
);

test('every rule has a test and every test names a rule', () => {
  expect(specViolations(specs, tests)).toEqual([]);
});

test('every component of the simulation has its rules', () => {
  expect(unspecified(files.filter(({ path }) => !isTest(path)).map(({ path }) => path))).toEqual(
    [],
  );
});

const SPEC: Source = {
  path: 'server/sim/vmms/SPEC.md',
  text: '# Vmms\n\n- **VM4** Starting a running one is refused. MS Learn, RequestStateChange.\n',
};
const TEST: Source = { path: 'a.test.ts', text: `test('[VM4] it is refused', () => {});` };

test('a rule with its test is in order', () => {
  expect(specViolations([SPEC], [TEST])).toEqual([]);
});

test.each<[what: string, specs: Source[], tests: Source[], says: string]>([
  ['a rule without a test', [SPEC], [], 'no test is named [VM4]'],
  ['a test without a rule', [], [TEST], '[VM4] is no rule'],
  ['two rules with one id', [SPEC, SPEC], [TEST], "another rule's id"],
  [
    'a rule without a source',
    [{ ...SPEC, text: '- **VM4** It is so.' }],
    [TEST],
    'is not "- **XX1**',
  ],
])('%s is caught', (_what, ruled, tested, says) => {
  expect(specViolations(ruled, tested)).toContainEqual(expect.stringContaining(says));
});

test('a component without rules is caught', () => {
  expect(unspecified(['server/sim/vmms/vmms.ts', 'server/sim/engine/turn.ts'])).toEqual(['vmms']);
});
