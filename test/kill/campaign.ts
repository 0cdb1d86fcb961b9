import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '../../server/store/embedded/embedded.ts';
import { findHome } from '../../server/store/embedded/home.ts';
import { findPostmaster } from '../../server/store/embedded/postmaster.ts';
import { openLink } from '../../client/link/link.ts';
import { wsWire } from '../bots/ws-wire.ts';
import { Bot } from './bot.ts';
import { createLab, join, makeJoinLink, signIn } from './entry.ts';
import { labUnderFire, mostOf } from './lab-under-fire.ts';
import { Ledger } from './ledger.ts';
import type { Door, StateSeen } from './recording-wire.ts';
import { countMidStart } from './workload.ts';
import { type End, ServerProcess } from './server-process.ts';
import type { Strike, Target } from './strike.ts';

export interface CampaignOptions {
  readonly seed: number;
  readonly bots: number;
  readonly hosts: number;
  readonly vms: number;
  /** Machines that are to be on their way up at any moment. */
  readonly midStart: number;
  readonly say: (line: string) => void;
}

/** How long until the bots of a new server were told something. */
export interface Arrival {
  /** From exec to the first state of a scope, and to the last bot's. */
  readonly first: number;
  readonly last: number;
  /** From exec to the first that happened after that. */
  readonly live: number;
  /** Machines on their way up then. */
  readonly midStart: number;
}

/** A server, a lab in it, and bots that go on whatever is done to the server. */
export class Campaign {
  readonly folder: string;
  readonly bots: Bot[] = [];
  readonly resumes = { packets: 0, pictures: 0 };
  readonly #options: CampaignOptions;
  readonly #ports: readonly [number, number];
  readonly #door: Door = { url: null, server: 0 };
  #server: ServerProcess | null = null;
  #lab = '';
  /** The cookie of somebody who belongs there. */
  #visitor = '';
  #url = '';
  #arrivals = new Map<string, { first: number; live: number | null }>();

