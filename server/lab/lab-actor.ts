import type { Fact } from '../protocol/fact.ts';
import type { BranchId, LabId } from '../protocol/id.ts';
import { decodeAnswer } from './encode.ts';
import { clockOf } from './clock-record.ts';
import type { Journaled } from './journal.ts';
import { COMPANION } from './companion.ts';
import type { Companion } from './companion.ts';
import { CommandDesk } from './command-desk.ts';
import { LiveLab, Poisoned } from './live-lab.ts';
import type { Submit } from './live-lab.ts';
import { openLab, type Opening } from './opening.ts';
import type { Append, FromLab, Opened, ToCompanion } from './port.ts';
import { Projector } from './projector.ts';
import type { Watch } from './scope-group.ts';
import { Spectators } from './spectators.ts';
import type { Surroundings } from './surroundings.ts';
import type { Cancel } from './wall.ts';
import { carryOver, storedSince } from './watching.ts';

/** Between two ticks of a lab that somebody watches, and of one that nobody does. */
const TICK_MS = 8;
const TICK_UNWATCHED_MS = 50;
const TICK_LONGEST_MS = 250;
const BEAT_MS = 1_000;
const PROJECT_MS = 1_000;

/** Turns in one go before others get their share of the thread. */
const SLICE_TURNS = 4_000;

/** How long a lab waits before it opens again after the database went away. */
const REOPEN_MS = [50, 100, 200, 400, 800, 1_600, 3_000];

/** The life of one lab: timers, the journal's outcomes, loading again, watchers coming and going. */
export class LabActor implements Journaled {
  readonly lab: LabId;
  readonly #around: Surroundings;
  readonly #outside: (message: FromLab) => void;
  #live: LiveLab;
  #projector: Projector;
  #phase: 'live' | 'reopening' | 'stopped' = 'live';
  readonly #desk: CommandDesk;
  readonly #spectators: Spectators;
  readonly #companion: Companion | null;
  #appending = false;
  #settling = false;
  readonly #timers = new Map<'tick' | 'beat' | 'project', Cancel>();
  #onAppended: (() => void)[] = [];
  #reopening: Promise<void> | null = null;
  #closing = false;
  /** Closed, or somebody else's: whatever still comes back from the database is nobody's. */
  #left = false;
  #adopting: Promise<unknown> = Promise.resolve();

  constructor(opened: Opening, around: Surroundings) {
    this.lab = opened.lab;
    this.#outside = around.out;
    this.#around = { ...around, out: message => this.#out(message) };
    this.#live = this.#load(opened);
    this.#projector = new Projector(this.#live, around);
    this.#desk = new CommandDesk(this, opened.commands, this.#around);
    this.#spectators = new Spectators(this, this.#around);
    this.#companion = around.companion?.(this, around) ?? null;
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

  get commandsWait(): boolean {
    return this.#desk.isBusy;
  }

  get projectedTurn(): number {
    return this.#projector.projectedTurn;
  }

  /** Everything that leaves this lab, except what is its companion's own. */
  #out(message: FromLab): void {
    if (message.t === 'printed') this.#companion?.passed(message);
    else if (message.t === 'answer' && message.connection === COMPANION) {
      const { result } = decodeAnswer(message.bytes);
      this.#companion?.answered(message.command, result);
    } else this.#outside(message);
  }

  receive(message: ToCompanion): void {
    this.#companion?.receive(message);
  }

