import { must } from '../../base/assert.ts';
import type { Companion, Companioned } from '../../lab/companion.ts';
import type { StoredConsole } from '../../lab/console-store.ts';
import { encode } from '../../lab/encode.ts';
import type { FromLab, ToCompanion } from '../../lab/port.ts';
import type { Wall } from '../../lab/wall.ts';
import type { CommandId, PersonId } from '../../protocol/id.ts';
import { STATION } from '../../protocol/management-station.ts';
import type { OperationResult } from '../../protocol/operation/index.ts';
import type { ConsoleNow, Down } from '../../protocol/wire/down.ts';
import type { ConsoleWhat } from '../../protocol/wire/up.ts';
import { endOf } from './end-of-text.ts';
import { type ConsoleHouse, SharedConsole } from './shared-console.ts';
import { Keeper, type KeeperAround } from './keeper.ts';
import type { Who } from './keyboard.ts';
import type { Lane } from './lane.ts';
import { labView } from './lab-view.ts';
import type { OpenShell, Shell, ShellSetup } from './shell.ts';
import { listOf, NOTHING, Teller } from './teller.ts';

/** Consoles of one lab at once. */
const CONSOLES_MOST = 12;

/** Characters of its past that a console is shown with. */
const SHOWN = 64 * 1024;

const ANEW = 'This console began anew: what was printed and entered is here, variables are gone.';

export interface ConsolesAround extends KeeperAround {
  /** One for all labs of a thread. */
  readonly lane: Lane;
  /** Loaded when the first console is asked for: a lab opens sooner without. */
  readonly loadShell: () => Promise<OpenShell>;
  readonly out: (message: FromLab) => void;
}

/** What a lab that stands still has no use for. */
const NEEDS_LAB = new Set<string>(['open', 'enter', 'answer', 'cancel', 'complete', 'close']);

/** Requests that may wait until the consoles are read. */
const EARLY_MOST = 500;

const STANDS_STILL = 'The lab stands still just now; try again in a moment.';

type Request = Extract<ToCompanion, { t: 'console' }>;

/** What only who has the keyboard may. */
type Driving = Exclude<ConsoleWhat, { do: 'list' | 'open' | 'look' | 'leave' | 'want' | 'take' }>;

/** All PowerShell consoles of one lab: who looks, who drives, what is printed, and what is kept of it. */
export class Consoles implements Companion, ConsoleHouse {
  readonly wall: Wall;
  readonly lane: Lane;
  readonly lab;
  waiting = 0;
  readonly #lab: Companioned;
  readonly #around: ConsolesAround;
  readonly #keeper: Keeper;
  readonly #teller: Teller;
  readonly #consoles = new Map<string, SharedConsole>();
  /** Connections that were told of the consoles. */
  readonly #present = new Map<number, Who>();
  #openShell: OpenShell | null = null;
  /** What came before the consoles were read; the first of it has them read. */
  #early: ToCompanion[] | null = [];
  #listSoon = false;
  #isPaused = false;

  constructor(lab: Companioned, around: ConsolesAround) {
    this.#lab = lab;
    this.#around = around;
    this.#keeper = new Keeper(lab, around);
    this.#teller = new Teller(lab.lab, around.out);
    this.wall = around.wall;
    this.lane = around.lane;
    this.lab = labView(() => lab.live);
  }

  // ---- what comes ----

