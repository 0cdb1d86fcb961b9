import postgres, { type Sql } from 'postgres';
import { assert } from '../base/assert.ts';
import { isRepeatable, wasLost } from './failure.ts';

// One way to the database, in one rule: what belongs together goes in one message. Postgres carries
// a message of several statements out as one transaction, so none is ever open while we think. A
// frozen server therefore holds no lock, and a lost connection cannot fall between two statements,
// where postgres.js would write to a socket that is gone or go on outside of the transaction.

/** int8 comes as text, and every int8 of ours is a safe integer. */
const int8 = {
  to: 20,
  from: [20],
  serialize: (value: number): string => String(value),
  parse: (text: string): number => {
    const value = Number(text);
    assert(Number.isSafeInteger(value), `int8 beyond what a number holds exactly: ${text}`);
    return value;
  },
};

type Client = Sql<{ int8: number }>;

export interface SessionOptions {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly connections: number;
  /** Settings of Postgres for these connections. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** How often a message that lost against another is sent again. */
const REPEATS = 5;

export class Session {
  readonly #options: SessionOptions;
  #client: Client | undefined;
  #closed = false;
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#free = options.connections;
  }

  /** One statement, prepared once per connection. */
  async query<R extends object>(statement: string, parameters: string[]): Promise<readonly R[]> {
    return this.#run(client => client.unsafe<R[]>(statement, parameters, { prepare: true }));
  }

  /** A question that changes nothing may be asked again when its connection was lost meanwhile. */
  async read<R extends object>(statement: string, parameters: string[]): Promise<readonly R[]> {
    try {
      return await this.query(statement, parameters);
    } catch (error) {
      if (this.#closed || !wasLost(error)) throw error;
      return this.query(statement, parameters);
    }
  }

  /** Several statements in one message and one transaction. */
  async write(statements: readonly string[]): Promise<void> {
    await this.#message(statements);
  }

  /** As `write`; each statement must give rows, if only none, or their results run together. */
  async gather<R extends object>(statements: readonly string[]): Promise<readonly R[][]> {
    const results = await this.#message<R>(statements);
    assert(results.length === statements.length, 'every statement of a message gives rows');
    return results;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end({ timeout: 5 });
  }

  /** Sent again when Postgres took it back for the sake of another. */
  async #message<R extends object>(statements: readonly string[]): Promise<readonly R[][]> {
    const message = statements.join(';\n');
    for (let repeats = 0; ; repeats += 1) {
      try {
        return await this.#run(client => client.unsafe<R[][]>(message).simple());
      } catch (error) {
        if (repeats === REPEATS || !isRepeatable(error)) throw error;
      }
    }
  }

  /**
   * A client that lost a connection is not used again: postgres.js keeps what it had not yet
   * written then, and would begin the next connection with it. It is never given more than it has
   * connections, for what it holds back when it ends would never be heard of again.
   */
  async #run<T>(work: (client: Client) => Promise<T>): Promise<T> {
    await this.#turn();
    try {
      assert(!this.#closed, 'the store is closed');
      const client = (this.#client ??= connect(this.#options));
      try {
        return await work(client);
      } catch (error) {
        if (wasLost(error) && this.#client === client && !this.#closed) {
          this.#client = undefined;
          client.end({ timeout: 5 }).catch(() => undefined);
        }
        throw error;
      }
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  /** First come, first served. */
  async #turn(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>(resolve => this.#waiting.push(resolve));
  }
}

const connect = ({ url, name, connections, settings }: SessionOptions): Client =>
  postgres(url, {
    max: connections,
    types: { int8 },
    fetch_types: false,
    max_lifetime: null,
    connect_timeout: 5,
    onnotice: () => undefined,
    connection: {
      application_name: name,
      // Text is written as literals: a backslash in one is a backslash.
      standard_conforming_strings: 'on',
      // Every statement is short; compiling one costs more than running it.
      jit: 'off',
      ...settings,
    },
  });
