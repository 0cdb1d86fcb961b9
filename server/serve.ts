import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { getRequestListener } from '@hono/node-server';
import pino, { type Logger } from 'pino';
import postgres from 'postgres';
import { Registry, collectDefaultMetrics } from 'prom-client';
import type { Edge } from './course/edge.ts';
import { quotas } from './course/quota.ts';
import { createRevocations } from './course/revocation.ts';
import { signInNotice } from './course/address.ts';
import { createApp } from './http/app.ts';
import { attachHub } from './hub/hub.ts';
import { questionsTo } from './lab-questions.ts';
import { startLabs } from './lab-threads.ts';
import { checkLabFile, readSamples } from './lab-files.ts';
import { lanAddress } from './lan.ts';
import { buildPage } from './page-build.ts';
import { ADDRESS_FILE, type Settings, SettingsError, readSettings } from './settings.ts';
import { type Embedded, startEmbedded } from './store/embedded/embedded.ts';
import { createHouse } from './store/house.ts';
import { installationSecret } from './store/identity/secret.ts';
import { migrate } from './store/migrate.ts';
import { type ServerLease, takeServerLease } from './store/server-lease.ts';
import type { LabId } from './protocol/id.ts';
import { ratesFor } from './protocol/wire/limit.ts';

// What the main thread puts together: the only file of it that knows everyone. It brings the parts up
// in the order in which they stand on each other, and lets go of them in the reverse one.

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const VERSION: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

const DEMO_LAB: LabId = 'lab:demo';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Starts the server; resolves when it is ready. Throws a SettingsError for what its operator can mend. */
export async function serve(workers: readonly Worker[]): Promise<void> {
  const settings = readSettings(process.env);
  const log = pino({ level: settings.LOG_LEVEL, base: null }, pino.destination(2));
  const page = buildPage(ROOT, say).catch((error: unknown) => {
    // The labs live on without a page; whoever operates the server sees why there is none.
    log.error({ err: error }, 'the page could not be built');
    return join(ROOT, 'dist', 'client');
  });
  // Before a database is started: a port that is taken ends it here.
  const door = await openDoor(settings);
  const database = await openDatabase(settings);
  const lease = await own(database);
  const running = await withDatabase(database, async () =>
    run({ settings, log, workers, database, lease, door, pageFolder: await page }),
  );
  leaveAddress(settings, running.address);
  stopWhenAsked(async () => {
    await running.close();
    await lease.release();
    await database.embedded?.stop();
  }, log);
  say(`Enlighten is ready at ${running.address}`);
  process.stdout.write(await running.signIn());
  if (running.lan !== null) say(`On this network: ${running.lan}`);
}

interface OpenDatabase {
  readonly url: string;
  readonly embedded: Embedded | null;
}

async function openDatabase({ DATABASE_URL, DATA_DIR }: Settings): Promise<OpenDatabase> {
  const embedded =
    DATABASE_URL === undefined
      ? await startEmbedded({ dataDir: DATA_DIR, log: say, watch: true })
      : null;
  const database = { url: DATABASE_URL ?? embedded?.url ?? '', embedded };
  await withDatabase(database, () =>
    migrate(database.url).catch((error: unknown) => {
      if (DATABASE_URL === undefined) throw error;
      throw unreachable(error) ?? error;
    }),
  );
  return database;
}

/** What an operator can mend; anything else is for whoever mends us. */
function unreachable(error: unknown): SettingsError | null {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|CONNECT_|28|3D|42501)/.test(code)) return null;
  const what = cause instanceof Error && cause.message !== '' ? cause.message : code;
  return new SettingsError(
    `The database of DATABASE_URL cannot be used: ${what}. Start it, or correct the setting.`,
  );
}

/** A start that fails leaves no Postgres behind that nobody uses. */
async function withDatabase<T>({ embedded }: OpenDatabase, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await embedded?.stopIfUnused();
    throw error;
  }
}

/** One server a database. Whoever loses it must not write a byte more, so the process ends. */
async function own({ url, embedded }: OpenDatabase): Promise<ServerLease> {
  const onLost = (reason: string): void => {
    process.stderr.write(`This server ends: ${reason}.\n`);
    process.exit(75);
  };
  const lease = await takeServerLease({ url, log: say, onLost });
  if (lease.ok) return lease.value;
  await embedded?.stopIfUnused();
  const { host, process: pid } = lease.fault;
  throw new SettingsError(
    `Another Enlighten (process ${pid} on ${host}) has this database. Stop it, or name another DATA_DIR or DATABASE_URL.`,
  );
}

