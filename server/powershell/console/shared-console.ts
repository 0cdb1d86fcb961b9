import { address } from '../../base/prng.ts';
import type { CommandId, PersonId } from '../../protocol/id.ts';
import { OPERATIONS, type OperationResult, isOperation } from '../../protocol/operation/index.ts';
import {
  LINES_KEPT,
  LINES_TEXT_KEPT,
  type StoredConsole,
  TEXT_KEPT,
} from '../../lab/console-store.ts';
import { COMPANION } from '../../lab/companion.ts';
import type { Submit } from '../../lab/live-lab.ts';
import type { Wall } from '../../lab/wall.ts';
import type { ConsoleNow } from '../../protocol/wire/down.ts';
import type { ShellLab } from '../engine/lab.ts';
import type { Asking, Submitting } from '../engine/steps.ts';
import { Entry } from './entry.ts';
import { Allowance, type Lane } from './lane.ts';
import { Keyboard, type Who } from './keyboard.ts';
import { lastLines } from './last-lines.ts';
import { ConsoleScreen, tame, tameInPlace } from './screen.ts';
import type { Completion, Shell, ShellSetup } from './shell.ts';

/** What a console has of the house of all consoles of its lab. */
export interface ConsoleHouse {
  readonly wall: Wall;
  readonly lab: ShellLab;
  readonly lane: Lane;
  open(setup: ShellSetup): Shell;
  submit(submit: Submit): void;
  /** Through the gate, then kept, then shown. */
  print(tab: SharedConsole, text: string, now: ConsoleNow): void;
  /** A bug of ours, for the log. */
  failed(tab: SharedConsole, error: unknown): void;
  /** Characters on their way to being kept. */
  readonly waiting: number;
}

/** Characters on their way at which whatever prints has to wait. */
const WAITING_MOST = 1_000_000;

/** Characters of a question that are shown, and of what a script says of its progress. */
const PROMPT_MOST = 2_000;
const PROGRESS_MOST = 200;

/** Lines and their characters that whoever looks is told of those entered before. */
const TOLD_LINES = 200;
const TOLD_CHARACTERS = 64 * 1024;

const DIM = '\u001b[90m';
const PLAIN = '\u001b[0m';

/** What is said of a line that did not end by itself. */
const LEFT = 'This session was left. Here is a new one; variables are gone.';

const ENDINGS: { readonly [how: string]: string } = {
  exhausted: 'This took more of the lab’s time than one line may have; it was ended.',
  failed: 'That failed inside the server, and the line was ended; the log says why.',
};

/** One PowerShell console: a tab that everyone in the lab may look at and one at a time drives. */
export class SharedConsole {
  readonly id: string;
  readonly host: string;
  readonly title: string;
  readonly keyboard: Keyboard;
  readonly viewers = new Map<number, Who>();
  /** Whether it would be there after a crash: before that nobody hears of it. */
  isKept = true;
  #lines: readonly string[];
  /** Lines ever entered. */
  entered: number;
  /** Kept and shown: characters ever printed, and the end of them. */
  position: number;
  text: string;
  #now: ConsoleNow;
  /** As handed on to be shown: what is shown just now may still be behind it. */
  #handedOn: ConsoleNow['state'] = 'ready';
  readonly #house: ConsoleHouse;
  readonly #allowance: Allowance;
  readonly #screen = new ConsoleScreen(120);
  readonly #submitted = new Map<CommandId, { readonly entry: Entry; readonly wait: Submitting }>();
  #shell: Shell | null = null;
  #entry: Entry | null = null;
  #asking: Asking | null = null;
  #typing = { text: '', cursor: 0 };

  constructor(stored: StoredConsole, driver: Who | null, house: ConsoleHouse) {
    const { id, host, title, position, text, lines, entered } = stored;
    this.id = id;
    this.host = host;
    this.title = title;
    this.keyboard = new Keyboard(driver);
    this.position = position;
    this.text = text;
    this.#lines = lastLines(lines.map(tame), LINES_KEPT, LINES_TEXT_KEPT);
    this.entered = entered;
    this.#house = house;
    this.#allowance = new Allowance(house.wall);
    this.#now = this.#state();
  }

  get now(): ConsoleNow {
    return this.#now;
  }

  get isBusy(): boolean {
    return this.#entry !== null;
  }

  resize(columns: number): void {
    this.#screen.width = columns;
  }

  /** What the driver types, for the others to see. */
  type(text: string, cursor: number): ConsoleNow {
    const isSecret = this.#asking?.secret === true;
    this.#typing = isSecret ? { text: '', cursor: 0 } : { text: tameInPlace(text), cursor };
    this.#now = { ...this.#now, typing: this.#typing };
    return this.#now;
  }

  enter(text: string, person: Who): void {
    const shell = this.#open();
    this.#typing = { text: '', cursor: 0 };
    this.#screen.entered(`${shell.prompt()}${text.replaceAll('\n', '\n>> ')}`, person.name);
    this.entered += 1;
    const entry = new Entry(shell.run(text), {
      wall: this.#house.wall,
      lab: this.#house.lab,
      allowance: this.#allowance,
      lane: this.#house.lane,
      submit: wait => this.#submit(wait, entry, person),
      ask: wait => this.#ask(wait),
      moved: () => this.flush(),
      isFull: () => this.#house.waiting > WAITING_MOST,
      ended: how => this.#ended(how),
      failed: error => {
        this.#house.failed(this, error);
        this.#ended('failed');
      },
    });
    this.#entry = entry;
    this.flush();
    entry.start();
  }

