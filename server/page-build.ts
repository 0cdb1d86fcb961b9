import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What the page is made from; a change in any of it makes the built page stale. */
const SOURCES = ['client', 'server/base', 'server/protocol', 'package-lock.json'];

/** Of the simulation only the rules are shown on the page. */
const RULES = 'server/sim';

const MARKER = '.made-from';

/** Builds the page into `dist/client` when its sources are others than those it was built from. */
export async function buildPage(root: string, say: (line: string) => void): Promise<string> {
  const folder = join(root, 'dist', 'client');
  const marker = join(folder, MARKER);
  const wanted = fingerprint(root);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return folder;
  say('Building the page; this happens after a change only.');
  await run(root, [
    join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    '--config',
    join(root, 'client', 'vite.config.ts'),
    '--logLevel',
    'error',
  ]);
  writeFileSync(marker, wanted);
  return folder;
}

/** By content, since a clone gives every file the time of its checkout. */
function fingerprint(root: string): string {
  const hash = createHash('sha256');
  const sources = SOURCES.flatMap(source => [...filesBelow(join(root, source))]);
  const rules = [...filesBelow(join(root, RULES))].filter(path => path.endsWith('SPEC.md'));
  for (const path of [...sources, ...rules].toSorted()) {
    if (path.endsWith('.test.ts')) continue;
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function* filesBelow(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path)) yield* filesBelow(join(path, name));
}

async function run(cwd: string, args: readonly string[]): Promise<void> {
  // Its output is only worth reading when it fails.
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`The page could not be built:\n${output}`);
}