interface Parts {
  readonly settings: Settings;
  readonly log: Logger;
  readonly workers: readonly Worker[];
  readonly database: OpenDatabase;
  readonly lease: ServerLease;
  readonly door: Door;
  readonly pageFolder: string;
}

/** Listening already; until there is somebody to answer, it says so. */
interface Door {
  readonly server: ReturnType<typeof createServer>;
  readonly port: number;
  answer: RequestListener;
}

async function openDoor(settings: Settings): Promise<Door> {
  const server = createServer((request, response) => door.answer(request, response));
  const answer: RequestListener = (_request, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end('Enlighten is starting.');
  };
  const door: Door = { server, port: 0, answer };
  const { port } = await listen(server, settings);
  return Object.assign(door, { port });
}

/** For `npm run signin`, which knows no port but that of its own settings. */
function leaveAddress({ DATA_DIR }: Settings, address: string): void {
  mkdirSync(DATA_DIR, { recursive: true });
  writeFileSync(join(DATA_DIR, ADDRESS_FILE), address);
}

async function run({ settings, log, workers, database, lease, door, pageFolder }: Parts) {
  const { url } = database;
  const edge: Edge = { publicUrl: settings.PUBLIC_URL ?? null, trustProxy: settings.TRUST_PROXY };
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const threadData = { url, term: lease.term, logLevel: settings.LOG_LEVEL };
  const labs = await startLabs(workers, threadData, error => {
    // A lab thread that died took its labs along; the next start finds them in the database.
    log.fatal({ err: error }, 'a lab thread died');
    process.exit(70);
  });
  const sql = postgres(url, { max: 8, onnotice: () => undefined });
  const revocations = createRevocations();
  const house = createHouse({
    sql,
    secret: installationSecret(settings.DATA_DIR),
    edge,
    quotas: quotas({ vmsPerLab: settings.VMS_PER_LAB }),
    revocations,
    log: message => log.warn(message),
  });
  const samples = readSamples(join(ROOT, 'server', 'course', 'sample'));
  const { server, port } = door;
  const lan = lanAddress(settings.HOST, port);
  const app = createApp({
    ...house,
    checkLabFile,
    ask: questionsTo(labs),
    samples,
    edge,
    lanUrl: lan,
    readiness: async () => ({ database: await isThere(sql) }),
    metrics,
    metricsToken: settings.METRICS_TOKEN,
    pageFolder,
    version: VERSION,
    log,
  });
  const { identity, labs: catalogue } = house;
  const limits = ratesFor(settings.COMMANDS_PER_SECOND);
  const around = { identity, catalogue, revocations, edge, limits, metrics, log };
  const hub = attachHub({ server, labs, ...around });
  await bringDemo(catalogue, samples);
  labs.post({ t: 'open', lab: DEMO_LAB });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  door.answer = (request, response) => void listener(request, response);
  const address = settings.PUBLIC_URL ?? `http://localhost:${port}`;
  return {
    address,
    lan,
    signIn: async () => signInNotice(address, await house.signInLinks.mint()),
    close: async () => {
      await hub.drain();
      server.close();
      await labs.close();
      server.closeAllConnections();
      await sql.end({ timeout: 5 });
    },
  };
}

/** Everyone who starts the server finds a lab to look at. */
async function bringDemo(
  catalogue: ReturnType<typeof createHouse>['labs'],
  samples: ReturnType<typeof readSamples>,
): Promise<void> {
  if ((await catalogue.fileOf(DEMO_LAB)) !== null) return;
  const sample = samples.find(({ name }) => name.startsWith('Three')) ?? samples[0];
  if (sample === undefined) return;
  await catalogue.create({ name: 'Demo lab', file: sample.file, owner: null, lab: DEMO_LAB });
}

async function listen(
  server: ReturnType<typeof createServer>,
  { HOST, PORT }: Settings,
): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => {
      const inUse = 'code' in error && error.code === 'EADDRINUSE';
      reject(inUse ? new SettingsError(`Port ${PORT} is taken. Set PORT to another one.`) : error);
    });
    server.listen(PORT, HOST, resolve);
  });
  return server.address() as AddressInfo;
}

async function isThere(sql: ReturnType<typeof postgres>): Promise<boolean> {
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  }
}

function stopWhenAsked(stop: () => Promise<void>, log: Logger): void {
  let stopping = false;
  const end = (signal: string): void => {
    // Asked twice: somebody does not want to wait.
    if (stopping) process.exit(130);
    stopping = true;
    say(`${signal}: finishing what is under way.`);
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => end(signal));
}
