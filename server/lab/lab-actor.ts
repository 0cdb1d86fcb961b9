import { AssertionError } from '../base/assert.ts';
import type { Json } from '../base/json.ts';
import type { Fact } from '../protocol/fact.ts';
import type { BranchId, CommandId, LabId } from '../protocol/id.ts';
import { clockOf } from './clock-record.ts';
import type { Journal, Journaled } from './journal.ts';
import { LiveLab, Poisoned, answerTo, refusal } from './live-lab.ts';
import type { Submit } from './live-lab.ts';
import type { Append, FromLab, LabStore, Opened } from './port.ts';
import { Projector } from './projector.ts';
import type { Blueprint } from './recovery.ts';
import type { Image } from '../sim/engine/image.ts';
import type { Cancel, Wall } from './wall.ts';
import type { Watch } from './scope-group.ts';
import { begin, carryOver, scopeExists, storedFacts } from './watching.ts';

export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  data: { readonly [key: string]: Json },
) => void;

export interface Surroundings {
  readonly store: LabStore;
  readonly journal: Journal;
  readonly wall: Wall;
  readonly blueprint: Blueprint;
  /** Keyframes as they are kept. */
  readonly pack: (image: Image) => Uint8Array;
  readonly unpack: (bytes: Uint8Array) => Image;
  readonly out: (message: FromLab) => void;
  readonly log: Log;
}

/** Between two ticks of a lab that somebody watches, and of one that nobody does. */
const TICK_MS = 8;
const TICK_UNWATCHED_MS = 50;
const TICK_LONGEST_MS = 250;
const BEAT_MS = 1_000;
const PROJECT_MS = 1_000;

/** Turns in one go before others get their share of the thread. */
const SLICE_TURNS = 4_000;

/** Commands of one lab that may wait for their commit. */
const WAITING_LIMIT = 1_000;

/** How long a lab waits before it opens again after the database went away. */
const REOPEN_MS = [50, 100, 200, 400, 800, 1_600, 3_000];

/** The life of one lab: timers, the journal's outcomes, loading again, watchers coming and going. */
export class LabActor implements Journaled {
  readonly lab: LabId;
  readonly #around: Surroundings;
  #live: LiveLab;
  #projector: Projector;
  #phase: 'live' | 'reopening' | 'stopped' = 'live';
  /** Taken from their senders and not answered yet, in order; taken again after a reopening. */
  readonly #waiting = new Map<CommandId, Submit>();
  #accepted: Set<CommandId>;
  #appending = false;
  #settling = false;
  readonly #timers = new Map<'tick' | 'beat' | 'project', Cancel>();
  /** Asked for again while their answer was on its way to an older connection. */
  readonly #askedAgain = new Set<CommandId>();
  #onAppended: (() => void)[] = [];
  #reopening: Promise<void> | null = null;
  #closing = false;

  constructor(opened: Opened, around: Surroundings) {
    this.lab = opened.lab;
    this.#around = around;
    this.#live = this.#load(opened);
    this.#projector = new Projector(around.store, this.#live, around.pack);
    this.#accepted = new Set(opened.commands);
    around.journal.add(this);
    this.#goLive();
  }

  get live(): LiveLab {
    return this.#live;
  }

  get phase(): 'live' | 'reopening' | 'stopped' {
    return this.#phase;
  }

  get lineage(): number {
    return this.#live.opened.lineage;
  }

  get projectedTurn(): number {
    return this.#projector.projectedTurn;
  }

  // ---- commands ----

