import { blockParts } from '../syntax/block.ts';
import {
  endsWord,
  isDoubleQuote,
  isNamePart,
  isQuote,
  isSingleQuote,
} from '../syntax/characters.ts';
import type { CommandFrame, Expectation } from '../syntax/expectation.ts';
import { Failure } from '../syntax/failure.ts';
import { GRAMMAR, MAX_TEXT } from '../syntax/parse.ts';
import { Reader } from '../syntax/reader.ts';
import type { Expression } from '../syntax/tree.ts';

/** What is being typed at a place of a text, and which stretch of the text that is. */
export type CompletionContext = {
  readonly start: number;
  readonly end: number;
  /** What is typed of it, without quotes, dash, dollar or brackets. */
  readonly word: string;
} & (
  | { readonly kind: 'none' }
  | { readonly kind: 'command' }
  /** A name with a folder in it. */
  | { readonly kind: 'path'; readonly quote: Quote }
  | { readonly kind: 'parameter'; readonly frame: CommandFrame }
  | {
      readonly kind: 'value';
      readonly frame: CommandFrame;
      /** `-Name:` is attached to it. */
      readonly parameter: string | null;
      readonly quote: Quote;
    }
  | { readonly kind: 'variable'; readonly sigil: '$' | '@'; readonly braced: boolean }
  | {
      readonly kind: 'member';
      readonly frame: CommandFrame | null;
      readonly target: Expression;
      readonly static: boolean;
    }
  /** `-eq` and its like, behind a value. */
  | { readonly kind: 'operator' }
  | { readonly kind: 'type' }
);

export type Quote = '' | "'" | '"';

/** Reads the text up to the cursor as the parser does, which says what it expected there. */
export const completionContext = (text: string, cursor: number): CompletionContext => {
  const at = Math.max(0, Math.min(cursor, text.length));
  const context = contextAt(text, endOfWord(text, at));
  // What looks like one word may be two: `$a-b`.
  const mine = context.start > at ? contextAt(text, at) : context;
  return mine.kind === 'none' ? { kind: 'none', start: at, end: at, word: '' } : mine;
};

const contextAt = (text: string, end: number): CompletionContext => {
  const nothing: CompletionContext = { kind: 'none', start: end, end, word: '' };
  if (text.length > MAX_TEXT) return nothing;
  const r = new Reader(text.slice(0, end), GRAMMAR);
  try {
    blockParts(r);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
  }
  const { expectation } = r;
  const last = r.marks.at(-1);
  const isComment = last?.kind === 'comment' && last.end === end && !endsComment(r.text);
  if (expectation === null || isComment) return nothing;
  return contextOf(text, end, expectation) ?? nothing;
};

/** A word is completed as a whole when the cursor stands within it. */
const endOfWord = (text: string, cursor: number): number => {
  const isPart = (at: number): boolean => isNamePart(text.charAt(at)) || text.charAt(at) === '-';
  let end = cursor;
  if (cursor > 0 && isPart(cursor - 1)) while (isPart(end)) end += 1;
  return end;
};

const endsComment = (text: string): boolean => text.endsWith('#>');

const contextOf = (
  text: string,
  end: number,
  expectation: Expectation,
): CompletionContext | null => {
  const { start, frame } = expectation;
  const typed = text.slice(start, end);
  switch (expectation.kind) {
    case 'command':
      if (/[\\/]/.test(typed)) return { kind: 'path', start, end, word: typed, quote: '' };
      return { kind: 'command', start, end, word: typed };
    case 'parameter':
      if (frame === null) return null;
      return { kind: 'parameter', start, end, word: typed.slice(1), frame };
    case 'argument':
      return valueContext(text, end, expectation);
    case 'variable': {
      const braced = typed.startsWith('${');
      const sigil = typed.startsWith('@') ? '@' : '$';
      const word = typed.slice(braced ? 2 : 1);
      return { kind: 'variable', start, end, word, sigil, braced };
    }
    case 'member': {
      const { target, static: isStatic } = expectation;
      return { kind: 'member', start, end, word: typed, frame, target, static: isStatic };
    }
    case 'operator':
      return { kind: 'operator', start, end, word: typed.slice(1) };
    case 'type':
      return { kind: 'type', start, end, word: typed };
  }
};

const valueContext = (
  text: string,
  end: number,
  { start, frame, parameter }: Extract<Expectation, { kind: 'argument' }>,
): CompletionContext | null => {
  const typed = text.slice(start, end);
  const first = typed.charAt(0);
  if ('$({@'.includes(first) && first !== '') return null;
  if (!isQuote(first)) {
    if (endsWord(first) && typed !== '') return null;
    return { kind: 'value', start, end, word: typed, frame, parameter, quote: '' };
  }
  const isMine = isSingleQuote(first) ? isSingleQuote : isDoubleQuote;
  const closed = typed.length > 1 && isMine(typed.charAt(typed.length - 1));
  const inner = typed.slice(1, closed ? -1 : undefined);
  // The quote that closes it may stand behind the cursor already.
  const behind = !closed && isMine(text.charAt(end)) ? 1 : 0;
  const quote = isSingleQuote(first) ? "'" : '"';
  const word = inner.replaceAll(quote + quote, quote);
  return { kind: 'value', start, end: end + behind, word, frame, parameter, quote };
};
