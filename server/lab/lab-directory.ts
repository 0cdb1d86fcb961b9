import type { LabId } from '../protocol/id.ts';
import { Journal } from './journal.ts';
import type { Surroundings } from './surroundings.ts';
import { KeptImages } from './kept-images.ts';
import { LabActor } from './lab-actor.ts';
import { refusal } from './live-lab.ts';
import { openLab, type Opening } from './opening.ts';
import type { FromLab, Labs, ToLab } from './port.ts';
import { ask } from './questions.ts';

/** How long nobody is there before a lab goes to sleep. */
const SLEEP_AFTER_MS = 30_000;

interface Entry {
  readonly opening: Promise<LabActor | null>;
  actor: LabActor | null;
  /** Came while it was being opened or put away: delivered after that, in their order. */
  readonly early: ToOneLab[];
  cancelSleep: (() => void) | null;
  /** Being put away; whoever comes now waits for that and then wakes it. */
  closing: Promise<void> | null;
}

type ToOneLab = Exclude<ToLab, { t: 'close' | 'people' }>;

/** All labs of one thread: opens them when somebody comes, lets them sleep when nobody is there. */
export class LabDirectory implements Labs {
  readonly #around: Surroundings;
  readonly #entries = new Map<LabId, Entry>();
  /** Labs with people in them. */
  readonly #peopleIn = new Set<LabId>();
  readonly #listeners: ((message: FromLab) => void)[] = [];
  #closed = false;

  constructor(around: Omit<Surroundings, 'out' | 'journal' | 'images'>) {
    const journal = new Journal(around.store);
    const images = new KeptImages(around.wall);
    this.#around = { ...around, journal, images, out: message => this.#out(message) };
  }

  receive(listener: (message: FromLab) => void): void {
    this.#listeners.push(listener);
  }

  post(message: ToLab): void {
    if (message.t === 'close') void this.close();
    else if (message.t === 'people') this.#people(message.lab, message.count);
    else this.#deliver(message);
  }

  /** Everything committed and projected; nothing is accepted any more. */
  async close(): Promise<void> {
    this.#closed = true;
    const entries = [...this.#entries.values()];
    for (const entry of entries) entry.cancelSleep?.();
    await Promise.all(
      entries.map(async entry => entry.closing ?? (await entry.opening)?.close(false)),
    );
    this.#entries.clear();
  }

  /** Whether somebody's command, in any lab, is not answered yet. */
  get commandsWait(): boolean {
    for (const { actor } of this.#entries.values()) if (actor?.commandsWait === true) return true;
    return false;
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

  /** At once, so that nobody is overtaken; what comes early waits its turn. */
  #deliver(message: ToOneLab): void {
    const entry = this.#entries.get(message.lab);
    if (entry === undefined) return this.#open(message);
    if (entry.actor === null || entry.closing !== null) entry.early.push(message);
    else this.#hand(entry.actor, message);
    // Whoever asks may ask again, and need not wait for it to wake.
    if (message.t === 'ask' && entry.closing === null) this.#sleepSoon(message.lab, entry);
  }

  #hand(actor: LabActor, message: ToOneLab): void {
    switch (message.t) {
      case 'open': {
        const { lab, lineage, live } = actor;
        // One that stopped on a bug says so again to whoever comes; it is not ready.
        if (actor.phase === 'stopped') return actor.tellStopped();
        return this.#out({ t: 'ready', lab, name: live.opened.name, lineage, turn: live.turn });
      }
      case 'submit':
        return actor.submit(message);
      case 'watch':
        return void actor.watch(message);
      case 'unwatch':
        return actor.unwatch(message.watcher);
      case 'console':
      case 'console-left':
        return actor.receive(message);
      case 'ask':
        return void this.#answer(actor, message);
    }
  }

  async #answer(actor: LabActor, { id, question }: Extract<ToLab, { t: 'ask' }>): Promise<void> {
    this.#out({ t: 'reply', id, answer: await ask(actor, question, this.#around) });
  }

  #open(first: ToOneLab): void {
    const { lab } = first;
    // Nobody looks at a lab that is not there.
    if (first.t === 'unwatch' || first.t === 'console-left') return;
    if (this.#closed) return this.#unavailable(first);
    const entry: Entry = {
      opening: this.#load(lab),
      actor: null,
      early: [first],
      cancelSleep: null,
      closing: null,
    };
    this.#entries.set(lab, entry);
    void entry.opening.then(actor => {
      if (actor === null) {
        if (this.#entries.get(lab) === entry) this.#entries.delete(lab);
        for (const message of entry.early) this.#unavailable(message);
        return;
      }
      entry.actor = actor;
      // Asked a question with nobody there, it would run on for ever.
      this.#sleepSoon(lab, entry);
      for (const message of entry.early.splice(0)) this.#hand(actor, message);
    });
  }

  async #load(lab: LabId): Promise<LabActor | null> {
    const { log } = this.#around;
    try {
      const opened = await openLab(this.#around, lab);
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
      return opened === null ? null : this.#bringUp(opened);
    } catch (error) {
      log('error', 'a lab could not be opened', { lab, error: String(error) });
      const message = 'The database is away.';
      this.#out({ t: 'stopped', lab, reason: 'database', message, retryMs: 500 });
      return null;
    }
  }

  /** Whatever is thrown here is no matter of the database, and trying again would not help. */
  #bringUp(opened: Opening): LabActor | null {
    const { lab } = opened;
    try {
      return new LabActor(opened, this.#around);
    } catch (error) {
      this.#around.log('error', 'a lab could not be loaded', {
        lab,
        error: error instanceof Error ? (error.stack ?? '') : String(error),
      });
      const message = 'The lab could not be loaded.';
      this.#out({ t: 'stopped', lab, reason: 'bug', message, retryMs: null });
      return null;
    }
  }

  #people(lab: LabId, count: number): void {
    if (count > 0) this.#peopleIn.add(lab);
    else this.#peopleIn.delete(lab);
    const entry = this.#entries.get(lab);
    if (entry !== undefined) this.#sleepSoon(lab, entry);
  }

  #sleepSoon(lab: LabId, entry: Entry): void {
    entry.cancelSleep?.();
    entry.cancelSleep = null;
    if (this.#peopleIn.has(lab) || this.#closed) return;
    entry.cancelSleep = this.#around.wall.after(SLEEP_AFTER_MS, () => this.#sleep(lab, entry));
  }

  #sleep(lab: LabId, entry: Entry): void {
    const { actor } = entry;
    if (entry.closing !== null || this.#entries.get(lab) !== entry) return;
    // Whoever watches is there, whatever was told of people.
    if (actor === null || actor.live.broadcast.watchers > 0) return this.#sleepSoon(lab, entry);
    entry.closing = actor.close(true).then(() => {
      if (this.#entries.get(lab) === entry) this.#entries.delete(lab);
      for (const message of entry.early.splice(0)) this.#deliver(message);
    });
  }

  #unavailable(message: ToOneLab): void {
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
