import { AssertionError } from '../base/assert.ts';
import type { LabId } from '../protocol/id.ts';
import { Journal } from './journal.ts';
import type { Surroundings } from './surroundings.ts';
import { LabActor } from './lab-actor.ts';
import { refusal } from './live-lab.ts';
import type { FromLab, Labs, ToLab } from './port.ts';
import { ask } from './questions.ts';

/** How long nobody is there before a lab goes to sleep. */
const SLEEP_AFTER_MS = 30_000;

interface Entry {
  readonly opening: Promise<LabActor | null>;
  actor: LabActor | null;
  cancelSleep: (() => void) | null;
  /** Being put away; whoever comes now waits for that and then wakes it. */
  closing: Promise<void> | null;
}

/** All labs of one thread: opens them when somebody comes, lets them sleep when nobody is there. */
export class LabDirectory implements Labs {
  readonly #around: Surroundings;
  readonly #entries = new Map<LabId, Entry>();
  readonly #listeners: ((message: FromLab) => void)[] = [];
  #closed = false;

  constructor(around: Omit<Surroundings, 'out' | 'journal'>) {
    const journal = new Journal(around.store);
    this.#around = { ...around, journal, out: message => this.#out(message) };
  }

  receive(listener: (message: FromLab) => void): void {
    this.#listeners.push(listener);
  }

  post(message: ToLab): void {
    if (message.t === 'close') void this.close();
    else if (message.t === 'unwatch')
      this.#entries.get(message.lab)?.actor?.unwatch(message.watcher);
    else if (message.t === 'people') this.#people(message.lab, message.count);
    else void this.#deliver(message);
  }

  /** Everything committed and projected; nothing is accepted any more. */
  async close(): Promise<void> {
    this.#closed = true;
    const entries = [...this.#entries.values()];
    for (const entry of entries) entry.cancelSleep?.();
    await Promise.all(entries.map(async entry => (await entry.opening)?.close(false)));
    this.#entries.clear();
  }

  /** Numbers of all labs together, for the metrics page. */
  metrics(): { readonly [name: string]: number } {
    let turns = 0;
    let inputs = 0;
    for (const { actor } of this.#entries.values()) {
      turns += actor?.live.turn ?? 0;
      inputs += actor?.live.seq ?? 0;
    }
    const { commits } = this.#around.journal;
    return { labs: this.#entries.size, turns, inputs, commits };
  }

  async #deliver(message: Exclude<ToLab, { t: 'close' | 'unwatch' | 'people' }>): Promise<void> {
    const actor = await this.#open(message.lab);
    if (actor === null) return this.#unavailable(message);
    switch (message.t) {
      case 'open': {
        const { lab, lineage, live } = actor;
        // One that stopped on a bug says so again to whoever comes; it is not ready.
        if (actor.phase === 'stopped') return actor.tellStopped();
        this.#out({ t: 'ready', lab, name: live.opened.name, lineage, turn: live.turn });
        return;
      }
      case 'submit':
        actor.submit(message);
        return;
      case 'watch':
        await actor.watch(message);
        return;
      case 'ask':
        this.#out({
          t: 'reply',
          id: message.id,
          answer: await ask(actor, message.question, this.#around),
        });
    }
  }

  async #open(lab: LabId): Promise<LabActor | null> {
    const known = this.#entries.get(lab);
    if (known?.closing) {
      await known.closing;
      return this.#open(lab);
    }
    if (known !== undefined) return known.opening;
    if (this.#closed) return null;
    const entry: Entry = {
      opening: this.#load(lab),
      actor: null,
      cancelSleep: null,
      closing: null,
    };
    this.#entries.set(lab, entry);
    const actor = await entry.opening;
    entry.actor = actor;
    if (actor === null && this.#entries.get(lab) === entry) this.#entries.delete(lab);
    return actor;
  }

  async #load(lab: LabId): Promise<LabActor | null> {
    const { store, log } = this.#around;
    try {
      const opened = await store.open(lab);
      if (opened === 'moved') {
        this.#out({
          t: 'stopped',
          lab,
          reason: 'moved',
          message: 'Another server has this lab now.',
          retryMs: 500,
        });
        return null;
      }
      return opened === null ? null : new LabActor(opened, this.#around);
    } catch (error) {
      const bug = error instanceof AssertionError;
      log('error', 'a lab could not be opened', {
        lab,
        error: error instanceof Error ? (error.stack ?? '') : String(error),
      });
      const message = bug ? 'The lab could not be replayed.' : 'The database is away.';
      this.#out({
        t: 'stopped',
        lab,
        reason: bug ? 'bug' : 'database',
        message,
        retryMs: bug ? null : 500,
      });
      return null;
    }
  }

  #people(lab: LabId, count: number): void {
    const entry = this.#entries.get(lab);
    if (entry === undefined) return;
    entry.cancelSleep?.();
    entry.cancelSleep = null;
    if (count > 0) return;
    entry.cancelSleep = this.#around.wall.after(SLEEP_AFTER_MS, () => this.#sleep(lab, entry));
  }

  #sleep(lab: LabId, entry: Entry): void {
    const { actor } = entry;
    if (actor === null || entry.closing !== null || this.#entries.get(lab) !== entry) return;
    entry.closing = actor.close(true).then(() => {
      if (this.#entries.get(lab) === entry) this.#entries.delete(lab);
    });
  }

  #unavailable(message: Exclude<ToLab, { t: 'close' | 'unwatch' | 'people' }>): void {
    const { lab } = message;
    if (message.t === 'submit') {
      this.#out(
        refusal(
          { lab, lineage: 0 },
          message,
          'Unavailable',
          'The lab is not running just now; it comes back by itself.',
        ),
      );
    } else if (message.t === 'watch') {
      this.#out({
        t: 'refuse',
        lab,
        connection: message.connection,
        watcher: message.watcher,
        kind: 'unavailable',
      });
    } else if (message.t === 'ask') {
      this.#out({
        t: 'reply',
        id: message.id,
        answer: { ok: false, message: 'The lab is not there.' },
      });
    }
  }

  #out(message: FromLab): void {
    // Whoever comes next asks the database whose it is; it may be ours again.
    if (message.t === 'stopped' && message.reason === 'moved') this.#entries.delete(message.lab);
    for (const listener of this.#listeners) listener(message);
  }
}
