import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecks, type Tally } from './checks.ts';

// npm test: the checks, then every test. What follows `npm test --` goes to vitest, for instance a
// folder; the last line says how many passed and how many failed.

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const runTests = async (only: readonly string[]): Promise<Tally> => {
  const folder = mkdtempSync(join(tmpdir(), 'enlighten-report-'));
  const report = join(folder, 'report.json');
  const flags = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    // The checks have run these already.
    '--exclude=test/architecture/**',
  ];
  try {
    const status = await execute(['node_modules/vitest/vitest.mjs', 'run', ...flags, ...only]);
    const { numPassedTests, numFailedTests } = readReport(report);
    // An error outside of any test, or no test at all, is a failure that no test counts.
    const uncounted = status !== 0 && numFailedTests === 0 ? 1 : 0;
    return { passed: numPassedTests, failed: numFailedTests + uncounted };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

const readReport = (path: string): Report =>
  existsSync(path)
    ? JSON.parse(readFileSync(path, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0 };

const execute = (args: readonly string[]): Promise<number> =>
  new Promise((settle, fail) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
    child.once('error', fail);
    child.once('exit', status => settle(status ?? 1));
  });

const checks = await runChecks();
const tests = await runTests(process.argv.slice(2));
const [passed, failed] = [checks.passed + tests.passed, checks.failed + tests.failed];
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
