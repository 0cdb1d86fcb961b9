import {
  beginCompleting,
  type Completing,
  type CompletionKind,
  type Offer,
  stepped,
  withMatch,
} from './completing.ts';
import { leftOf } from './boundary.ts';
import { History } from './history.ts';
import type { Action } from './keys.ts';
import { EMPTY, inserted, isSame, type Line, lineOf, without } from './line.ts';
import { CUTS, MOVES } from './move.ts';
import { beginSearch, foundBy, type Search, searchFor, searchOn } from './search.ts';
import { clean, tooMuch } from './typed-text.ts';
import { Undo } from './undo.ts';

/** What a key asks of whoever is around the line. */
export type Effect =
  | { readonly do: 'enter'; readonly text: string }
  | { readonly do: 'complete'; readonly kind: CompletionKind }
  | { readonly do: 'say'; readonly message: string }
  | { readonly do: 'cancel' | 'clear' | 'page-up' | 'page-down' | 'leave' };

const COMPLETES: { readonly [A in Action]?: CompletionKind } = {
  'complete-next': 'next',
  'complete-previous': 'previous',
  'complete-menu': 'menu',
};

/** `line` is a command; `answer` is one to a question, which is nobody's history. */
export type Mode = 'line' | 'answer';

/** The line at the prompt, with the manners of PSReadLine. It knows no terminal and no server. */
export class LineEditor {
  line: Line = EMPTY;
  search: Search | null = null;
  completing: Completing | null = null;
  mode: Mode = 'line';
  /** How many matches a column of the menu holds; whoever draws it knows. */
  menuRows = 1;
  readonly history = new History();
  readonly #undo = new Undo();
  readonly #isIncomplete: (text: string) => boolean;
  #killed = '';
  #isKilling = false;
  /** What was typed ahead while a question came in between. */
  #ahead: Line = EMPTY;

  constructor(isIncomplete: (text: string) => boolean) {
    this.#isIncomplete = isIncomplete;
  }

  // ---- from outside ----

  /** The line as somebody else has it, or as it was before it was refused. */
  adopt(line: Line): void {
    this.#close();
    this.line = line;
    this.#undo.forget();
  }

  /** Puts a line there to be looked at and entered; Ctrl+Z brings back what stood there. */
  suggest(text: string): void {
    this.#close();
    this.#change(lineOf(clean(text)));
  }

  turnTo(mode: Mode): void {
    if (mode === this.mode) return;
    this.mode = mode;
    const ahead = mode === 'answer' ? EMPTY : this.#ahead;
    if (mode === 'answer') this.#ahead = this.line;
    this.adopt(ahead);
  }

  /** True when it could be made use of: the line may be another one by now. */
  offered(kind: CompletionKind, asked: Line, offer: Offer): boolean {
    if (!isSame(asked, this.line)) return false;
    const completing = beginCompleting(kind, asked, offer);
    if (completing === null) return false;
    this.#undo.keep(this.line);
    this.line = withMatch(completing);
    this.completing = completing;
    return true;
  }

  // ---- from the keyboard ----

  type(text: string): Effect | null {
    const typed = clean(text);
    if (typed === '') return null;
    const { search } = this;
    if (search !== null && !typed.includes('\n')) {
      this.#found(searchFor(search, search.query + typed, this.history.lines));
      return null;
    }
    return this.#insert(typed, typed);
  }

  paste(text: string): Effect | null {
    // What is copied as whole lines ends with one; nobody means to enter that.
    return this.#insert(clean(text).replace(/\n+$/u, ''), null);
  }

  press(action: Action): Effect | null {
    if (this.search !== null && this.#pressInSearch(this.search, action)) return null;
    if (this.completing !== null && this.#pressInMenu(this.completing, action)) return null;
    const kind = COMPLETES[action];
    if (kind !== undefined) return this.#complete(kind);
    this.#close();
    const wasKilling = this.#isKilling;
    this.#isKilling = false;
    if (CUTS[action] !== undefined) this.#cut(action, wasKilling);
    else if (!this.#move(action)) return this.#other(action);
    return null;
  }

  // ---- what keys do ----

  #other(action: Action): Effect | null {
    switch (action) {
      case 'enter':
        return this.#enter();
      case 'new-line':
        return this.mode === 'line' ? this.#insert('\n', null) : null;
      case 'up':
        return this.#recall(this.history.older(this.line.text));
      case 'down':
        return this.#recall(this.history.newer(this.line.text));
      case 'prefix-older':
        return this.#recallPrefix('older');
      case 'prefix-newer':
        return this.#recallPrefix('newer');
      case 'yank':
        return this.#killed === '' ? null : this.#insert(this.#killed, null);
      case 'undo':
      case 'redo':
        this.line = this.#undo[action](this.line) ?? this.line;
        return null;
      case 'revert':
        if (this.line.text !== '') this.#change(EMPTY);
        return null;
      case 'search-back':
      case 'search-forward':
        if (this.mode === 'line') this.#beginSearch(action === 'search-back' ? 'back' : 'forward');
        return null;
      case 'cancel':
        if (this.line.text !== '') this.#change(EMPTY);
        this.history.rest();
        return { do: 'cancel' };
      case 'clear':
      case 'page-up':
      case 'page-down':
      case 'leave':
        return { do: action };
      default:
        return null;
    }
  }

  #enter(): Effect | null {
    const { text } = this.line;
    if (this.mode === 'line' && this.#isIncomplete(text)) {
      this.line = { text, cursor: text.length };
      return this.#insert('\n', null);
    }
    if (this.mode === 'line') this.history.entered(text);
    this.adopt(EMPTY);
    return { do: 'enter', text };
  }

  #insert(typed: string, letters: string | null): Effect | null {
    this.#close();
    this.#isKilling = false;
    const first = typed.split('\n')[0] ?? '';
    const text = this.mode === 'answer' ? first : typed;
    const line = inserted(this.line, text);
    const refusal = tooMuch(line.text);
    if (refusal !== null) return { do: 'say', message: refusal };
    this.#change(line, letters);
    return text === typed
      ? null
      : { do: 'say', message: 'An answer is one line; the rest is not taken.' };
  }

