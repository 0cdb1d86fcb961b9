import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecks, type Tally } from './checks.ts';

// npm test: the checks, then every test. What follows `npm test --` goes to vitest, for instance a
// folder; the last line says how many passed and how many failed.
//
// A file of tests in the browser that failed is run once more, alone: between a key and a picture
// lie three processes of which the test sees one, and a test that looked a moment early must not
// stop everybody's work. It is named in the last lines as unsteady, to be mended; one that fails
// twice has failed. Nothing else is run twice.

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const UNSTEADY = '/test/browser/';
/** More failing files than these are no bad moment. */
const AGAIN = 2;

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

interface Outcome {
  readonly report: Report;
  readonly status: number;
}

const NOTHING: Report = { numPassedTests: 0, numFailedTests: 0, testResults: [] };

const runVitest = async (only: readonly string[]): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'enlighten-report-'));
  const path = join(folder, 'report.json');
  const flags = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${path}`,
    // The checks have run these already.
    '--exclude=test/architecture/**',
  ];
  try {
    const status = await execute(['node_modules/vitest/vitest.mjs', 'run', ...flags, ...only]);
    const report: Report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : NOTHING;
    return { report, status };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** An error outside of any test, or no test at all, is a failure that no test counts. */
const failuresOf = ({ report, status }: Outcome): number =>
  report.numFailedTests + (status !== 0 && report.numFailedTests === 0 ? 1 : 0);

const failedFiles = ({ report }: Outcome): readonly string[] =>
  report.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);

interface Tests extends Tally {
  readonly unsteady: readonly string[];
}

const runTests = async (only: readonly string[]): Promise<Tests> => {
  const first = await runVitest(only);
  const failed = failedFiles(first);
  const passed = first.report.numPassedTests;
  const mayAgain =
    failed.length > 0 && failed.length <= AGAIN && failed.every(name => name.includes(UNSTEADY));
  if (!mayAgain) return { passed, failed: failuresOf(first), unsteady: [] };
  const second = await runVitest(failed);
  const left = failuresOf(second);
  if (left > 0) return { passed, failed: left, unsteady: [] };
  return { passed: passed + first.report.numFailedTests, failed: 0, unsteady: failed };
};

const execute = (args: readonly string[]): Promise<number> =>
  new Promise((settle, fail) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
    child.once('error', fail);
    child.once('exit', status => settle(status ?? 1));
  });

const checks = await runChecks();
const tests = await runTests(process.argv.slice(2));
const [passed, failed] = [checks.passed + tests.passed, checks.failed + tests.failed];
for (const name of tests.unsteady)
  process.stdout.write(`\nunsteady, passed at the second run only: ${relative(ROOT, name)}`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