  submit(submit: Submit): void {
    const { command } = submit;
    if (this.#waiting.has(command)) {
      // The same person on a new connection: the answer that is on its way goes to the old one.
      this.#waiting.set(command, submit);
      this.#askedAgain.add(command);
    } else if (this.#accepted.has(command)) void this.#answerAgain(submit);
    else if (this.#phase === 'stopped')
      this.#refuse(submit, 'Stopped', 'The lab is stopped; an instructor can take it back.');
    else if (this.#waiting.size >= WAITING_LIMIT || this.#closing)
      this.#refuse(submit, 'Busy', 'Too many commands wait for this lab; send it again soon.');
    else {
      this.#waiting.set(command, submit);
      if (this.#phase === 'live') this.#take(submit);
    }
  }

  #take(submit: Submit): void {
    if (!this.#advance(SLICE_TURNS)) return;
    this.#accepted.add(submit.command);
    try {
      this.#live.take(submit);
      this.#settleSoon();
    } catch (error) {
      if (!(error instanceof Poisoned)) throw error;
      this.#poison(error);
    }
  }

  /** The machine stands half way through a turn: journal the input as poisoned, then load again. */
  #poison(error: Poisoned): void {
    const { cause } = error;
    this.#around.log('error', error.message, {
      lab: this.lab,
      turn: error.input.turn,
      cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    });
    this.#live.unsent.push(error.input);
    this.#live.gate.drop();
    this.#pauseLife('reopening');
    this.#onAppended.push(() => void this.#reopen());
    this.#around.journal.kick();
  }

  #refuse(submit: Submit, kind: string, message: string): void {
    this.#around.out(refusal(this, submit, kind, message));
  }

  async #answerAgain(submit: Submit): Promise<void> {
    const { store, out, log } = this.#around;
    try {
      const input = await store.answered(this.lab, submit.command);
      if (input !== null) return out(answerTo(this.#live, submit, input, true));
    } catch (error) {
      log('warn', 'a stored answer could not be read', { lab: this.lab, error: String(error) });
    }
    this.#refuse(
      submit,
      'Unavailable',
      'The answer to that command cannot be read just now; ask again.',
    );
  }

  // ---- watchers ----

  async watch(watch: Watch): Promise<void> {
    const refuse = (kind: 'no-such-scope' | 'unavailable'): void => {
      const { connection, watcher } = watch;
      this.#around.out({ t: 'refuse', lab: this.lab, connection, watcher, kind });
    };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const live = this.#live;
      if (this.#phase !== 'live') return refuse('unavailable');
      if (!scopeExists(live, watch.scope)) return refuse('no-such-scope');
      const upTo = live.broadcast.recentFrom;
      let stored: readonly Fact[];
      try {
        stored = await storedFacts(live, this.#around.store, watch);
      } catch (error) {
        this.#around.log('warn', 'facts could not be read', {
          lab: this.lab,
          error: String(error),
        });
        return refuse('unavailable');
      }
      if (live !== this.#live || this.#phase !== 'live') continue;
      // Everyone's packets up to this turn go first; then the picture of this very turn.
      this.#live.settle();
      const message = begin(live, watch, stored, upTo);
      if (message !== null) return live.gate.pass(live.seq, live.machine.now, [message]);
    }
    refuse('unavailable');
  }

  unwatch(watcher: number): void {
    this.#live.broadcast.leave(watcher);
  }

  // ---- time ----

  #tick(): void {
    if (this.#phase !== 'live') return;
    if (!this.#advance(SLICE_TURNS)) return;
    this.#live.settle();
    if (this.#live.wantsAppend()) this.#around.journal.kick();
    this.#tickAgain();
  }

  /** False when a timer threw and the lab is stopped. */
  #advance(budget: number): boolean {
    try {
      this.#live.advance(budget);
      return true;
    } catch (error) {
      this.#stop(error);
      return false;
    }
  }

  #tickAgain(): void {
    const { pace, machine, broadcast } = this.#live;
    const shortest = broadcast.watchers > 0 ? TICK_MS : TICK_UNWATCHED_MS;
    const wanted = pace.until(machine.nextDue, this.#around.wall.now());
    const wait = Math.min(TICK_LONGEST_MS, Math.max(shortest, wanted));
    this.#after('tick', wait, () => this.#tick());
  }

  #after(name: 'tick' | 'beat' | 'project', wait: number, run: () => void): void {
    this.#timers.get(name)?.();
    this.#timers.set(name, this.#around.wall.after(wait, run));
  }

