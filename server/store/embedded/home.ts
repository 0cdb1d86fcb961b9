import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Account, asAccount, chooseAccount, mayUse, ownerOf, SYSTEM_HOME } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';

/** Where one embedded Postgres lives: its cluster, its log, and who it runs as. */
export interface Home {
  readonly folder: string;
  readonly cluster: string;
  readonly log: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
}

type Say = (line: string) => void;

/**
 * The home is `DATA_DIR/postgres`. Started by root, Postgres runs as another user, who may not be
 * able to reach that (a home directory of mode 0700 above it): then the home is below /var/lib.
 */
export const findHome = (dataDir: string, say: Say): Home => {
  const wanted = join(resolve(dataDir), 'postgres');
  const spare = spareFor(wanted);
  for (const folder of [wanted, spare])
    if (existsSync(join(folder, 'cluster', 'PG_VERSION'))) return existing(folder);

  const account = chooseAccount();
  prepare(wanted, account);
  if (account === undefined || mayUse(wanted, account)) return home(wanted, account);

  rmdirSync(wanted);
  prepare(spare, account);
  say(
    `Postgres runs as user ${account.name}, who may not enter ${wanted} (a directory above it is`,
  );
  say(
    `closed to other users), so the database is kept in ${spare}. Set DATA_DIR to choose a place.`,
  );
  if (!mayUse(spare, account))
    throw new Error(`User ${account.name} may not use ${spare} either: set DATA_DIR.`);
  return home(spare, account);
};

/** One spare place for each wanted one, the same at every start. */
const spareFor = (wanted: string): string => {
  const mark = createHash('sha256').update(wanted).digest('hex').slice(0, 8);
  return join(SYSTEM_HOME, `${basename(dirname(wanted))}-${mark}`);
};

const existing = (folder: string): Home => {
  const account = ownerOf(join(folder, 'cluster'));
  if (account !== undefined && !mayUse(join(folder, 'cluster'), account))
    throw new Error(
      `The database in ${folder} belongs to ${account.name}, who may no longer enter it: open the directories above it, or move it and set DATA_DIR.`,
    );
  return home(folder, account);
};

const prepare = (folder: string, account: Account | undefined): void => {
  try {
    // Others may pass through what we make above it, whatever the umask says, and look at nothing.
    const above = mkdirSync(dirname(folder), { recursive: true });
    if (above !== undefined && account !== undefined) chmodSync(dirname(folder), 0o711);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (account !== undefined) chownSync(folder, account.uid, account.gid);
  } catch (cause) {
    throw new Error(`Cannot make ${folder}: set DATA_DIR to a directory that can be written.`, {
      cause,
    });
  }
};

const home = (folder: string, account: Account | undefined): Home => ({
  folder,
  cluster: join(folder, 'cluster'),
  log: join(folder, 'postgres.log'),
  account,
  binaries: findBinaries(account, join(folder, 'binaries')),
});

/** What every program of Postgres is started with; root's own directory is closed to the account. */
export const spawnOptions = ({ folder, account }: Home) => ({
  ...asAccount(account),
  cwd: folder,
  windowsHide: true,
  env: { ...process.env, LC_ALL: 'C' },
});
