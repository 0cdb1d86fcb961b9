import { parse } from '../../server/powershell/syntax/parse.ts';
import type { ConsoleNow } from '../../server/protocol/wire/down.ts';
import type { ConsoleDesk, ConsoleEyes } from '../link/console-desk.ts';
import { type InputArea, sentArea, typedArea, watchedArea } from './line/input-area.ts';
import { type Action, actionOf } from './line/keys.ts';
import { isSame, type Line, lineOf } from './line/line.ts';
import type { CompletionKind } from './line/completing.ts';
import { type Effect, LineEditor } from './line/line-editor.ts';
import { type ScreenHost, TerminalScreen } from './terminal-screen.ts';
import { TypingTeller } from './typing-teller.ts';

/** What is drawn over the terminal has to fit its cells. */
export interface ScreenSize {
  readonly columns: number;
  readonly rowHeight: number;
}

export interface SessionHost {
  readonly desk: ConsoleDesk;
  readonly id: string;
  /** A sentence for whoever sits here. */
  say(message: string): void;
  /** The focus goes back to the page. */
  leave(): void;
  /** Somebody without the keyboard pressed a key. */
  keyless(): void;
  /** How the console stands has changed, or how wide it is. */
  changed(now: ConsoleNow | null, screen: ScreenSize): void;
}

/** Lines that are entered while another one still runs. */
const QUEUE_MOST = 20;

const LEAST_COLUMNS = 40;
const MOST_COLUMNS = 400;

/** One console on one screen: what it printed, the line being typed, and the keys. */
export class ConsoleSession implements ConsoleEyes, ScreenHost {
  readonly #host: SessionHost;
  readonly #screen: TerminalScreen;
  readonly #editor = new LineEditor(text => parse(text).status === 'incomplete');
  readonly #teller: TypingTeller;
  readonly #lookAway: () => void;
  #now: ConsoleNow | null = null;
  #drives = false;
  #driver: string | null = null;
  /** On its way to the server, which will print it. */
  #sent: string | null = null;
  #queue: string[] = [];
  /** A line that somebody wants to see here, as soon as there is a prompt. */
  #suggested: string | null = null;

