import postgres, { type Sql } from 'postgres';
import type { Settings } from '../../settings.ts';
import { startEmbedded } from '../embedded/embedded.ts';

export interface OpenDatabase {
  readonly sql: Sql;
  readonly url: string;
  /** Ends the connection, and the embedded Postgres if it was started for this and nobody uses it. */
  close(): Promise<void>;
}

/** The database of the settings, for a tool: beside a running server, or without one. */
export const openDatabase = async ({ DATABASE_URL, DATA_DIR }: Settings): Promise<OpenDatabase> => {
  if (DATABASE_URL !== undefined) return connect(DATABASE_URL, async () => undefined);
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const { url, stopIfUnused } = await startEmbedded({ dataDir: DATA_DIR, log });
  return connect(url, stopIfUnused);
};

const connect = (url: string, after: () => Promise<void>): OpenDatabase => {
  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    connection: { application_name: 'enlighten tool' },
    onnotice: () => undefined,
  });
  const close = async (): Promise<void> => {
    await sql.end({ timeout: 5 });
    await after();
  };
  return { sql, url, close };
};
