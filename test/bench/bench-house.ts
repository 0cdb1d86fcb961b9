import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { startEmbedded } from '../../server/store/embedded/embedded.ts';
import { createLab, join, makeJoinLink, signIn, type Visitor } from '../kill/entry.ts';
import { ServerProcess } from '../kill/server-process.ts';
import { cpuSeconds } from './cpu.ts';
import type { Say } from './figure.ts';

/** A lab of a bench is as large as what it measures. */
const VMS_PER_LAB = 2_000;

export interface BenchHouseOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly say: Say;
}

/** The shipped server in a process of its own, over a fresh database, with people who signed in. */
export class BenchHouse {
  readonly url: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly sql: Sql;
  readonly instructor: Visitor;
  readonly #server: ServerProcess;
  readonly #folder: string;
  #guests = 0;

  private constructor(parts: {
    readonly server: ServerProcess;
    readonly folder: string;
    readonly databaseUrl: string;
    readonly instructor: Visitor;
  }) {
    const { server, folder, databaseUrl, instructor } = parts;
    this.url = server.url;
    this.port = server.port;
    this.databaseUrl = databaseUrl;
    this.sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
    this.instructor = instructor;
    this.#server = server;
    this.#folder = folder;
  }

  static async open({ settings, say }: BenchHouseOptions): Promise<BenchHouse> {
    const folder = mkdtempSync(joinPath(tmpdir(), 'enlighten-bench-'));
    // Started by root, Postgres runs as a user who has to pass through here.
    chmodSync(folder, 0o755);
    const dataDir = joinPath(folder, 'data');
    mkdirSync(dataDir, { mode: 0o755 });
    const log = joinPath(folder, 'server.log');
    const port = await freePort();
    const options = { dataDir, port, vmsPerLab: VMS_PER_LAB, log, ...(settings && { settings }) };
    const server = new ServerProcess(options, null);
    const [, printed = ''] = await server.says(/^\s*(http\S+\/sign-in\/\S+)/m);
    const { url: databaseUrl } = await startEmbedded({ dataDir, log: say });
    const instructor = await signIn(server.url, printed);
    say(`the server runs as process ${server.pid}, its log is ${log}`);
    return new BenchHouse({ server, folder, databaseUrl, instructor });
  }

  async lab(name: string, file: string): Promise<string> {
    return createLab(this.url, this.instructor, { name, file });
  }

  /** So many guests of a lab, by a join link. */
  async guests(lab: string, count: number): Promise<readonly Visitor[]> {
    const token = await makeJoinLink(this.url, this.instructor, lab);
    const guests: Visitor[] = [];
    // Nobody is ever called as somebody who was there before.
    const last = this.#guests + count;
    while (this.#guests < last) {
      this.#guests += 1;
      guests.push(await join(this.url, token, `Guest ${this.#guests}`));
    }
    return guests;
  }

  /** What a route answers to the instructor. */
  async post(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.instructor.cookie },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }

  /** One number of the server's metrics. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const line = text.split('\n').find(one => one.startsWith(`${name} `));
    return Number(line?.split(' ').at(-1) ?? Number.NaN);
  }

  /** Where its main thread can be asked about itself; opened by the signal that Node has for that. */
  async inspector(): Promise<string> {
    this.#server.signal('SIGUSR1');
    const [, address = ''] = await this.#server.says(/Debugger listening on (ws:\S+)/);
    return address;
  }

  /** Processor time the server has used, in seconds. */
  cpu(): number {
    return cpuSeconds(this.#server.pid);
  }

  get pid(): number {
    return this.#server.pid;
  }

  get isRunning(): boolean {
    return this.#server.end === null;
  }

  async close(): Promise<void> {
    await this.sql.end();
    this.#server.signal('SIGTERM');
    if ((await this.#server.endsWithin(60_000)) === null) await this.#server.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Runs something in a house and leaves nothing of it behind. */
export async function inHouse<T>(
  options: BenchHouseOptions,
  run: (house: BenchHouse) => Promise<T>,
): Promise<T> {
  const house = await BenchHouse.open(options);
  try {
    return await run(house);
  } finally {
    await house.close();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>(resolve => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
