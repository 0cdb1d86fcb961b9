import { isBlank, isNamePart, isNameStart, isNewline } from './characters.ts';
import type { CommandFrame, Expectation } from './expectation.ts';
import type { Extent } from './extent.ts';
import { Failure } from './failure.ts';
import type { Mark, MarkKind } from './mark.ts';
import { type MessageId, sentence } from './messages.ts';
import type { Block, Expression, Statement, Subexpression } from './tree.ts';

/** How deep constructs may stand within each other; the parser calls itself once for each. */
const MAX_NESTING = 100;

/** The rules that rules further down need: a string holds expressions, an expression statements. */
export interface Grammar {
  /** Null where no expression begins. */
  expression(r: Reader): Expression | null;
  unary(r: Reader): Expression | null;
  primary(r: Reader, inCommand: boolean): Expression | null;
  /** `$( ... )`, at its dollar. */
  subexpression(r: Reader): Subexpression;
  pipeline(r: Reader): Statement | null;
  statement(r: Reader): Statement | null;
  /** Until a closing bracket or the end. */
  statements(r: Reader): Statement[];
  /** What stands between the braces; `open` is the opening one, already read. */
  block(r: Reader, open: Extent): Block;
}

/** A position in a text, and what the rules leave behind while they move it on. Never moves back far. */
export class Reader {
  readonly text: string;
  readonly grammar: Grammar;
  readonly marks: Mark[] = [];
  pos: number;
  /** Whether a comma makes an array: between the arguments of a method it does not. */
  commas = true;
  frame: CommandFrame | null = null;
  expectation: Expectation | null = null;
  #depth = 0;
  /** Comments before here are marked already: blanks may be read more than once. */
  #commented = 0;

  constructor(text: string, grammar: Grammar, pos = 0) {
    this.text = text;
    this.grammar = grammar;
    this.pos = pos;
  }

  get done(): boolean {
    return this.pos >= this.text.length;
  }

  /** The character here or further on; '' behind the end. */
  peek(offset = 0): string {
    return this.text.charAt(this.pos + offset);
  }

  starts(what: string): boolean {
    return this.text.startsWith(what, this.pos);
  }

  /** Moves on behind one character and gives its extent. */
  take(length = 1): Extent {
    const start = this.pos;
    this.pos += length;
    return { start, end: this.pos };
  }

  /** The name that begins here, not yet read; '' for none. */
  name(): string {
    let end = this.pos;
    if (isNameStart(this.text.charAt(end))) while (isNamePart(this.text.charAt(end))) end += 1;
    return this.text.slice(this.pos, end);
  }

  /** Over blanks, comments and continued lines. */
  blanks(): void {
    for (;;) {
      const c = this.peek();
      if (isBlank(c)) this.pos += 1;
      else if (c === '#' || (c === '<' && this.peek(1) === '#')) this.#comment(c === '<');
      else if (c === '`' && this.#continues()) continue;
      else return;
    }
  }

  /** Over newlines, too. */
  lines(): void {
    for (this.blanks(); isNewline(this.peek()); this.blanks()) this.pos += 1;
  }

  /** Over whatever may stand between statements. */
  separators(): void {
    for (this.lines(); this.peek() === ';'; this.lines()) this.pos += 1;
  }

  #continues(): boolean {
    const c = this.peek(1);
    if (c === '') return this.missing('IncompleteString', this.take());
    if (!isNewline(c) && !isBlank(c)) return false;
    this.pos += c === '\r' && this.peek(2) === '\n' ? 3 : 2;
    return true;
  }

  #comment(block: boolean): void {
    const start = this.pos;
    this.pos = block ? endOfBlockComment(this.text, start) : endOfLine(this.text, start);
    if (start >= this.#commented) this.mark('comment', start, this.pos);
    this.#commented = Math.max(this.#commented, this.pos);
    if (block && !(this.pos >= start + 4 && this.text.endsWith('#>', this.pos)))
      this.missing('MissingTerminatorMultiLineComment', { start, end: this.pos });
  }

  mark(kind: MarkKind, start: number, end = this.pos): void {
    if (end > start) this.marks.push({ kind, start, end });
  }

  /** Says what stands where the text ends, if this is where it ends. */
  expect(expectation: Expectation): void {
    if (this.done) this.expectation = expectation;
  }

  /** An error that more text would not mend. */
  fail(id: MessageId, { start, end }: Extent, about = ''): never {
    throw new Failure({ id, message: sentence(id, about), start, end }, false);
  }

  /** Something is not there; when nothing at all follows, it may still be typed. */
  missing(id: MessageId, { start, end }: Extent, about = ''): never {
    const incomplete = isBlankFrom(this.text, end);
    throw new Failure({ id, message: sentence(id, about), start, end }, incomplete);
  }

  /** What was opened there is not closed here, where something else stands or the text ends. */
  unclosed(id: MessageId, { start, end }: Extent): never {
    const incomplete = isBlankFrom(this.text, this.pos);
    throw new Failure({ id, message: sentence(id), start, end }, incomplete);
  }

  /** Runs a rule one level deeper. */
  nest<T>(rule: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_NESTING) this.fail('ScriptTooComplicated', after(this.pos));
    const result = rule();
    this.#depth -= 1;
    return result;
  }

  /** Runs a rule one level deeper, between brackets within which commas do or do not make arrays. */
  within<T>(commas: boolean, rule: () => T): T {
    const outside = this.commas;
    this.commas = commas;
    const result = this.nest(rule);
    this.commas = outside;
    return result;
  }

  /** Over the bracket that ends something; what was expected before it no longer is. */
  close(): number {
    this.pos += 1;
    this.expectation = null;
    return this.pos;
  }
}

/** The empty extent at a position: behind the last thing that was right. */
export const after = (pos: number): Extent => ({ start: pos, end: pos });

const endOfLine = (text: string, from: number): number => {
  let end = from;
  while (end < text.length && !isNewline(text.charAt(end))) end += 1;
  return end;
};

const endOfBlockComment = (text: string, from: number): number => {
  const close = text.indexOf('#>', from + 2);
  return close < 0 ? text.length : close + 2;
};

const isBlankFrom = (text: string, from: number): boolean => {
  for (let at = from; at < text.length;) {
    const c = text.charAt(at);
    if (isBlank(c) || isNewline(c)) at += 1;
    else if (c === '#') at = endOfLine(text, at);
    else if (c === '<' && text.charAt(at + 1) === '#') at = endOfBlockComment(text, at);
    else return false;
  }
  return true;
};
