import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { STRIKE, STRUCK, type Strike } from './strike.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PRELOAD = new URL('strike-preload.ts', import.meta.url).href;
const FOLLOW = new URL('../../server/follow-starter.mjs', import.meta.url).href;

export interface ServerOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly vmsPerLab: number;
  /** Other settings, and what Node itself is told. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where everything it says is kept. */
  readonly log: string;
}

/** How it ended: its exit code or the signal. */
export type End = number | NodeJS.Signals;

/** The shipped server as `npm start` runs it, in a process of its own. */
export class ServerProcess {
  readonly port: number;
  /** By performance.now(), just before it was executed. */
  readonly executedAt: number;
  readonly ended: Promise<End>;
  end: End | null = null;
  /** The moment it killed itself at, in its own words. */
  struck: string | null = null;
  said = '';
  readonly #child: ChildProcess;

  constructor(options: ServerOptions, strike: Strike | null) {
    const { dataDir, port, vmsPerLab, settings = {}, log } = options;
    this.port = port;
    const flags = ['--disable-warning=ExperimentalWarning', '--import', FOLLOW];
    if (strike !== null) flags.push('--import', PRELOAD);
    this.executedAt = performance.now();
    this.#child = spawn(process.execPath, [...flags, join(ROOT, 'server', 'main.ts')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'enlighten-compiled'),
        ENLIGHTEN_STARTER: String(process.pid),
        DATA_DIR: dataDir,
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'info',
        VMS_PER_LAB: String(vmsPerLab),
        ...settings,
        ...(strike === null ? {} : { [STRIKE]: JSON.stringify(strike) }),
      },
    });
    const file = createWriteStream(log, { flags: 'a' });
    file.write(`\n--- a server on port ${port}${strike ? ` ${JSON.stringify(strike)}` : ''}\n`);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text: Buffer) => {
        file.write(text);
        this.#hear(text.toString());
      });
    this.ended = new Promise(resolve => {
      this.#child.once('error', error => {
        this.said += String(error);
        resolve((this.end = 1));
      });
      this.#child.once('close', (code, signal) => {
        file.end();
        resolve((this.end = code ?? signal ?? 1));
      });
    });
  }

  #hear(text: string): void {
    this.said += text;
    const at = this.said.indexOf(STRUCK);
    if (at < 0 || this.struck !== null) return;
    const line = this.said.slice(at + STRUCK.length).split('\n')[0] ?? '';
    this.struck = line.trim();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Killed as nothing can be prepared for. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  /** How it ended within that time; null when it still lives. */
  async endsWithin(milliseconds: number): Promise<End | null> {
    const limit = new AbortController();
    const late = sleep(milliseconds, null, { signal: limit.signal, ref: false }).catch(() => null);
    const end = await Promise.race([this.ended, late]);
    limit.abort();
    return end;
  }

  /** What it printed, once it has printed that. */
  async says(pattern: RegExp, milliseconds = 120_000): Promise<RegExpExecArray> {
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const found = pattern.exec(this.said);
      if (found !== null) return found;
      if (this.end !== null || performance.now() > deadline)
        throw new Error(`the server did not say ${String(pattern)}:\n${this.said.slice(-3_000)}`);
      await sleep(20);
    }
  }
}
