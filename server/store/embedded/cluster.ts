import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { program } from './binaries.ts';
import { type Home, spawnOptions } from './home.ts';

export const SUPERUSER = 'enlighten';

const PASSWORD_FILE = 'enlighten.password';
const PORT_FILE = 'enlighten.port';
const OPERATOR_FILE = 'operator.conf';
const STAGING = 'staging-';

/** Makes the cluster if there is none. It appears whole, by one rename, or not at all. */
export const ensureCluster = async (home: Home): Promise<void> => {
  if (existsSync(join(home.cluster, 'PG_VERSION'))) return;
  sweepStaging(home);
  const staging = mkdtempSync(join(home.folder, STAGING));
  try {
    own(home, staging);
    await initdb(home, staging);
    renameSync(staging, home.cluster);
    syncFolder(home.folder);
  } catch (cause) {
    rmSync(staging, { recursive: true, force: true });
    // Another starter may have been quicker; its cluster, with its password inside, is as good.
    if (!existsSync(join(home.cluster, 'PG_VERSION')))
      throw new Error(`Cannot make a database in ${home.folder}: ${reason(cause)}`, { cause });
  }
};

const initdb = async (home: Home, staging: string): Promise<void> => {
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(home.folder, `${PASSWORD_FILE}.${process.pid}`);
  writeOwn(home, passwordFile, password);
  try {
    await promisify(execFile)(
      program(home.binaries, 'initdb'),
      [
        `--pgdata=${staging}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order of text on every machine, and none of the operating system's locales.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      spawnOptions(home),
    );
    writeOwn(home, join(staging, PASSWORD_FILE), password);
    syncFolder(staging);
  } finally {
    rmSync(passwordFile, { force: true });
  }
};

/** What a starter that was killed half way left behind; a running one's is younger than this. */
const sweepStaging = ({ folder }: Home): void => {
  const tenMinutes = 600_000;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(STAGING) && !name.startsWith(PASSWORD_FILE)) continue;
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > tenMinutes) rmSync(path, { recursive: true, force: true });
  }
};

export const readPassword = ({ cluster }: Home): string => {
  const path = join(cluster, PASSWORD_FILE);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    const advice = 'Start as the user who made the database, as root, or with another DATA_DIR.';
    throw new Error(`Cannot read ${path}. ${advice}`, { cause });
  }
};

/** The port of the last start, so that addresses kept by others stay true. */
export const readPort = ({ cluster }: Home): number | undefined => {
  const path = join(cluster, PORT_FILE);
  const port = existsSync(path) ? Number(readFileSync(path, 'utf8')) : Number.NaN;
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
};

/** Durable first, small second; whatever a trainer wants otherwise goes into operator.conf. */
export const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 100,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  wal_compression: 'on',
  // Our statements are short; compiling one costs more than running it.
  jit: 'off',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  lc_messages: 'C',
  lc_monetary: 'C',
  lc_numeric: 'C',
  lc_time: 'C',
  default_text_search_config: 'pg_catalog.english',
} as const satisfies Record<string, string | number>;

/** Writes what Postgres reads at its next start. */
export const configure = (home: Home, port: number): void => {
  const lines = Object.entries({ port, ...SETTINGS }).map(
    ([name, value]) => `${name} = '${value}'`,
  );
  if (existsSync(join(home.cluster, OPERATOR_FILE))) lines.push(`include '${OPERATOR_FILE}'`);
  const about = `# Written at each start: put settings of your own into ${OPERATOR_FILE} beside it.`;
  const text = [about, ...lines, ''].join('\n');
  writeOwn(home, join(home.cluster, 'postgresql.conf'), text);
  writeOwn(home, join(home.cluster, PORT_FILE), `${port}\n`);
};

/** Writes a file of the cluster's owner, durably and in one step. */
export const writeOwn = (home: Home, path: string, text: string): void => {
  const draft = `${path}.${process.pid}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  own(home, draft);
  renameSync(draft, path);
};

const own = ({ account }: Home, path: string): void => {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
};

/** A rename is durable once its folder is. Windows has no such call and needs none. */
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const reason = (cause: unknown): string => {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
  return said === '' ? String(cause) : said;
};