  submit(submit: Submit): void {
    const closed = this.#phase === 'stopped' ? 'Stopped' : this.#closing ? 'Busy' : null;
    if (this.#desk.receive(submit, closed) && this.#phase === 'live') this.#take(submit);
  }

  #take(submit: Submit): void {
    if (!this.#advance(SLICE_TURNS)) return;
    this.#desk.accept(submit.command);
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

  watch(watch: Watch): Promise<void> {
    return this.#spectators.watch(watch);
  }

  unwatch(watcher: number): void {
    this.#spectators.unwatch(watcher);
  }

  #tick(): void {
    if (this.#phase !== 'live') return;
    if (!this.#advance(SLICE_TURNS)) return;
    this.#projector.look();
    this.#live.settle();
    this.#companion?.settled();
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
      this.#companion?.settled();
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
    // While it is loaded again, whoever waits is answered by the lab that comes back.
    if (this.#phase !== 'reopening') {
      for (const { command } of append.inputs) {
        this.#desk.committed(command, this.#phase === 'stopped');
      }
    }
    if (this.#live.unsent.length === 0) this.#nothingToAppend();
  }

  fenced(): void {
    this.#appending = false;
    if (this.#left) return this.#nothingToAppend();
    this.#leave('moved', 'Another server has this lab now.', 500);
  }

  outcomeUnknown(error: Error): void {
    this.#appending = false;
    this.#live.gate.drop();
    // What was applied meanwhile follows inputs that may not be there: it is taken again, after them.
    this.#live.unsent = [];
    if (this.#left) return this.#nothingToAppend();
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

  #load(opened: Opening): LiveLab {
    const { blueprint, wall, out, log } = this.#around;
    const live = new LiveLab(opened, blueprint, wall, out);
    for (const difference of live.differences) log('warn', difference, { lab: opened.lab });
    return live;
  }

  #goLive(): void {
    if (this.#live.failure !== null) return this.#stop(this.#live.failure.cause);
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
    this.#companion?.paused();
  }

  /** Two that load at once would each take the lease from the other. */
  #reopen(): Promise<void> {
    this.#reopening ??= this.#loadAgain().finally(() => {
      this.#reopening = null;
    });
    return this.#reopening;
  }

  async #loadAgain(): Promise<void> {
    const { wall, log } = this.#around;
    for (let attempt = 0; this.#phase === 'reopening'; attempt += 1) {
      try {
        await this.#projector.idle();
        const opened = await openLab(this.#around, this.lab);
        if (this.#phase !== 'reopening') return;
        if (opened === null) return this.#leave('archived', 'The lab is no more.', null);
        if (opened === 'moved') return this.fenced();
        const live = this.#loadOrStop(opened);
        if (live !== null) await this.#resumeIn(live);
        return;
      } catch (error) {
        log('warn', 'the lab could not be loaded', { lab: this.lab, error: String(error) });
        const wait = REOPEN_MS[Math.min(attempt, REOPEN_MS.length - 1)] ?? 0;
        await new Promise<void>(resolve => void wall.after(wait, resolve));
      }
    }
  }

  /** What loading throws is no matter of the database, and trying again would not help. */
  #loadOrStop(opened: Opening): LiveLab | null {
    try {
      return this.#load(opened);
    } catch (error) {
      this.#stop(error);
      return null;
    }
  }

  /** The lab is loaded again: its watchers hear what they missed, waiting commands are taken again. */
  async #resumeIn(live: LiveLab): Promise<void> {
    const old = this.#live;
    const { opened } = live;
    const facts = new Map<object, readonly Fact[]>();
    for (const group of old.broadcast.groups) {
      const { scope, audience, leftTo } = group;
      const query = storedSince(live, { lineage: old.opened.lineage, turn: leftTo });
      const { branch } = opened;
      const stored = query && { branch, scope, audience, ...query };
      facts.set(group, stored === null ? [] : await this.#around.store.facts(stored));
    }
    // Closed, or somebody else's, while the facts were read.
    if (this.#phase !== 'reopening') return;
    live.setPace();
    const { lineage } = old.opened;
    this.#live = live;
    this.#projector = new Projector(live, this.#around);
    if (live.failure !== null) return this.#stopAgain(opened);
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
    this.#companion?.reloaded();
    for (const submit of this.#desk.reopened(opened.commands)) this.submit(submit);
    // What is in flight already is not nothing: its outcome is told to whoever waits for it.
    if (this.#live.unsent.length === 0 && !this.#appending) this.#nothingToAppend();
  }

  /** It broke while it was replayed: what was done is answered, the rest is refused, nothing is shown. */
  #stopAgain({ commands }: Opened): void {
    const waiting = this.#desk.reopened(commands);
    this.#goLive();
    for (const submit of waiting) this.submit(submit);
    this.#nothingToAppend();
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
    const tell = (): void => {
      if (this.#phase !== 'stopped' || this.#left) return;
      this.#desk.stop();
      this.tellStopped();
    };
    if (this.#live.unsent.length === 0 && !this.#appending) return tell();
    this.#onAppended.push(tell);
    this.#around.journal.kick();
  }

  /** Why the lab does not go on, and what helps. */
  tellStopped(): void {
    this.#around.out({
      t: 'stopped',
      lab: this.lab,
      reason: 'bug',
      message: `The simulation failed in turn ${this.#live.turn}. An instructor can take the lab back to before it.`,
      retryMs: null,
    });
  }

  #leave(reason: 'moved' | 'archived', message: string, retryMs: number | null): void {
    this.#left = true;
    this.#live.gate.drop();
    this.#live.unsent = [];
    this.#pauseLife('stopped');
    void this.#companion?.close();
    this.#around.journal.remove(this);
    this.#around.out({ t: 'stopped', lab: this.lab, reason, message, retryMs });
    // Nothing of it will ever be committed; nobody may wait for that.
    this.#nothingToAppend();
  }

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
  adopt(branch: BranchId): Promise<boolean> {
    // Two at once would each take the lease from the other.
    const adopted = this.#adopting.then(() => this.#adopt(branch));
    this.#adopting = adopted.catch(() => undefined);
    return adopted;
  }

  async #adopt(branch: BranchId): Promise<boolean> {
    do {
      await this.#quiet();
      if (this.#left) return false;
      this.#live.gate.drop();
      this.#pauseLife('reopening');
      // An append that began meanwhile would find another branch than its own.
      await this.#appended();
      // Its outcome may have been unknown, and the lab lives again.
    } while (this.phase !== 'reopening');
    await this.#projector.idle();
    try {
      const { lease } = this.#live.opened;
      // What no row has yet would be on neither branch: the new one is opened behind it.
      const left = this.#projector.unwritten();
      const adopted = await this.#around.store.adopt(this.lab, lease, branch, left);
      if (!adopted) this.fenced();
      return adopted;
    } finally {
      // Adopted or not (the answer may have got lost), the lab is what the database says.
      await this.#reopen();
    }
  }

  /** Until nothing is being committed or loaded. */
  async #quiet(): Promise<void> {
    do {
      await this.#reopening;
      await this.#appended();
    } while (this.#reopening !== null);
  }

  /** Once all that is so now is durable, or gone again; false when the lab is not there to tell. */
  async durable(): Promise<boolean> {
    await this.#adopting;
    await this.#quiet();
    return !this.#left;
  }

  /** Goes to sleep when nobody is there, commits and projects everything, and lets go of the lab. */
  async close(sleep: boolean): Promise<void> {
    if (this.#phase === 'live') {
      if (sleep) this.#system('clock.sleep');
      this.#closing = true;
      await this.#appended();
      await this.#companion?.close();
      await this.#projectRest();
    }
    this.#left = true;
    this.#pauseLife('stopped');
    await this.#companion?.close();
    this.#around.journal.remove(this);
  }

  /** Rows that cannot be written now are made again from the journal by whoever opens the lab next. */
  async #projectRest(): Promise<void> {
    try {
      await this.#projector.idle();
      // Once for a capture that had to wait, once for what changed since.
      for (let i = 0; i < 2 && this.#phase !== 'stopped'; i += 1) await this.#projector.project();
    } catch (error) {
      const { lab } = this;
      this.#around.log('warn', 'a lab was left with rows to write', {
        lab,
        error: String(error),
      });
    }
  }

  async #appended(): Promise<void> {
    if (this.#phase === 'live') this.#live.settle();
    if (this.#live.unsent.length === 0 && !this.#appending) return;
    await new Promise<void>(resolve => {
      this.#onAppended.push(resolve);
      this.#around.journal.kick();
    });
  }
}