  receive(message: ToCompanion): void {
    if (this.#early === null) return this.#handle(message);
    if (message.t === 'console' && this.#early.length >= EARLY_MOST)
      return this.#teller.refuse(message, STANDS_STILL);
    this.#early.push(message);
    if (this.#early.length === 1) void this.#load();
  }

  /** A bug in here is no matter of the labs beside it. */
  #handle(message: ToCompanion): void {
    if (message.t === 'console-left') return this.#left(message.connection);
    try {
      this.#ask(message);
    } catch (error) {
      this.#log(`a console could not do: ${message.what.do}`, error);
      this.#teller.refuse(message, 'That failed inside the server; the log says why.');
    }
  }

  settled(): void {
    for (const one of this.#consoles.values()) one.settled();
  }

  answered(command: CommandId, result: OperationResult): void {
    for (const one of this.#consoles.values()) if (one.answered(command, result)) return;
  }

  /** Whatever runs has looked at a lab that may never have been so. */
  paused(): void {
    this.#isPaused = true;
    for (const one of this.#consoles.values()) one.stop();
  }

  reloaded(): void {
    this.#isPaused = false;
    // What waited at the gate of the lab that was is not coming any more.
    this.waiting = this.#keeper.waiting();
    for (const one of this.#consoles.values()) one.begin(ANEW);
  }

  async close(): Promise<void> {
    for (const one of this.#consoles.values()) one.stop();
    if (this.#isPaused) this.#keeper.giveUp();
    else await this.#keeper.close();
  }

  async #load(): Promise<void> {
    try {
      const [stored, open] = await Promise.all([this.#keeper.read(), this.#around.loadShell()]);
      this.#openShell = open;
      if (stored !== null) this.#loaded(stored);
    } catch (error) {
      this.#log('consoles could not be loaded', error);
      // Whoever asks next has it tried again.
      for (const message of this.#early?.splice(0) ?? [])
        if (message.t === 'console') this.#teller.refuse(message, STANDS_STILL);
    }
  }

  #loaded(stored: readonly StoredConsole[]): void {
    for (const one of stored) {
      const begun = new SharedConsole(one, null, this);
      this.#consoles.set(one.id, begun);
      // Once is enough, however often nobody did anything in between.
      if (!one.text.slice(-ANEW.length - 20).includes(ANEW)) begun.begin(ANEW);
    }
    const early = this.#early ?? [];
    this.#early = null;
    for (const message of early) this.#handle(message);
  }

  // ---- what people ask ----

  #ask(request: Request): void {
    const { what, console: id, person, connection } = request;
    if (this.#isPaused && NEEDS_LAB.has(what.do)) return this.#teller.refuse(request, STANDS_STILL);
    if (what.do === 'list') {
      this.#present.set(connection, person);
      this.#teller.answer(request, {});
      return this.#teller.tell([connection], this.#list());
    }
    if (what.do === 'open') return this.#open(request, what);
    const tab = id === null ? undefined : this.#consoles.get(id);
    if (tab === undefined)
      return this.#teller.refuse(request, 'There is no such console any more.');
    switch (what.do) {
      case 'look':
        return this.#look(request, tab, what.from);
      case 'leave':
        tab.viewers.delete(connection);
        return this.#changed();
      case 'want':
        if (what.keyboard) tab.keyboard.want(person, who => this.#isThere(who));
        else tab.keyboard.wantNoMore(person);
        this.#teller.answer(request, {});
        return this.#changed();
      case 'take':
        return this.#take(request, tab);
      default:
        return this.#drive(request, what, tab);
    }
  }

  /** What only the driver may. */
  #drive(request: Request, what: Driving, tab: SharedConsole): void {
    const { person } = request;
    const mayClose = what.do === 'close' && request.role === 'instructor';
    if (!tab.keyboard.isDriver(person) && !mayClose) {
      const name = tab.keyboard.driver?.name ?? 'nobody';
      return this.#teller.refuse(
        request,
        `The keyboard of this console is with ${name}. Ask for it first.`,
      );
    }
    switch (what.do) {
      case 'enter':
        return this.#enter(request, tab, what.text);
      case 'answer':
        if (!tab.answer(what.text, person))
          return this.#teller.refuse(request, 'Nothing is asked just now.');
        return this.#teller.answer(request, {});
      case 'cancel':
        tab.cancel(person);
        return this.#teller.answer(request, {});
      case 'typing':
        return this.#teller.viewers(tab, tab.type(what.text, what.cursor), 'now');
      case 'complete':
        return this.#complete(request, tab, what);
      case 'size':
        return tab.resize(what.columns);
      case 'hand':
        return this.#hand(request, tab, what.to);
      case 'close':
        return this.#close(request, tab);
    }
  }

  #enter(request: Request, tab: SharedConsole, text: string): void {
    const { person } = request;
    if (tab.isBusy) return this.#teller.refuse(request, 'A line is still running; Ctrl+C ends it.');
    tab.enter(text, person);
    const { id, entered: n } = tab;
    const entered = { c: 'entered', id, n, person: person.id as PersonId, line: text } as const;
    this.#keeper.keep(entered, () => {
      tab.remember(text);
      this.#teller.answer(request, {});
    });
  }

  #hand(request: Request, tab: SharedConsole, id: string): void {
    const to = [...this.#present.values()].find(who => who.id === id);
    if (to === undefined) return this.#teller.refuse(request, 'That person is not here just now.');
    tab.keyboard.hand(to);
    this.#teller.answer(request, {});
    this.#changed();
  }

  #close(request: Request, tab: SharedConsole): void {
    tab.stop();
    this.#consoles.delete(tab.id);
    this.#keeper.keep({ c: 'closed', id: tab.id }, () => {
      this.#teller.answer(request, {});
      this.#changed();
    });
  }

  #open(request: Request, what: Extract<ConsoleWhat, { do: 'open' }>): void {
    const { person, connection } = request;
    const known = this.lab.get('host', what.host as `host:${string}`);
    const host = known ?? (what.host === STATION.id ? STATION : undefined);
    if (host === undefined)
      return this.#teller.refuse(request, 'There is no such host in this lab.');
    if (this.#consoles.size >= CONSOLES_MOST)
      return this.#teller.refuse(
        request,
        `A lab has ${CONSOLES_MOST} consoles at most. Close one first.`,
      );
    const id = `console:${this.wall.newId()}`;
    const number = [...this.#consoles.values()].filter(one => one.host === host.id).length + 1;
    const title = number === 1 ? host.name : `${host.name} (${number})`;
    const stored = { id, host: host.id, title, position: 0, text: '', lines: [], entered: 0 };
    const tab = new SharedConsole(stored, person, this);
    tab.isKept = false;
    tab.resize(what.columns);
    this.#consoles.set(id, tab);
    this.#present.set(connection, person);
    this.#keeper.keep({ c: 'opened', id, host: host.id, title }, () => {
      tab.isKept = true;
      this.#teller.answer(request, { console: id });
      this.#changed();
    });
  }

