import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { type Result, fail, ok } from '../base/result.ts';
import { ADVISORY } from './advisory.ts';

// One server per database. The lock is an advisory lock of Postgres, held by a connection that does
// nothing else: a killed server loses it within milliseconds. A frozen one keeps its connection, so a
// row with a heartbeat stands beside the lock, and whoever finds the heart silent ends the connection.

export interface LeaseOptions {
  readonly url: string;
  readonly log: (line: string) => void;
  /** Called once, when another server owns the database. Stop writing, stop answering, end. */
  readonly onLost: (reason: string) => void;
  /** Wait for as long as another server lives (a stand-by), instead of being refused. */
  readonly standBy?: boolean;
}

export interface ServerLease {
  /** Rises with every owner of this database: the fence for everything that this one writes. */
  readonly term: number;
  release(): Promise<void>;
}

export interface LeaseHolder {
  readonly host: string;
  readonly process: number;
  readonly since: Date;
}

/** Silence, by the clock of the database, after which an owner counts as frozen. */
const SILENCE = 8_000;
const BEAT = 1_000;
const RETRY = 100;

export const takeServerLease = async (
  options: LeaseOptions,
): Promise<Result<ServerLease, LeaseHolder>> => {
  const sql = postgres(options.url, {
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    connect_timeout: 5,
    connection: { application_name: 'enlighten lease' },
    // Every statement runs on whatever connection there is now, so each names its own backend.
    prepare: false,
    backoff: () => 0.1,
    onnotice: () => undefined,
  });
  const holder = randomUUID();
  try {
    const beats = new Set<string>();
    for (;;) {
      const term = await tryTake(sql, holder);
      if (term !== undefined) return ok(hold({ sql, holder, term }, options));
      const other = await lookAtOwner(sql);
      if (other !== undefined) {
        // Three different beats prove a living heart; one that stands still is waited out.
        beats.add(other.beat);
        if (beats.size > 2 && options.standBy !== true) return await refuse(sql, other);
        if (other.silent > SILENCE) await endFrozenOwner(sql, options.log);
      }
      await sleep(RETRY);
    }
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
};

/** Lock and row in one statement, so that no lost connection can come between them. */
const tryTake = async (sql: Sql, holder: string): Promise<number | undefined> => {
  const [row] = await sql<{ term: string }[]>`
    with lock as materialized (
      select pg_try_advisory_lock(${ADVISORY.space}, ${ADVISORY.serverLease}) as held)
    insert into server_lease as lease (id, term, holder, host, process, backend, since, beat)
    select 1, 1, ${holder}, ${hostname()}, ${process.pid}, pg_backend_pid(),
      clock_timestamp(), clock_timestamp()
    from lock where held
    on conflict (id) do update set term = lease.term + 1, holder = excluded.holder,
      host = excluded.host, process = excluded.process, backend = excluded.backend,
      since = excluded.since, beat = excluded.beat
    returning term`;
  return row === undefined ? undefined : Number(row.term);
};

interface Owner extends LeaseHolder {
  readonly beat: string;
  readonly silent: number;
}

const lookAtOwner = async (sql: Sql): Promise<Owner | undefined> => {
  const [row] = await sql<Owner[]>`
    select host, process, since, beat::text as beat,
      (extract(epoch from clock_timestamp() - beat) * 1000)::float8 as silent
    from server_lease where id = 1`;
  return row;
};

const refuse = async (sql: Sql, owner: Owner): Promise<Result<ServerLease, LeaseHolder>> => {
  await sql.end({ timeout: 1 });
  const { host, process: pid, since } = owner;
  return fail({ host, process: pid, since });
};

/** Looks and ends in one statement: an owner that beats again in between is left alone. */
const endFrozenOwner = async (sql: Sql, log: (line: string) => void): Promise<void> => {
  const ended = await sql`
    select pg_terminate_backend(lock.pid) from server_lease as lease
    join pg_locks as lock on lock.pid = lease.backend and lock.granted
    where lock.locktype = 'advisory' and lock.classid = ${ADVISORY.space}
      and lock.objid = ${ADVISORY.serverLease} and lease.id = 1
      and lease.beat < clock_timestamp() - ${SILENCE} * interval '1 millisecond'`;
  if (ended.length > 0) log('The server that owned this database is frozen: replacing it.');
};

interface Held {
  readonly sql: Sql;
  readonly holder: string;
  readonly term: number;
}

const hold = (held: Held, { log, onLost }: LeaseOptions): ServerLease => {
  const released = new AbortController();
  const { signal } = released;
  const beatOn = async (): Promise<void> => {
    let quiet = false;
    for (;;) {
      await sleep(quiet ? RETRY : BEAT, undefined, { ref: false, signal });
      const state = await renew(held);
      signal.throwIfAborted();
      if (state === 'away' && !quiet) log('The database is away; waiting for it.');
      if (state === 'held' && quiet) log('The database is back; this server still owns it.');
      if (state === 'lost') return onLost('another server owns this database now');
      quiet = state === 'away';
    }
  };
  const beating = (async (): Promise<void> => {
    try {
      await beatOn();
      await held.sql.end({ timeout: 1 });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  })();
  return {
    term: held.term,
    release: async () => {
      released.abort();
      // Not only once the beat is over: of a database that hangs it would wait for ever.
      await held.sql.end({ timeout: 1 });
      await beating;
    },
  };
};

/**
 * A beat, and after a lost connection the lock again, as long as nobody else was the owner since. The
 * lock counts how often a session took it, so asking for it each time is free and always the truth; a
 * remembered backend pid is not, for a restarted Postgres gives out the same ones.
 */
const renew = async ({ sql, holder, term }: Held): Promise<'held' | 'away' | 'lost'> => {
  try {
    const renewed = await sql`
      update server_lease set beat = clock_timestamp(), backend = pg_backend_pid()
      where id = 1 and term = ${term} and holder = ${holder}
        and pg_try_advisory_lock(${ADVISORY.space}, ${ADVISORY.serverLease})
      returning id`;
    if (renewed.length > 0) return 'held';
    const [row] = await sql`select from server_lease where term = ${term} and holder = ${holder}`;
    return row === undefined ? 'lost' : 'away';
  } catch {
    return 'away';
  }
};