  #settleSoon(): void {
    if (this.#settling) return;
    this.#settling = true;
    this.#around.wall.soon(() => {
      this.#settling = false;
      if (this.#phase !== 'live') return;
      this.#live.settle();
      this.#around.journal.kick();
      // What the command set off may be due sooner than the tick that was waited for.
      this.#tickAgain();
    });
  }

  #beat(): void {
    if (this.#phase === 'live') {
      this.#live.settle();
      this.#live.beat();
    }
    this.#after('beat', BEAT_MS, () => this.#beat());
  }

  // ---- the journal's word ----

  wantsAppend(): boolean {
    if (this.#appending) return false;
    if (this.#phase === 'live') return this.#live.wantsAppend();
    return this.#live.unsent.length > 0;
  }

  takeAppend(): Append {
    this.#appending = true;
    if (this.#phase === 'live') this.#live.settle();
    return this.#live.takeAppend();
  }

  committed(append: Append): void {
    this.#appending = false;
    this.#live.committed(append);
    for (const { command } of append.inputs) this.#answered(command);
    if (this.#live.unsent.length === 0) this.#nothingToAppend();
  }

  /** Its answer has left, unless the lab is about to be loaded again and will give it then. */
  #answered(command: CommandId): void {
    if (this.#phase === 'reopening') return;
    const submit = this.#waiting.get(command);
    this.#waiting.delete(command);
    const lost = this.#phase === 'stopped' || this.#askedAgain.delete(command);
    if (lost && submit !== undefined) void this.#answerAgain(submit);
  }

  fenced(): void {
    this.#appending = false;
    this.#leave('moved', 'Another server has this lab now.', 500);
  }

  outcomeUnknown(error: Error): void {
    this.#appending = false;
    this.#live.gate.drop();
    // What was applied meanwhile follows inputs that may not be there: it is taken again, after them.
    this.#live.unsent = [];
    if (this.#phase === 'stopped') return this.#nothingToAppend();
    this.#around.log('warn', 'the database did not answer; the lab is loaded again', {
      lab: this.lab,
      error: error.message,
    });
    this.#pauseLife('reopening');
    void this.#reopen();
  }

  #nothingToAppend(): void {
    for (const run of this.#onAppended.splice(0)) run();
  }

  // ---- stopping and coming back ----

  #load(opened: Opened): LiveLab {
    const { blueprint, wall, out, log } = this.#around;
    const live = new LiveLab(opened, blueprint, wall, out);
    for (const difference of live.differences) log('warn', difference, { lab: opened.lab });
    return live;
  }

  #goLive(): void {
    this.#phase = 'live';
    this.#tickAgain();
    this.#after('beat', BEAT_MS, () => this.#beat());
    this.#after('project', PROJECT_MS, () => void this.#project());
    if (clockOf(this.#live.machine.world).sleeping) this.#system('clock.wake');
  }

  #pauseLife(phase: 'reopening' | 'stopped'): void {
    this.#phase = phase;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** Two that load at once would each take the lease from the other. */
  #reopen(): Promise<void> {
    this.#reopening ??= this.#loadAgain().finally(() => {
      this.#reopening = null;
    });
    return this.#reopening;
  }

  async #loadAgain(): Promise<void> {
    const { wall, store, log } = this.#around;
    for (let attempt = 0; this.#phase === 'reopening'; attempt += 1) {
      try {
        await this.#projector.idle();
        const opened = await store.open(this.lab);
        if (this.#phase !== 'reopening') return;
        if (opened === null) return this.#leave('archived', 'The lab is no more.', null);
        if (opened === 'moved') return this.fenced();
        await this.#resumeFrom(opened);
        return;
      } catch (error) {
        if (error instanceof AssertionError) return this.#stop(error);
        log('warn', 'the lab could not be loaded', { lab: this.lab, error: String(error) });
        const wait = REOPEN_MS[Math.min(attempt, REOPEN_MS.length - 1)] ?? 0;
        await new Promise<void>(resolve => void wall.after(wait, resolve));
      }
    }
  }

  /** The lab is loaded again: its watchers hear what they missed, waiting commands are taken again. */
  async #resumeFrom(opened: Opened): Promise<void> {
    const old = this.#live;
    const live = this.#load(opened);
    const facts = new Map<object, readonly Fact[]>();
    for (const group of old.broadcast.groups) {
      const { scope, audience, leftTo } = group;
      const upToTurn = live.broadcast.recentFrom;
      const query = {
        branch: opened.branch,
        scope,
        audience,
        afterTurn: leftTo,
        upToTurn,
        limit: 5_000,
      };
      facts.set(group, leftTo < upToTurn ? await this.#around.store.facts(query) : []);
    }
    live.setPace();
    const { lineage } = old.opened;
    this.#live = live;
    this.#projector = new Projector(this.#around.store, live, this.#around.pack);
    this.#accepted = new Set(opened.commands);
    for (const group of old.broadcast.groups) {
      live.gate.pass(
        live.seq,
        live.machine.now,
        carryOver({ old: group, lineage }, live, facts.get(group) ?? []),
      );
    }
    this.#goLive();
    for (const group of old.broadcast.groups) {
      for (const { watch, begun } of group.watchers.values()) if (!begun) void this.watch(watch);
    }
    const again = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#askedAgain.clear();
    for (const submit of again) this.submit(submit);
    // What is in flight already is not nothing: its outcome is told to whoever waits for it.
    if (this.#live.unsent.length === 0 && !this.#appending) this.#nothingToAppend();
  }

  /** A timer threw: this lab alone stops; what was committed stays, and the journal is the evidence. */
  #stop(error: unknown): void {
    const { turn, machine } = this.#live;
    this.#around.log('error', 'a timer threw; the lab is stopped', {
      lab: this.lab,
      turn,
      at: machine.now,
      cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    this.#pauseLife('stopped');
    const tell = (): void =>
      this.#around.out({
        t: 'stopped',
        lab: this.lab,
        reason: 'bug',
        message: `The simulation failed in turn ${turn + 1}. An instructor can take the lab back to before it.`,
        retryMs: null,
      });
    if (this.#live.unsent.length === 0 && !this.#appending) return tell();
    this.#onAppended.push(tell);
    this.#around.journal.kick();
  }

  #leave(reason: 'moved' | 'archived', message: string, retryMs: number | null): void {
    this.#live.gate.drop();
    this.#pauseLife('stopped');
    this.#around.journal.remove(this);
    this.#around.out({ t: 'stopped', lab: this.lab, reason, message, retryMs });
  }

  // ---- rows behind the journal ----

  async #project(): Promise<void> {
    const live = this.#live;
    try {
      const held = await this.#projector.project();
      if (!held && live === this.#live && this.#phase === 'live') return this.fenced();
    } catch (error) {
      this.#around.log('warn', 'rows could not be written; tried again', {
        lab: this.lab,
        error: String(error),
      });
    }
    if (live !== this.#live || this.#phase !== 'live') return;
    this.#after('project', PROJECT_MS, () => void this.#project());
  }

  #system(op: 'clock.sleep' | 'clock.wake'): void {
    const command = `lab-${this.#around.wall.newId()}`;
    this.submit({ connection: 0, person: null, command, op, args: {} });
  }

  /**
   * Another branch becomes the lab: a new lineage, so everyone gets a picture. Commands that wait are
   * taken on the branch. False when the lease is not ours any more.
   */
  async adopt(branch: BranchId): Promise<boolean> {
    if (this.#phase === 'live') await this.#appended();
    this.#live.gate.drop();
    this.#pauseLife('reopening');
    await this.#projector.idle();
    try {
      const adopted = await this.#around.store.adopt(this.lab, this.#live.opened.lease, branch);
      if (!adopted) this.fenced();
      return adopted;
    } finally {
      // Adopted or not (the answer may have got lost), the lab is what the database says.
      await this.#reopen();
    }
  }

  /** Goes to sleep when nobody is there, commits and projects everything, and lets go of the lab. */
  async close(sleep: boolean): Promise<void> {
    if (this.#phase === 'live') {
      if (sleep) this.#system('clock.sleep');
      this.#closing = true;
      await this.#appended();
      await this.#projector.idle();
      // Once for a capture that had to wait, once for what changed since.
      for (let i = 0; i < 2 && this.#phase === 'live'; i += 1) await this.#projector.project();
    }
    this.#pauseLife('stopped');
    this.#around.journal.remove(this);
  }

  async #appended(): Promise<void> {
    this.#live.settle();
    if (this.#live.unsent.length === 0 && !this.#appending) return;
    await new Promise<void>(resolve => {
      this.#onAppended.push(resolve);
      this.#around.journal.kick();
    });
  }
}