  private constructor(options: CampaignOptions, ports: readonly [number, number]) {
    this.#options = options;
    this.#ports = ports;
    this.folder = mkdtempSync(joinPath(tmpdir(), 'enlighten-kill-'));
    // Started by root, Postgres runs as a user who has to pass through here.
    chmodSync(this.folder, 0o755);
    mkdirSync(this.#dataDir, { mode: 0o755 });
  }

  /** The server runs, the lab is there, the bots are in it and work. */
  static async begin(options: CampaignOptions): Promise<Campaign> {
    const campaign = new Campaign(options, [await freePort(), await freePort()]);
    try {
      await campaign.#begin();
      return campaign;
    } catch (error) {
      await campaign.leave();
      throw error;
    }
  }

  async #begin(): Promise<void> {
    const { seed, bots, hosts, vms, midStart, say } = this.#options;
    const server = this.start(null);
    const [, printed = ''] = await server.says(/^\s*(http\S+\/sign-in\/\S+)/m);
    const { url } = await startEmbedded({ dataDir: this.#dataDir, log: say });
    this.#url = url;
    const instructor = await signIn(server.url, printed);
    const file = labUnderFire({ hosts, vms, seed: `kill-${seed}` });
    this.#lab = await createLab(server.url, instructor, { name: 'Under fire', file });
    const token = await makeJoinLink(server.url, instructor, this.#lab);
    for (let number = 0; number < bots; number += 1) {
      const name = `bot-${String(number).padStart(2, '0')}`;
      // One of them sees what instructors see.
      const { cookie } = number === 0 ? instructor : await join(server.url, token, name);
      this.#visitor = cookie;
      this.bots.push(this.#bot(name, number, cookie));
    }
    await this.#until('every bot is in the lab', () => this.bots.every(isLive));
    for (const bot of this.bots) {
      bot.lookCloser();
      bot.work();
    }
    await this.#until(`${midStart} machines mid-start`, () => this.midStart >= midStart);
  }

  #bot(name: string, number: number, cookie: string): Bot {
    const { seed, bots, midStart } = this.#options;
    return new Bot({
      name,
      audience: number === 0 ? 'instructor' : 'everyone',
      lab: this.#lab,
      cookie,
      door: this.#door,
      ledger: new Ledger(joinPath(this.folder, `${name}.ledger`)),
      seed,
      part: { share: bots, offset: number },
      // A few more than are asked for: some are just about to arrive.
      midStart: midStart + 4,
      onState: state => this.#heard(name, state),
    });
  }

  get #dataDir(): string {
    return joinPath(this.folder, 'data');
  }

  get ledgers(): readonly string[] {
    return this.bots.map(({ name }) => joinPath(this.folder, `${name}.ledger`));
  }

  get server(): ServerProcess {
    if (this.#server === null) throw new Error('no server was started');
    return this.#server;
  }

  get target(): Target {
    const { cluster } = findHome(this.#dataDir, () => undefined);
    return { lab: this.#lab, postmaster: joinPath(cluster, 'postmaster.pid') };
  }

  get databaseUrl(): string {
    return this.#url;
  }

  get lab(): string {
    return this.#lab;
  }

  get answered(): number {
    return this.bots.reduce((sum, { answered }) => sum + answered, 0);
  }

  /** Machines that are on their way up, as the first bot sees it. */
  get midStart(): number {
    const held = this.bots[0]?.link.scope('lab');
    return held === undefined ? 0 : countMidStart(held);
  }

  /** Executes a server; the door leads to it as soon as it listens. */
  start(strike: Strike | null, port = this.#server?.port ?? this.#ports[0]): ServerProcess {
    const server = this.#execute(strike, port);
    this.open(server);
    return server;
  }

  /** A second one beside it, on the other port, to which no door leads yet. */
  startBeside(): ServerProcess {
    const [one, other] = this.#ports;
    return this.#execute(null, this.server.port === one ? other : one);
  }

  #execute(strike: Strike | null, port: number): ServerProcess {
    const { vms } = this.#options;
    const options = { dataDir: this.#dataDir, port, vmsPerLab: mostOf(vms) };
    return new ServerProcess({ ...options, log: joinPath(this.folder, 'server.log') }, strike);
  }

  /** From now on this is the server. */
  open(server: ServerProcess): void {
    this.#server = server;
    this.#arrivals = new Map();
    this.#door.server += 1;
    this.#door.url = `ws://127.0.0.1:${server.port}/ws`;
  }

  /** Somebody enters the lab by that server and gives no command. Gives back how to leave. */
  async visit(server: ServerProcess): Promise<() => void> {
    const link = openLink({
      url: `ws://127.0.0.1:${server.port}/ws`,
      lab: this.#lab,
      connect: wsWire(this.#visitor),
    });
    link.watch('lab');
    await until('the visitor sees the lab', () => (link.scope('lab')?.turn ?? 0) > 0);
    return () => link.close();
  }

  /** Nobody comes in; who is in stays. */
  close(): void {
    this.#door.url = null;
  }

  #heard(bot: string, { server, by, isFirst, isReturn }: StateSeen): void {
    if (server !== this.#door.server || this.#server === null) return;
    if (isFirst && isReturn) this.resumes[by === 'picture' ? 'pictures' : 'packets'] += 1;
    const now = performance.now() - this.#server.executedAt;
    const known = this.#arrivals.get(bot);
    if (known === undefined) this.#arrivals.set(bot, { first: now, live: null });
    else if (!isFirst && by === 'packet') known.live ??= now;
  }

  /** Once all bots are back and something has happened; null when the server died before that. */
  async arrival(): Promise<Arrival | null> {
    const arrived = (): { first: number; live: number | null }[] => [...this.#arrivals.values()];
    const areBack = (): boolean =>
      arrived().length === this.bots.length &&
      this.bots.every(isLive) &&
      arrived().some(({ live }) => live !== null);
    await this.#until('the bots are back', () => areBack() || this.server.end !== null);
    if (!areBack()) return null;
    const firsts = arrived().map(({ first }) => first);
    const lives = arrived().map(({ live }) => live ?? Infinity);
    return {
      first: Math.min(...firsts),
      last: Math.max(...firsts),
      live: Math.min(...lives),
      midStart: this.midStart,
    };
  }

  /** Answers come again: so many more than there were. */
  async answers(more: number): Promise<void> {
    const before = this.answered;
    await this.#until(`${more} more answers`, () => this.answered >= before + more);
  }

  /** A bot that gave up makes the wait one for ever; so does a server that is dead unasked. */
  async #until(what: string, look: () => boolean): Promise<void> {
    await until(what, () => {
      const failed = this.bots.find(({ failure }) => failure !== null);
      if (failed !== undefined) throw failed.failure;
      const { end, struck, said } = this.server;
      if (end !== null && struck === null)
        throw new Error(`${what}: the server ended (${end}):\n${said.slice(-3_000)}`);
      return look();
    });
  }

  /** Ends Postgres as the signal says; the server notices and starts it again. */
  strikePostgres(signal: 'SIGKILL' | 'SIGINT'): void {
    const running = findPostmaster(findHome(this.#dataDir, () => undefined));
    if (running !== undefined) process.kill(running.pid, signal);
  }

  /** Everything answered, everything written, server and Postgres at rest; then the rows may be read. */
  async settle(): Promise<End> {
    await within(60_000, 'the bots rest', Promise.all(this.bots.map(bot => bot.rest())));
    // A beat of the last turn is compared as well.
    await sleep(1_500);
    for (const bot of this.bots) bot.close();
    this.server.signal('SIGTERM');
    const end = await this.server.endsWithin(30_000);
    if (end === null) throw new Error('the server did not end when it was asked to');
    return end;
  }

  /** Of the database as the server left it. */
  async withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
    const { say } = this.#options;
    const embedded = await startEmbedded({ dataDir: this.#dataDir, log: say });
    try {
      return await work(embedded.url);
    } finally {
      await embedded.stop();
    }
  }

  /** Nothing of it is left, but for the folder when it is to be looked at. */
  async leave({ keep = false } = {}): Promise<void> {
    this.close();
    for (const bot of this.bots) bot.link.close();
    if (this.#server !== null && this.#server.end === null) await this.#server.kill();
    const home = findHome(this.#dataDir, () => undefined);
    const running = findPostmaster(home);
    if (running !== undefined) process.kill(running.pid, 'SIGQUIT');
    for (let tries = 0; tries < 250 && findPostmaster(home) !== undefined; tries += 1)
      await sleep(20);
    if (keep) return;
    const options = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };
    rmSync(home.folder, options);
    rmSync(this.folder, options);
  }
}

const isLive = ({ link }: Bot): boolean => link.connection.phase === 'live';

const PATIENCE_MS = 60_000;

const until = async (what: string, look: () => boolean): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (!look()) {
    if (performance.now() > deadline) throw new Error(`${what}: not within a minute`);
    await sleep(10);
  }
};

const within = async <T>(milliseconds: number, what: string, work: Promise<T>): Promise<T> => {
  const limit = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`${what}: not within ${milliseconds} ms`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    limit.abort();
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
