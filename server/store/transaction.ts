import { setTimeout as sleep } from 'node:timers/promises';
import postgres, { type Sql, type TransactionSql } from 'postgres';

// postgres.js (3.4.9, its issue 1208) ends the whole process with an exception that nobody can catch
// when a connection is lost inside of `begin`: it sends ROLLBACK, or whatever comes next, to a socket
// that is gone. So after a loss nothing more of a transaction may reach it, not even its own end.
// What stays is that postgres.js tells of a loss once more, to the first who uses the next connection.

/** How long a failed connection may take to say that it is closed. */
const CLOSE_MS = 200;

const NEVER = new Promise<never>(() => undefined);

/** Makes `begin` of this client survive lost connections; the transaction is rejected then. */
export const withSafeTransactions = <T extends Sql>(sql: T): T => {
  const begin = sql.begin.bind(sql) as (options: string, work: Work) => Promise<unknown>;
  const safe = async (...args: [Work] | [string, Work]): Promise<unknown> => {
    const [options, work] = args.length === 1 ? ['', args[0]] : args;
    const connection = { lost: false };
    try {
      return await begin(options, transaction => run(transaction, work, connection));
    } finally {
      connection.lost = true;
    }
  };
  sql.begin = safe as typeof sql.begin;
  return sql;
};

type Work = (transaction: TransactionSql) => unknown;

interface Connection {
  /** Begin has ended: by itself, or because the connection closed. */
  lost: boolean;
}

const run = async (
  transaction: TransactionSql,
  work: Work,
  connection: Connection,
): Promise<unknown> => {
  try {
    const result = await work(guarded(transaction, connection));
    if (!connection.lost) return result;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.severity === 'ERROR') throw error;
    for (let waited = 0; waited < CLOSE_MS && !connection.lost; waited += 10) await sleep(10);
    if (!connection.lost) throw error;
  }
  // Begin has been rejected already, and must never hear that its work is done.
  return NEVER;
};

const guarded = (transaction: TransactionSql, connection: Connection): TransactionSql => {
  const refuse = (): void => {
    if (!connection.lost) return;
    const message = 'this transaction is over: its connection was lost';
    throw Object.assign(new Error(message), { code: 'CONNECTION_CLOSED' });
  };
  return new Proxy(transaction, {
    apply: (target, self, args) => {
      refuse();
      return Reflect.apply(target, self, args);
    },
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        refuse();
        return Reflect.apply(value, target, args);
      };
    },
  });
};
