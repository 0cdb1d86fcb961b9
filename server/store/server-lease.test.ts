import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { aDatabase } from '../../test/fixture/postgres.ts';
import { ADVISORY } from './advisory.ts';
import { takeServerLease } from './server-lease.ts';

const database = await aDatabase();
const FIXTURE = fileURLToPath(new URL('lease.fixture.ts', import.meta.url));

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await untilFree();
});

interface Server {
  readonly child: ChildProcess;
  readonly lines: string[];
  says(start: string): Promise<string>;
}

const aServer = (): Server => {
  const child = spawn(process.execPath, [FIXTURE, database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: string[] = [];
  child.stdout?.on('data', (text: Buffer) =>
    lines.push(...text.toString('utf8').trim().split('\n')),
  );
  const says = async (start: string): Promise<string> => {
    for (;;) {
      const found = lines.find(line => line.startsWith(start));
      if (found !== undefined) return found;
      await sleep(10);
    }
  };
  return { child, lines, says };
};

const lockHolder = async (): Promise<number | undefined> => {
  const [row] = await database.sql<{ pid: number }[]>`
    select pid from pg_locks where locktype = 'advisory' and granted
      and classid = ${ADVISORY.space} and objid = ${ADVISORY.serverLease}
      and database = (select oid from pg_database where datname = current_database())`;
  return row?.pid;
};

const untilFree = async (): Promise<void> => {
  while ((await lockHolder()) !== undefined) await sleep(10);
};

const termOf = (line: string): number => Number(line.split(' ')[1]);

test('the second server is refused and learns who owns the database', async () => {
  const first = aServer();
  await first.says('owns');

  const second = await takeServerLease({ url: database.url, log: () => {}, onLost: () => {} });

  expect(second).toMatchObject({ ok: false, fault: { process: first.child.pid } });
  expect(first.lines).toHaveLength(1);
});

test('a killed owner is followed at once, by a higher term', async () => {
  const first = aServer();
  const term = termOf(await first.says('owns'));

  first.child.kill('SIGKILL');
  const killed = Date.now();
  const next = await takeServerLease({ url: database.url, log: () => {}, onLost: () => {} });

  expect(Date.now() - killed).toBeLessThan(2_000);
  expect(next).toMatchObject({ ok: true, value: { term: term + 1 } });
  if (next.ok) await next.value.release();
});

test('a server that ends in peace gives the database back, to the end of its last line', async () => {
  const first = aServer();
  await first.says('owns');

  first.child.kill('SIGTERM');
  await first.says('released');

  expect(await lockHolder()).toBeUndefined();
});

test('of many that come at once, one owns the database', async () => {
  const servers = Array.from({ length: 5 }, aServer);

  const verdicts = await Promise.all(
    servers.map(server => Promise.race([server.says('owns'), server.says('refused')])),
  );

  expect(verdicts.filter(verdict => verdict.startsWith('owns'))).toHaveLength(1);
});

test('a frozen owner is replaced after eight seconds of silence, and knows it when it wakes', async () => {
  const frozen = aServer();
  const term = termOf(await frozen.says('owns'));

  frozen.child.kill('SIGSTOP');
  const stopped = Date.now();
  const next = await takeServerLease({ url: database.url, log: () => {}, onLost: () => {} });
  const silence = Date.now() - stopped;
  frozen.child.kill('SIGCONT');

  expect(next).toMatchObject({ ok: true, value: { term: term + 1 } });
  expect(silence).toBeGreaterThan(6_500);
  expect(silence).toBeLessThan(12_000);
  expect(await frozen.says('lost')).toContain('another server owns this database');
  if (next.ok) await next.value.release();
});

test('an owner whose connection is cut takes its lock again and nobody notices', async () => {
  const owner = aServer();
  await owner.says('owns');
  const before = await lockHolder();

  await database.sql`select pg_terminate_backend(${before ?? 0})`;
  await untilFree();
  while ((await lockHolder()) === undefined) await sleep(10);

  expect(await lockHolder()).not.toBe(before);
  const second = await takeServerLease({ url: database.url, log: () => {}, onLost: () => {} });
  expect(second).toMatchObject({ ok: false, fault: { process: owner.child.pid } });
  expect(owner.lines.filter(line => line.startsWith('lost'))).toEqual([]);
});

test('an owner that was cut off while another took over has lost, and is told once', async () => {
  const reasons: string[] = [];
  const first = await takeServerLease({
    url: database.url,
    log: () => {},
    onLost: reason => reasons.push(reason),
  });

  // What a frozen process finds when it wakes: its lock gone, another name in the row.
  await database.sql`update server_lease set term = term + 1, holder = 'another'`;
  while (reasons.length === 0) await sleep(10);
  await sleep(1_500);

  expect(first.ok).toBe(true);
  expect(reasons).toHaveLength(1);
  expect(await lockHolder()).toBeUndefined();
});

test('a stand-by waits and follows', async () => {
  const first = aServer();
  await first.says('owns');

  const waiting = takeServerLease({
    url: database.url,
    log: () => {},
    onLost: () => {},
    standBy: true,
  });
  const early = await Promise.race([waiting, sleep(4_000, 'still waiting')]);
  first.child.kill('SIGKILL');
  const next = await waiting;

  expect(early).toBe('still waiting');
  expect(next.ok).toBe(true);
  if (next.ok) await next.value.release();
});
