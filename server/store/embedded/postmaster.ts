import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from './binaries.ts';
import { configure, readPort, writeOwn } from './cluster.ts';
import { type Home, spawnOptions } from './home.ts';

// The postmaster is the first process of a Postgres. It is started by pg_ctl, which gives it a
// session of its own: Ctrl+C in our terminal does not reach it, our death does not end it.

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Its own word: starting, ready, stopping. */
  readonly status: string;
}

/** The postmaster that holds the cluster, if its process lives. */
export const findPostmaster = (home: Home): Postmaster | undefined => {
  const [pid, , , port, , , , status] = readPidFile(home);
  const found = { pid: Number(pid), port: Number(port), status: (status ?? '').trim() };
  return found.pid > 0 && isPostgres(found.pid) ? found : undefined;
};

// https://www.postgresql.org/docs/18/storage-file-layout.html: pid, data directory, start time, port,
// socket directory, listen address, shared memory key; then, since 10, the status.
const readPidFile = ({ cluster }: Home): string[] => {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
};

const isPostgres = (pid: number): boolean => {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  const [state, name] = process.platform === 'linux' ? procStat(pid) : psStat(pid);
  return !state.startsWith('Z') && name.includes('postgres');
};

/** State and name of a process; where nothing can be read, it may be what we look for. */
const procStat = (pid: number): [state: string, name: string] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, name = '', state = ''] = /\((.*)\) (\S)/s.exec(stat) ?? [];
    return [state, name];
  } catch {
    return ['', isAlive(pid) ? 'postgres' : ''];
  }
};

const psStat = (pid: number): [state: string, name: string] => {
  const flags = ['-o', 'stat=,comm=', '-p', String(pid)];
  const { stdout } = spawnSync('ps', flags, { encoding: 'utf8' });
  const [state = '', ...name] = (stdout ?? '').trim().split(/\s+/);
  return [state, name.join(' ')];
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Starts a postmaster and waits until it answers; throws with the end of its log. */
export const startPostmaster = async (home: Home, onlyPort?: number): Promise<void> => {
  const port = onlyPort ?? (await choosePort(readPort(home)));
  configure(home, port);
  disownPidFile(home);
  keepLogSmall(home);
  const logged = logSize(home);
  try {
    const wait = ['--wait', '--timeout=600', '--silent'];
    await pgCtl(home, ['start', ...wait, `--log=${home.log}`]);
  } catch (cause) {
    throw new Error(`Postgres did not start.\n${logSince(home, logged)}`, { cause });
  }
};

const STOP_PATIENCE = 60_000;

/**
 * Fast: sessions are cut, everything is written, no recovery at the next start. We wait for this very
 * process: pg_ctl waits until there is none, and somebody may start the next one in the same moment.
 */
export const stopPostmaster = async (home: Home): Promise<void> => {
  const ending = findPostmaster(home);
  if (ending === undefined) return;
  await pgCtl(home, ['stop', '--mode=fast', '--no-wait', '--silent']);
  for (const begun = Date.now(); findPostmaster(home)?.pid === ending.pid; await sleep(20)) {
    if (Date.now() - begun > STOP_PATIENCE) throw new Error('Postgres did not end in a minute.');
  }
};

const pgCtl = (home: Home, [command = '', ...flags]: readonly string[]): Promise<void> =>
  new Promise((settle, fail) => {
    const child = spawn(
      program(home.binaries, 'pg_ctl'),
      [command, `--pgdata=${home.cluster}`, ...flags],
      // On Windows a detached process has a console of its own, which Ctrl+C in ours does not reach.
      { ...spawnOptions(home), detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString('utf8')));
    child.once('error', fail);
    // Not `close`: a postmaster that inherited the pipe would keep it open for its whole life.
    child.once('exit', status => {
      child.stderr.destroy();
      if (status === 0) settle();
      else fail(new Error(`pg_ctl ${command} ended with ${status}: ${said.trim()}`));
    });
  });

/**
 * After a crash the pid in the file may be another program's or a zombie's, and Postgres would
 * refuse to start. A pid that cannot exist takes its place; the shared memory key stays, by which
 * Postgres waits for the last backends of the dead one.
 */
const disownPidFile = (home: Home): void => {
  const [pid, ...rest] = readPidFile(home);
  if (!(Number(pid) > 0) || !isAlive(Number(pid)) || isPostgres(Number(pid))) return;
  const impossible = 99_999_999;
  writeOwn(home, join(home.cluster, 'postmaster.pid'), [impossible, ...rest].join('\n'));
};

const choosePort = async (last: number | undefined): Promise<number> => {
  if (last !== undefined && (await listenOnce(last)) !== undefined) return last;
  const free = await listenOnce(0);
  if (free === undefined) throw new Error('No free port on 127.0.0.1 for Postgres.');
  return free;
};

const listenOnce = (port: number): Promise<number | undefined> =>
  new Promise(settle => {
    const server = createServer();
    server.once('error', () => settle(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => settle(found));
    });
  });

const logSize = ({ log }: Home): number => statSync(log, { throwIfNoEntry: false })?.size ?? 0;

/** The log of the last time is kept once it is large; there are never more than two. */
const keepLogSmall = (home: Home): void => {
  const tenMegabytes = 10_485_760;
  if (logSize(home) > tenMegabytes) renameSync(home.log, `${home.log}.1`);
};

const logSince = ({ log }: Home, from: number): string => {
  if (!existsSync(log)) return `It left no log in ${log}.`;
  const lines = readFileSync(log).subarray(from).toString('utf8').trim().split('\n');
  return [...lines.slice(-12), `(the end of ${log})`].join('\n');
};