  constructor(element: HTMLElement, screenReader: boolean, host: SessionHost) {
    this.#host = host;
    const { desk, id } = host;
    this.#teller = new TypingTeller(({ text, cursor }) =>
      desk.tell(id, { do: 'typing', text, cursor }),
    );
    this.#screen = new TerminalScreen(element, screenReader, this);
    this.#lookAway = desk.look(id, this);
  }

  speakAloud(on: boolean): void {
    this.#screen.screenReader = on;
  }

  /** Who has the keyboard, and whether that is who sits here. */
  drive(drives: boolean, driver: string | null): void {
    this.#driver = driver;
    if (this.#drives === drives) return;
    this.#drives = drives;
    this.#queue = [];
    if (drives) {
      // A line half typed is handed over with the keyboard.
      this.#adopt();
      this.#tellSize();
      if (this.#now !== null) this.#host.desk.lookAgain(this.#host.id);
    } else this.#teller.forget();
    this.#suggest();
    this.#screen.draw();
  }

  focus(): void {
    this.#screen.focus();
  }

  /** Puts a line at the prompt, to be entered by hand. */
  suggest(text: string): void {
    this.#suggested = text;
    this.#suggest();
  }

  close(): void {
    this.#teller.flush();
    this.#teller.close();
    this.#lookAway();
    this.#screen.close();
  }

  // ---- what the console says ----

  text(text: string, whole: boolean): void {
    this.#sent = null;
    this.#screen.print(text, whole);
  }

  now(now: ConsoleNow): void {
    const isFirst = this.#now === null;
    this.#now = now;
    this.#turn();
    // Another window of the same person may be the one that is typed in.
    if (isFirst || !this.#screen.isFocused) this.#adopt();
    this.#host.changed(now, sizeOf(this.#screen));
    this.#suggest();
    this.#next();
    this.#screen.draw();
  }

  history(lines: readonly string[]): void {
    this.#editor.history.replace(lines);
  }

  // ---- what the screen asks ----

  area(startColumn: number): InputArea | null {
    const now = this.#now;
    if (now === null) return null;
    const { columns, rows } = this.#screen;
    const room = { columns, rows, startColumn };
    if (this.#sent !== null) return sentArea(this.#sent, now, room);
    if (this.#drives) return typedArea(this.#editor, now, room);
    return watchedArea({ typing: now.typing, name: this.#driver }, now, room);
  }

  key(event: KeyboardEvent): boolean {
    // While a character is put together, keys are the input method's.
    if (event.isComposing) return false;
    const action = actionOf(event);
    if (action === null) return isForBrowser(event);
    if (action === 'cancel' && this.#screen.hasSelection) {
      // The browser copies it, and only then it is gone.
      window.setTimeout(() => this.#screen.clearSelection());
      return true;
    }
    // Whoever only looks must get out by Tab as from everything else.
    if (!this.#drives && !WATCHING.has(action)) return event.key === 'Tab' || this.#keyless(event);
    event.preventDefault();
    if (event.type === 'keydown') this.#pressed(action);
    return true;
  }

  typed(text: string): void {
    if (text.startsWith('\u001b') || !this.#hands()) return;
    this.#done(this.#editor.type(text));
  }

  pasted(text: string): void {
    if (this.#hands()) this.#done(this.#editor.paste(text));
  }

  focused(is: boolean): void {
    if (!is) this.#teller.flush();
  }

  resized(): void {
    this.#tellSize();
    this.#host.changed(this.#now, sizeOf(this.#screen));
  }

  // ---- keys ----

  #pressed(action: Action): void {
    if (this.#drives) this.#done(this.#editor.press(action));
    else if (action === 'leave') this.#host.leave();
    else if (action === 'page-up' || action === 'page-down') this.#scroll(action);
  }

  #keyless(event: KeyboardEvent): true {
    if (event.type === 'keydown') this.#host.keyless();
    return true;
  }

  /** False for whoever has not the keyboard. */
  #hands(): boolean {
    if (!this.#drives) this.#host.keyless();
    return this.#drives;
  }

  /** The editor did something: it is shown, told, and what it asked for is done. */
  #done(effect: Effect | null): void {
    const scrolls = effect?.do === 'page-up' || effect?.do === 'page-down';
    if (!scrolls) this.#screen.scrollToEnd();
    if (effect !== null) this.#act(effect);
    if (this.#now?.secret !== true) this.#teller.typed(this.#editor.line);
    this.#screen.draw();
  }

  #act(effect: Effect): void {
    switch (effect.do) {
      case 'enter':
        return this.#enter(effect.text);
      case 'complete':
        return void this.#complete(effect.kind);
      case 'cancel':
        return this.#cancel();
      case 'say':
        return this.#host.say(effect.message);
      case 'clear':
        return this.#screen.clear();
      case 'leave':
        return this.#host.leave();
      case 'page-up':
      case 'page-down':
        return this.#scroll(effect.do);
    }
  }

  #scroll(way: 'page-up' | 'page-down'): void {
    this.#screen.scrollPages(way === 'page-up' ? -1 : 1);
  }

  // ---- what is asked of the server ----

  #enter(text: string): void {
    this.#teller.forget();
    const state = this.#now?.state;
    if (this.#sent === null && state === 'asking') {
      void this.#send({ do: 'answer', text });
      // What is typed from here on is no answer any more.
      this.#editor.turnTo('line');
    } else if (this.#sent === null && state === 'ready') void this.#send({ do: 'enter', text });
    else if (this.#queue.length < QUEUE_MOST) this.#queue.push(text);
  }

  /** What was entered ahead, one line at each prompt. */
  #next(): void {
    if (this.#now?.state !== 'ready' || this.#sent !== null || !this.#drives) return;
    const text = this.#queue.shift();
    if (text !== undefined) void this.#send({ do: 'enter', text });
  }

  async #send(what: { readonly do: 'enter' | 'answer'; readonly text: string }): Promise<void> {
    const { desk, id } = this.#host;
    this.#sent = what.text;
    const answer = await desk.ask(id, what);
    if (answer.ok) return;
    this.#sent = null;
    this.#queue = [];
    this.#turn();
    const isSecret = this.#now?.secret === true;
    if (this.#editor.line.text === '' && !isSecret) this.#editor.adopt(lineOf(what.text));
    this.#host.say(answer.message);
    this.#screen.draw();
  }

  #cancel(): void {
    this.#queue = [];
    // A line that was sent runs, or is about to.
    const isIdle = this.#now === null || this.#now.state === 'ready';
    if (isIdle && this.#sent === null) return;
    void this.#ask({ do: 'cancel' });
  }

  async #ask(what: { readonly do: 'cancel' }): Promise<void> {
    const answer = await this.#host.desk.ask(this.#host.id, what);
    if (!answer.ok) this.#host.say(answer.message);
  }

  async #complete(kind: CompletionKind): Promise<void> {
    const { desk, id } = this.#host;
    const asked: Line = this.#editor.line;
    const answer = await desk.ask(id, { do: 'complete', ...asked });
    if (!answer.ok) this.#host.say(answer.message);
    else if (this.#editor.offered(kind, asked, answer)) this.#done(null);
  }

  #tellSize(): void {
    const columns = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, this.#screen.columns));
    if (this.#drives) this.#host.desk.tell(this.#host.id, { do: 'size', columns });
  }

  // ---- the line as others have it ----

  /** A question that was just answered is none any more, whatever is still on its way. */
  #turn(): void {
    if (this.#sent === null) this.#editor.turnTo(this.#now?.state === 'asking' ? 'answer' : 'line');
  }

  #adopt(): void {
    const typing = this.#now?.typing;
    if (typing === undefined || !this.#drives || this.#sent !== null) return;
    if (this.#now?.secret !== true && !isSame(typing, this.#editor.line))
      this.#editor.adopt(typing);
  }

  #suggest(): void {
    const text = this.#suggested;
    if (text === null || !this.#drives || this.#now?.state !== 'ready') return;
    this.#suggested = null;
    this.#editor.suggest(text);
    this.#done(null);
  }
}

const sizeOf = ({ columns, rowHeight }: TerminalScreen): ScreenSize => ({ columns, rowHeight });

/** Keys for whoever only looks. */
const WATCHING: ReadonlySet<Action> = new Set(['leave', 'page-up', 'page-down']);

/** Letters go on to the terminal, which types them; shortcuts we do not know go to the browser. */
const isForBrowser = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean =>
  metaKey || (ctrlKey !== altKey && key.length === 1) || /^F\d/u.test(key);
