import type { FileHandle } from 'node:fs/promises';
import { open, readFile } from 'node:fs/promises';
import type { Json } from '../../server/base/json.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';

/**
 * What a bot saw, written down by itself: the server's word counts for nothing when it is asked
 * afterwards what it had promised.
 */
export type Entry =
  /** Written, and on the disk, before the command left. */
  | { readonly type: 'sending'; readonly id: string; readonly op: string; readonly args: Json }
  /** Every answer that came, also the second one to the same command. */
  | {
      readonly type: 'answer';
      readonly id: string;
      readonly seq: number | null;
      readonly turn: number | null;
      readonly lineage: number;
      readonly again: boolean;
      readonly result: Json;
    }
  /** The border stopped it: it never reached the lab. */
  | { readonly type: 'stopped'; readonly id: string; readonly kind: string }
  /** Let into the lab, on a new connection. */
  | { readonly type: 'welcomed' }
  | { readonly type: 'lost'; readonly code: number }
  /** It looks at that scope no more, and would begin with a picture again. */
  | { readonly type: 'left'; readonly scope: Scope }
  /** Something of a scope came, and this is where the bot is in it now. */
  | {
      readonly type: 'position';
      readonly scope: Scope;
      readonly by: 'picture' | 'packet' | 'beat';
      readonly heard: 'told' | 'known' | 'gap' | 'diverged';
      readonly lineage: number;
      readonly turn: number;
    };

export type Line = Entry & {
  readonly bot: string;
  /** Unix milliseconds. */
  readonly wall: number;
};

/**
 * A file to which many bots write. What is appended while the disk is busy goes in one write and one
 * fdatasync, so that honesty costs no bot more than two turns of the disk.
 */
export class Ledger {
  readonly path: string;
  readonly #file: FileHandle;
  #waiting: string[] = [];
  #next: Promise<void> | null = null;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async open(path: string): Promise<Ledger> {
    return new Ledger(path, await open(path, 'a'));
  }

  /** Resolves when it is on the disk. */
  append(bot: string, entry: Entry): Promise<void> {
    const line: Line = { bot, wall: Date.now(), ...entry };
    this.#waiting.push(JSON.stringify(line));
    this.#next ??= this.#writing.then(() => this.#write());
    return this.#next;
  }

  async close(): Promise<void> {
    await this.#next;
    await this.#writing;
    await this.#file.close();
  }

  #write(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#next = null;
    this.#writing = this.#toDisk(`${lines.join('\n')}\n`);
    return this.#writing;
  }

  async #toDisk(text: string): Promise<void> {
    await this.#file.write(text);
    await this.#file.datasync();
  }
}

/** All lines, in the order in which they were written. A line cut off by a crash was never promised. */
export async function readLedger(path: string): Promise<Line[]> {
  const text = await readFile(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line) as Line]));
}
