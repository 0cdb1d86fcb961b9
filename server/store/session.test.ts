import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { anEmptyDatabase } from '../../test/fixture/postgres.ts';
import { AssertionError } from '../base/assert.ts';
import { aProxy } from './proxy.fixture.ts';
import { Session } from './session.ts';

const database = await anEmptyDatabase();

const sessions: Session[] = [];
afterEach(async () => {
  await Promise.all(sessions.splice(0).map(session => session.close()));
});
const aSession = (connections: number, url = database.url): Session => {
  const session = new Session({ url, name: 'enlighten test', connections });
  sessions.push(session);
  return session;
};

const backends = async (): Promise<readonly number[]> => {
  const rows = await database.sql<{ pid: number }[]>`
    select pid from pg_stat_activity
    where application_name = 'enlighten test' and datname = current_database()`;
  return rows.map(({ pid }) => pid);
};

test('whatever waits for a connection is answered, though one of them is lost meanwhile', async () => {
  const session = aSession(2);
  // Large enough to fill a socket, so that postgres.js would hold the next ones back.
  const large = `select length('${'x'.repeat(8_000_000)}'), pg_sleep(0.2)`;
  const asked = [large, large, large, large, 'select 1', 'select 2'].map(statement =>
    session.write([statement]).then(
      () => 'answered',
      () => 'lost',
    ),
  );
  await sleep(100);

  const [first] = await backends();
  await database.sql`select pg_terminate_backend(${first ?? 0})`;

  const outcomes = await Promise.all(asked);
  expect(outcomes.filter(outcome => outcome === 'lost')).toHaveLength(1);
  expect(outcomes.slice(-2)).toEqual(['answered', 'answered']);
});

test('a message of several statements is one transaction', async () => {
  const session = aSession(1);
  await session.write(['create table whole (a int primary key)']);

  const failure = await session
    .write(['insert into whole values (1)', 'insert into whole values (2)', 'select 1 / 0'])
    .catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: '22012' });
  expect(await session.read('select a from whole', [])).toHaveLength(0);
});

test('every statement of a gathering gives its own rows, none too', async () => {
  const session = aSession(1);

  const gathered = await session.gather([
    'select 1::int8 as a where false',
    'select 9007199254740991::int8 as b union all select -1 order by 1',
  ]);

  expect(gathered.map(rows => [...rows])).toEqual([
    [],
    [{ b: -1 }, { b: Number.MAX_SAFE_INTEGER }],
  ]);
});

test('a connection that was lost while nobody used it is made again', async () => {
  const session = aSession(1);
  await session.write(['select 1']);
  for (const pid of await backends()) await database.sql`select pg_terminate_backend(${pid})`;
  await sleep(50);

  const rows = await session.query('select 1 as one', []);

  expect(rows).toHaveLength(1);
});

test('a session that stalls in the middle of a message is lost, not stuck, when it is cut', async () => {
  const proxy = await aProxy(database.url);
  const session = aSession(1, proxy.url);
  await session.write(['select 1']);
  proxy.stallAfter(10);
  const stalled = session.write(['select 2']).catch((error: unknown) => error);
  await sleep(50);

  await proxy.shut();

  expect(await stalled).toMatchObject({ code: expect.any(String) });
  proxy.stallAfter(Infinity);
  await proxy.reopen();
  await session.write(['select 3']);
  await proxy.shut();
});

test('a closed session is used by nobody', async () => {
  const session = aSession(1);
  await session.close();

  const failure = await session.write(['select 1']).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(AssertionError);
});