  #change(line: Line, letters: string | null = null): void {
    this.#undo.keep(this.line, letters);
    this.line = line;
    this.history.rest();
  }

  #cut(action: Action, wasKilling: boolean): void {
    const cut = CUTS[action];
    const [from, to] = cut?.span(this.line) ?? [0, 0];
    if (cut === undefined || from === to) return;
    const { text, cursor } = this.line;
    if (cut.kills) {
      // One word after another is brought back as one piece.
      const piece = text.slice(from, to);
      const before = wasKilling ? this.#killed : '';
      this.#killed = from < cursor ? piece + before : before + piece;
      this.#isKilling = true;
    }
    this.#change(without(this.line, from, to));
  }

  #move(action: Action): boolean {
    const to = MOVES[action]?.(this.line) ?? null;
    if (to === null) return false;
    this.line = { ...this.line, cursor: to };
    this.#undo.pause();
    return true;
  }

  // ---- lines entered before ----

  #recall(text: string | null): null {
    if (this.mode === 'answer' || text === null) return null;
    this.#undo.keep(this.line);
    this.line = lineOf(text);
    return null;
  }

  #recallPrefix(way: 'older' | 'newer'): null {
    const { text, cursor } = this.line;
    const found = this.history[way](text, text.slice(0, cursor));
    if (this.mode === 'answer' || found === null) return null;
    this.#undo.keep(this.line);
    this.line = { text: found, cursor: Math.min(cursor, found.length) };
    return null;
  }

  #beginSearch(direction: Search['direction']): void {
    this.search = beginSearch(direction, this.line, this.history.lines);
  }

  #found(search: Search): void {
    this.search = search;
    this.line = foundBy(search, this.history.lines);
  }

  /** False when the key ends the search and then does what it always does. */
  #pressInSearch(search: Search, action: Action): boolean {
    const { lines } = this.history;
    switch (action) {
      case 'search-back':
      case 'search-forward':
        this.#found(searchOn(search, action === 'search-back' ? 'back' : 'forward', lines));
        return true;
      case 'delete-left':
        this.#found(
          searchFor(
            search,
            search.query.slice(0, leftOf(search.query, search.query.length)),
            lines,
          ),
        );
        return true;
      case 'revert':
      case 'stop-search':
      case 'cancel':
        this.line = search.before;
        this.search = null;
        return true;
      default:
        return false;
    }
  }

  // ---- completion ----

  #complete(kind: CompletionKind): Effect | null {
    if (this.mode === 'answer') return null;
    this.search = null;
    if (this.completing === null || kind === 'menu') return { do: 'complete', kind };
    this.#step(this.completing, kind === 'next' ? 1 : -1);
    return null;
  }

  #step(completing: Completing, by: number): void {
    this.completing = stepped(completing, by);
    this.line = withMatch(this.completing);
  }

  /** False when the key closes the menu and then does what it always does. */
  #pressInMenu(completing: Completing, action: Action): boolean {
    if (!completing.isMenu) return false;
    const steps: { readonly [A in Action]?: number } = {
      up: -1,
      down: 1,
      left: -this.menuRows,
      right: this.menuRows,
      'complete-next': 1,
      'complete-previous': -1,
      'complete-menu': 1,
    };
    const by = steps[action];
    if (by !== undefined) this.#step(completing, by);
    else if (action === 'revert') this.line = completing.before;
    else if (action !== 'enter') return false;
    if (by === undefined) this.completing = null;
    return true;
  }

  /** Whatever was open above the line. */
  #close(): void {
    this.completing = null;
    this.search = null;
  }
}
