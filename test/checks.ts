import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// What `npm run check` looks at, cheapest first. Each is a program of its own, two run at a time, and
// only what fails is shown.

interface Check {
  readonly name: string;
  /** A JavaScript file of a package, so that no shell and no path is needed. */
  readonly program: string;
  readonly args: readonly string[];
}

const types = (project: string): Check => ({
  name: `types: ${project}`,
  program: 'typescript/bin/tsc',
  args: ['-p', project, '--noEmit'],
});

const CHECKS: readonly Check[] = [
  { name: 'format', program: 'oxfmt/bin/oxfmt', args: ['--check', '.'] },
  types('server/tsconfig.pure.json'),
  types('server/tsconfig.json'),
  types('client/tsconfig.json'),
  types('test/tsconfig.json'),
  {
    name: 'architecture',
    program: 'vitest/vitest.mjs',
    args: ['run', 'test/architecture', '--reporter=agent'],
  },
  { name: 'lint', program: 'oxlint/bin/oxlint', args: ['--type-aware'] },
  { name: 'unused code', program: 'knip/bin/knip.js', args: [] },
];

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const AT_A_TIME = 2;

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export const runChecks = async (): Promise<Tally> => {
  const waiting = [...CHECKS];
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
      if (!(await run(check))) failed += 1;
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return { passed: CHECKS.length - failed, failed };
};

const run = async ({ name, program, args }: Check): Promise<boolean> => {
  const begun = performance.now();
  const { ok, said } = await execute([`node_modules/${program}`, ...args]);
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n${ok ? '' : said}`);
  return ok;
};

const execute = (args: readonly string[]): Promise<{ ok: boolean; said: string }> =>
  new Promise(settle => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (said += text.toString('utf8')));
    child.once('error', error => settle({ ok: false, said: `${error.message}\n` }));
    child.once('close', status => settle({ ok: status === 0, said }));
  });
