import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { program } from '../../command-line.ts';
import { signInNotice } from '../../course/address.ts';
import { nameFault, NAME_SENTENCES, tidyName } from '../../protocol/name.ts';
import { ADDRESS_FILE, readSettings, type Settings, SettingsError } from '../../settings.ts';
import { startEmbedded } from '../embedded/embedded.ts';
import { databaseOf } from '../identity/database.ts';
import { mintSignInLink } from '../identity/sign-in-link.ts';

// npm run signin [-- --name NAME]: prints another sign-in link, beside a running server or without
// one. With a name it is for the instructor of that name, who is made when the link is used.

const main = async (): Promise<void> => {
  const settings = readSettings(process.env);
  const values = program('signin', 'Prints another link that signs an instructor in, once.')
    .option('--name <name>', 'whom; made when the link is used (the first instructor)')
    .parse()
    .opts();
  const name = values.name === undefined ? undefined : readName(values.name);

  const { url, done } = await databaseUrl(settings);
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [table] = await sql`select to_regclass('sign_in_link') as found`;
    if (table?.['found'] === null) stop('This database is empty: start the server once, first.');
    const link = await mintSignInLink(databaseOf(sql), name);
    process.stdout.write(signInNotice(base(settings), link));
  } finally {
    await sql.end();
    await done();
  }
};

const readName = (text: string): string => {
  const name = tidyName(text);
  const fault = nameFault(name);
  return fault === null ? name : stop(NAME_SENTENCES[fault]);
};

const databaseUrl = async ({ DATABASE_URL, DATA_DIR }: Settings) => {
  if (DATABASE_URL !== undefined) return { url: DATABASE_URL, done: async () => undefined };
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const embedded = await startEmbedded({ dataDir: DATA_DIR, log });
  return { url: embedded.url, done: () => embedded.stopIfUnused() };
};

/** Whoever reads the terminal sits at the server, unless it has an address of its own. */
const base = ({ PUBLIC_URL, PORT, DATA_DIR }: Settings): string => {
  const left = join(DATA_DIR, ADDRESS_FILE);
  const isTold = PUBLIC_URL !== undefined || process.env['PORT'] !== undefined;
  if (!isTold && existsSync(left)) return readFileSync(left, 'utf8');
  return PUBLIC_URL ?? `http://localhost:${PORT}`;
};

class Refusal extends Error {}

const stop = (why: string): never => {
  throw new Refusal(why);
};

try {
  await main();
} catch (error) {
  if (!(error instanceof Refusal || error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
