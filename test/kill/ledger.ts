import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Hash64 } from '../../server/base/hash.ts';
import { type Json, canonical } from '../../server/base/json.ts';

// What a bot saw, on disk before it acts upon it. Only this and the journal are asked in the end:
// nothing that a bot has in memory is a witness.

export type Entry =
  | { readonly e: 'bot'; readonly name: string; readonly audience: string }
  | { readonly e: 'sent'; readonly id: string; readonly op: string; readonly args: Json }
  | {
      readonly e: 'answer';
      readonly id: string;
      readonly seq: number | null;
      readonly turn: number | null;
      readonly lineage: number;
      /** Of the result. */
      readonly digest: string;
      /** What it means for the one who asked: the word of the lab, or "not now". */
      readonly isLast: boolean;
    }
  | { readonly e: 'refused'; readonly id: string; readonly kind: string }
  /** A new connection, to the server of that number. */
  | { readonly e: 'connected'; readonly server: number }
  | {
      readonly e: 'shown';
      readonly scope: string;
      readonly by: 'picture' | 'packet' | 'beat';
      readonly lineage: number;
      readonly from: number;
      readonly turn: number;
      readonly at: number;
      /** A beat's. */
      readonly hash?: string;
    }
  | { readonly e: 'fact'; readonly n: number; readonly digest: string }
  /** What this bot holds is not what the server says it must hold. */
  | { readonly e: 'diverged'; readonly scope: string; readonly turn: number };

export class Ledger {
  readonly path: string;
  readonly #file: number;
  #waiting: string[] = [];

  constructor(path: string) {
    this.path = path;
    this.#file = openSync(path, 'a', 0o600);
  }

  /** Kept with the next one that must be. */
  note(entry: Entry): void {
    this.#waiting.push(`${JSON.stringify(entry)}\n`);
    if (this.#waiting.length > 1_000) this.#write();
  }

  /** On the disk when this returns. */
  keep(entry: Entry): void {
    this.note(entry);
    this.#write();
    fsyncSync(this.#file);
  }

  close(): void {
    this.#write();
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #write(): void {
    writeSync(this.#file, this.#waiting.join(''));
    this.#waiting = [];
  }
}

export const readLedger = (path: string): readonly Entry[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Entry);

/** Equal for equal data, whatever order its keys are in. */
export const digestOf = (value: unknown): string =>
  new Hash64().text(canonical(value as Json)).toString();