  /** A line that is kept now. */
  remember(line: string): void {
    this.#lines = lastLines([...this.#lines, tame(line)], LINES_KEPT, LINES_TEXT_KEPT);
  }

  /** Of the lines entered before, what whoever looks is told. */
  get history(): readonly string[] {
    return lastLines(this.#lines, TOLD_LINES, TOLD_CHARACTERS);
  }

  /** False when it asks nothing. */
  answer(text: string, person: Who): boolean {
    const asking = this.#asking;
    if (asking === null) return false;
    asking.answer = text;
    this.#typing = { text: '', cursor: 0 };
    const shown = asking.secret ? '*'.repeat(text.length) : text;
    this.#screen.entered(`${asking.prompt}${shown}`, person.name);
    this.#entry?.answered(asking);
    this.flush();
    return true;
  }

  cancel(person: Who): void {
    this.#screen.entered('^C', person.name);
    this.#entry?.cancel();
    this.flush();
  }

  complete(text: string, cursor: number): Completion {
    return this.#open().complete(text, cursor);
  }

  settled(): void {
    this.#entry?.settled();
  }

  answered(command: CommandId, result: OperationResult): boolean {
    const submitted = this.#submitted.get(command);
    if (submitted === undefined) return false;
    this.#submitted.delete(command);
    submitted.wait.answer = result;
    submitted.entry.answered(submitted.wait);
    return true;
  }

  /** Whatever was going on, and every variable, is gone: said in the console's own text. */
  begin(why: string): void {
    this.stop();
    this.#shell = null;
    this.#screen.forgetProgress();
    this.#screen.take();
    this.#handedOn = 'ready';
    this.#house.print(this, `${DIM}${why}${PLAIN}\n`, this.#state());
  }

  stop(): void {
    this.#entry?.drop();
    this.#entry = null;
    this.#asking = null;
    this.#submitted.clear();
  }

  /** Kept now: what may be shown. */
  kept(text: string): void {
    this.position += text.length;
    this.text = `${this.text}${text}`;
    // Cut now and then, not each time: it is copied.
    if (this.text.length > 2 * TEXT_KEPT) this.text = this.text.slice(-TEXT_KEPT);
  }

  shows(now: ConsoleNow): void {
    // Somebody may have typed on since.
    this.#now = { ...now, typing: this.#typing };
  }

  /** Hands on what was printed, and how things stand. */
  flush(): void {
    const text = this.#screen.take();
    const now = this.#state();
    if (text === '' && !this.#screen.hasProgressChanged && now.state === this.#handedOn) return;
    this.#screen.hasProgressChanged = false;
    this.#handedOn = now.state;
    this.#house.print(this, text, now);
  }

  #state(): ConsoleNow {
    const asking = this.#asking;
    const question = asking === null ? null : tame(asking.prompt.slice(0, PROMPT_MOST));
    return {
      t: 'console-now',
      console: this.id,
      state: asking !== null ? 'asking' : this.#entry === null ? 'ready' : 'running',
      prompt: question ?? (this.#entry === null ? this.#open().prompt() : ''),
      secret: asking?.secret ?? false,
      typing: this.#typing,
      progress: this.#screen.progresses.map(({ id, activity, status, percent }) => ({
        id,
        activity: tame(activity.slice(0, PROGRESS_MOST)),
        status: tame(status.slice(0, PROGRESS_MOST)),
        percent,
      })),
    };
  }

  #open(): Shell {
    this.#shell ??= this.#house.open({
      lab: this.#house.lab,
      computer: this.host,
      screen: this.#screen,
      seed: address(`${this.id} ${this.position}`),
      lines: this.#lines,
    });
    return this.#shell;
  }

  #submit(wait: Submitting, entry: Entry, { id }: Who): void {
    const { op } = wait;
    const args =
      isOperation(op) && OPERATIONS[op].verb === 'lab.command' ? OPERATIONS[op].args : null;
    const parsed = args?.safeParse(wait.args);
    if (parsed?.success !== true) {
      const message = parsed?.error.issues[0]?.message ?? 'There is no such operation here.';
      wait.answer = { ok: false, fault: { kind: 'BadArguments', message, code: null, data: {} } };
      return this.#house.wall.soon(() => entry.answered(wait));
    }
    const command = `ps-${this.#house.wall.newId()}`;
    this.#submitted.set(command, { entry, wait });
    this.#house.submit({
      connection: COMPANION,
      person: id as PersonId,
      command,
      op,
      args: parsed.data as Submit['args'],
    });
  }

  #ask(wait: Asking | null): void {
    this.#asking = wait;
  }

  #ended(how: 'done' | 'cancelled' | 'exhausted' | 'failed'): void {
    this.#entry = null;
    this.#asking = null;
    this.#submitted.clear();
    this.#screen.forgetProgress();
    const why = ENDINGS[how];
    if (why !== undefined) this.#screen.print(`${why}\n`, { foreground: 'Red' });
    if (this.#shell?.isLeft === true) {
      // Others look at this console, too: it does not vanish under them.
      this.#shell = null;
      this.#screen.print(`${LEFT}\n`, { foreground: 'DarkGray' });
    }
    this.flush();
  }
}