  #look(request: Request, tab: SharedConsole, from: number | null): void {
    const { connection, person } = request;
    tab.viewers.set(connection, person);
    const missed = from === null ? Infinity : tab.position - from;
    const whole = missed < 0 || missed > Math.min(SHOWN, tab.text.length);
    const text = whole ? endOf(tab.text, SHOWN) : missed === 0 ? '' : tab.text.slice(-missed);
    this.#teller.answer(request, { console: tab.id, history: tab.history });
    if (whole || text !== '') {
      const { id, position } = tab;
      this.#teller.tell([connection], {
        t: 'console-text',
        console: id,
        whole,
        to: position,
        text,
      });
    }
    this.#teller.tell([connection], tab.now);
    this.#changed();
  }

  #take(request: Request, tab: SharedConsole): void {
    const { driver } = tab.keyboard;
    const isFree = driver === null || !this.#isThere(driver);
    if (!isFree && request.role !== 'instructor')
      return this.#teller.refuse(
        request,
        `${driver.name} has the keyboard and is here. Ask for it.`,
      );
    tab.keyboard.hand(request.person);
    this.#teller.answer(request, {});
    this.#changed();
  }

  #complete(
    request: Request,
    tab: SharedConsole,
    { text, cursor }: Extract<ConsoleWhat, { do: 'complete' }>,
  ): void {
    const { lab, live } = this.#lab;
    const answer = { ...NOTHING, id: request.request, ...tab.complete(text, cursor) };
    // Names of machines are what the lab computed: they leave as everything of it does.
    const bytes = encode(answer);
    const to = { t: 'console', lab, connections: [request.connection], console: null } as const;
    live.gate.pass(live.seq, live.machine.now, [{ ...to, class: 'control', bytes }]);
  }

  #left(connection: number): void {
    const was = this.#present.delete(connection);
    let looked = false;
    for (const one of this.#consoles.values()) looked = one.viewers.delete(connection) || looked;
    if (was || looked) this.#changed();
  }

  #isThere({ id }: Who): boolean {
    return [...this.#present.values()].some(who => who.id === id);
  }

  // ---- what is printed ----

  open(setup: ShellSetup): Shell {
    return must(this.#openShell, 'there are consoles only once the shell is loaded')(setup);
  }

  submit(submit: Parameters<Companioned['submit']>[0]): void {
    this.#lab.submit(submit);
  }

  failed(tab: SharedConsole, error: unknown): void {
    this.#log(`a line of a console failed: ${tab.id}`, error);
  }

  #log(message: string, error: unknown): void {
    const { lab } = this.#lab;
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#around.log('error', message, { lab, error: said });
  }

  print(tab: SharedConsole, text: string, now: ConsoleNow): void {
    // The lab may stand half way through a turn: what was seen of that is shown to nobody.
    if (this.#isPaused) return;
    const { live, lab } = this.#lab;
    this.waiting += text.length;
    live.gate.pass(live.seq, live.machine.now, [{ t: 'printed', lab, console: tab.id, text, now }]);
  }

  passed({ console: id, text, now }: Extract<FromLab, { t: 'printed' }>): void {
    const tab = this.#consoles.get(id);
    if (tab === undefined) {
      // Closed meanwhile.
      this.waiting -= text.length;
      return;
    }
    const start = tab.position + this.#keeper.waiting(id);
    const change = text === '' ? null : ({ c: 'printed', id, start, text } as const);
    this.#keeper.keep(change, () => this.#shown(tab, text, now));
  }

  #shown(tab: SharedConsole, text: string, now: ConsoleNow): void {
    this.waiting -= text.length;
    tab.kept(text);
    tab.shows(now);
    if (text !== '') {
      const { id, position } = tab;
      const message = { t: 'console-text', console: id, whole: false, to: position, text } as const;
      this.#teller.viewers(tab, message, 'text');
    }
    this.#teller.viewers(tab, tab.now, 'now');
  }

  // ---- who is told ----

  #changed(): void {
    if (this.#listSoon) return;
    this.#listSoon = true;
    this.wall.soon(() => {
      this.#listSoon = false;
      this.#teller.tell([...this.#present.keys()], this.#list());
    });
  }

  #list(): Down {
    return listOf([...this.#consoles.values()].filter(one => one.isKept));
  }
}
