import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

// Postgres refuses to run as root. When we are root it runs as another account of the machine; when
// we are not, it runs as ourselves and there is no account to choose.

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Where root keeps what must not lie below a home that others cannot enter. */
export const SYSTEM_HOME = '/var/lib/enlighten';

/** In this order: the database's own account on Debian and Fedora, on macOS, and everybody's nobody. */
const NAMES = ['postgres', '_postgres', 'nobody'] as const;

export const isRoot = (): boolean => process.getuid?.() === 0;

/** The account that Postgres runs as, or undefined for "as we are". */
export const chooseAccount = (): Account | undefined => {
  if (!isRoot()) return undefined;
  for (const name of NAMES) {
    const account = lookUp(name);
    if (account !== undefined) return account;
  }
  throw new Error(
    `Postgres does not run as root and there is no user ${NAMES.join(', ')}: make one, start as an ordinary user, or set DATABASE_URL.`,
  );
};

/** A cluster that exists belongs to whoever made it; Postgres runs as the owner and as no one else. */
export const ownerOf = (folder: string): Account | undefined => {
  if (!isRoot()) return undefined;
  const { uid, gid } = statSync(folder);
  return uid === 0 ? chooseAccount() : { name: `uid ${uid}`, uid, gid };
};

const lookUp = (name: string): Account | undefined => {
  const [uid, gid] = ['-u', '-g'].map(flag => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : Number.NaN;
  });
  return Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0
    ? { name, uid: Number(uid), gid: Number(gid) }
    : undefined;
};

/** Options for spawn. */
export const asAccount = (account: Account | undefined): { uid?: number; gid?: number } =>
  account === undefined ? {} : { uid: account.uid, gid: account.gid };

/** Asks the kernel, not the mode bits: access lists and mounts have their say too. */
export const mayUse = (folder: string, account: Account): boolean => {
  const enter = 'cd "$0" && test -w .';
  const tried = spawnSync('/bin/sh', ['-c', enter, folder], {
    ...asAccount(account),
    cwd: '/',
    stdio: 'ignore',
  });
  return tried.status === 0;
};
