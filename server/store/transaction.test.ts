import { setTimeout as sleep } from 'node:timers/promises';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { anEmptyDatabase } from '../../test/fixture/postgres.ts';
import { withSafeTransactions } from './transaction.ts';

const database = await anEmptyDatabase();
const sql = withSafeTransactions(postgres(database.url, { max: 1, onnotice: () => undefined }));
afterAll(() => sql.end({ timeout: 1 }));
await database.sql`create table t (a int)`;

beforeEach(async () => {
  await database.sql`truncate t`;
});

/** The loss of a connection may be told once more, to whoever uses its successor first. */
const again = <T>(work: () => Promise<T>): Promise<T> => work().catch(work);

const rows = (of: Sql) => of<{ a: number }[]>`select a from t order by a`.then(found => [...found]);

const pidOf = async (transaction: TransactionSql): Promise<number> => {
  const [row] = await transaction<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row?.pid ?? 0;
};

const kill = async (pid: number): Promise<void> => {
  await database.sql`select pg_terminate_backend(${pid})`;
};

const deaths: readonly [string, (transaction: TransactionSql) => Promise<unknown>][] = [
  [
    'while a statement runs',
    async transaction => {
      const pid = await pidOf(transaction);
      await transaction`insert into t values (1)`;
      await Promise.all([transaction`select pg_sleep(10)`, sleep(50).then(() => kill(pid))]);
    },
  ],
  [
    'while several statements are on their way',
    async transaction => {
      const pid = await pidOf(transaction);
      const statements = [transaction`select pg_sleep(10)`, transaction`insert into t values (2)`];
      await Promise.all([...statements, sleep(50).then(() => kill(pid))]);
    },
  ],
  [
    'between two statements',
    async transaction => {
      await kill(await pidOf(transaction));
      await sleep(50);
      await transaction`insert into t values (3)`;
    },
  ],
  [
    'and the work goes on as if nothing were',
    async transaction => {
      await kill(await pidOf(transaction));
      await sleep(50);
      await transaction`insert into t values (4)`.catch(() => undefined);
      await transaction.unsafe('insert into t values (5)').catch(() => undefined);
    },
  ],
  [
    'before its commit',
    async transaction => {
      await transaction`insert into t values (6)`;
      await kill(await pidOf(transaction));
      await sleep(50);
    },
  ],
];
test.each(deaths)('a connection lost %s rejects the transaction, and no more', async (_, work) => {
  const failure = await sql.begin(work).then(
    () => null,
    error => error,
  );

  expect(failure).toBeInstanceOf(Error);
  expect(await again(() => rows(sql))).toEqual([]);
  await sql.begin(transaction => transaction`insert into t values (7)`);
  expect(await rows(sql)).toEqual([{ a: 7 }]);
});

test('a transaction that ends well is committed, and gives what its work gave', async () => {
  const result = await sql.begin('isolation level serializable', async transaction => {
    await transaction`insert into t values (1)`;
    await transaction.savepoint(nested => nested`insert into t values (2)`);
    return 'done';
  });

  expect(result).toBe('done');
  expect(await rows(sql)).toEqual([{ a: 1 }, { a: 2 }]);
});

test('a transaction whose work or statement fails is rolled back with that failure', async () => {
  const failures = [
    await sql
      .begin(async transaction => {
        await transaction`insert into t values (1)`;
        throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      })
      .catch(error => error.message),
    await sql
      .begin(transaction => transaction`insert into nowhere values (1)`)
      .catch(error => error.code),
  ];

  expect(failures).toEqual(['no such file', '42P01']);
  expect(await rows(sql)).toEqual([]);
});
