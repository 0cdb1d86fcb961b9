import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { ensureCluster, readPassword, SUPERUSER } from './cluster.ts';
import { findHome, type Home } from './home.ts';
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts';

// The Postgres that comes with Enlighten: nobody installs or configures it. It outlives us on
// purpose: killed, we find it running again, with nothing to recover.

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** One line for whoever operates the server. */
  readonly log: (line: string) => void;
  /** Start it again when it dies, on the same port. */
  readonly watch?: boolean;
}

export interface Embedded {
  readonly url: string;
  /** It was already running: another process started it, perhaps one that was killed. */
  readonly adopted: boolean;
  /** Where it keeps its files. */
  readonly folder: string;
  /** Ends it, whoever uses it; for the owner of the server lease, after its own last write. */
  readonly stop: () => Promise<void>;
  /** Ends it unless someone else is connected; for a tool that needed it for a moment. */
  readonly stopIfUnused: () => Promise<void>;
}

const DATABASE = 'enlighten';
/** A postmaster that was killed leaves processes that hold the directory for one or two seconds. */
const PATIENCE = 10_000;
const RECOVERY_PATIENCE = 600_000;
const TELL_AFTER = 3_000;

export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const home = findHome(options.dataDir, options.log);
  await ensureCluster(home);
  const { port, adopted } = await run(home, options.log);
  const url = urlFor(home, port, DATABASE);
  const keeper = options.watch === true ? keepAlive(home, port, options.log) : undefined;

  const stop = async (): Promise<void> => {
    await keeper?.end();
    if (findPostmaster(home) !== undefined) await stopPostmaster(home);
  };
  return {
    url,
    adopted,
    folder: home.folder,
    stop,
    stopIfUnused: async () => {
      if (!(await isUsed(url))) await stop();
    },
  };
};

interface Running {
  readonly port: number;
  readonly adopted: boolean;
}

/** Adopts the postmaster of this cluster or starts one; waits for one that is coming or going. */
const run = async (home: Home, say: (line: string) => void, only?: number): Promise<Running> => {
  let started = false;
  let told = false;
  let failure: unknown = new Error(`Another Postgres holds ${home.cluster} and does not answer.`);
  for (const begun = Date.now(); ; await sleep(50)) {
    const live = findPostmaster(home);
    if (live !== undefined && (await answers(home, live)))
      return { port: live.port, adopted: !started };
    if (live === undefined) {
      try {
        await startPostmaster(home, only);
        started = true;
        continue;
      } catch (error) {
        failure = error;
        await sleep(250);
      }
    }
    const patience = live?.status === 'starting' ? RECOVERY_PATIENCE : PATIENCE;
    if (Date.now() - begun > patience) throw failure;
    if (Date.now() - begun > TELL_AFTER && !told) {
      told = true;
      say(`Postgres is ${live?.status ?? 'still busy ending'}; waiting for it.`);
    }
  }
};

/** Whether this postmaster serves our cluster (not a neighbour's on a port that was once ours). */
const answers = async (home: Home, { port, status }: Postmaster): Promise<boolean> => {
  if (status !== 'ready') return false;
  const sql = connect(urlFor(home, port, 'postgres'));
  try {
    const [row] = await sql<{ here: boolean }[]>`
      select exists(select from pg_database where datname = ${DATABASE}) as here`;
    if (row?.here === false) await sql`create database ${sql(DATABASE)}`.catch(ifNotDuplicate);
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
};

const ifNotDuplicate = (error: unknown): void => {
  const code = error instanceof postgres.PostgresError ? error.code : '';
  // duplicate_database, or unique_violation when two of us were quicker than its check.
  if (code !== '42P04' && code !== '23505') throw error;
};

const isUsed = async (url: string): Promise<boolean> => {
  const sql = connect(url);
  try {
    const [row] = await sql<{ others: number }[]>`
      select count(*)::int as others from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid()`;
    return (row?.others ?? 0) > 0;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
};

/** Looks after the postmaster: killed, it comes back on the port that everyone already knows. */
const keepAlive = (home: Home, port: number, say: (line: string) => void) => {
  const everyHalfSecond = 500;
  const ending = new AbortController();
  const watching = (async () => {
    while (!ending.signal.aborted) {
      await sleep(everyHalfSecond, undefined, { ref: false, signal: ending.signal });
      if (findPostmaster(home) !== undefined) continue;
      say('Postgres has ended: starting it again.');
      await run(home, say, port).then(
        () => say('Postgres runs again.'),
        (error: unknown) => say(String(error)),
      );
    }
  })().catch((error: unknown) => {
    if (!ending.signal.aborted) throw error;
  });
  return {
    end: async (): Promise<void> => {
      ending.abort();
      await watching;
    },
  };
};

const connect = (url: string) =>
  postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });

const urlFor = (home: Home, port: number, database: string): string =>
  `postgres://${SUPERUSER}:${readPassword(home)}@127.0.0.1:${port}/${database}`;
