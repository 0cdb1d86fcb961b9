import { escaped, isDoubleQuote, isSingleQuote } from './characters.ts';
import { Pieces, dollar } from './pieces.ts';
import type { Reader } from './reader.ts';
import type { Expandable, StringLiteral } from './tree.ts';

/** Reads 'text' up to its closing quote and gives what it says. A doubled quote is one. */
export const singleQuoted = (r: Reader): string => {
  const start = r.pos;
  const said: string[] = [];
  let from = (r.pos += 1);
  for (; !r.done; r.pos += 1) {
    if (!isSingleQuote(r.peek())) continue;
    said.push(r.text.slice(from, r.pos));
    r.pos += 1;
    if (!isSingleQuote(r.peek())) {
      r.mark('string', start);
      return said.join('');
    }
    // The second one of the two is part of the text.
    from = r.pos;
  }
  r.mark('string', start);
  return r.missing('TerminatorExpectedAtEndOfString', { start, end: r.pos }, "'");
};

/** Reads "text" up to its closing quote into pieces. */
export const doubleQuoted = (r: Reader, pieces: Pieces): void => {
  const start = r.pos;
  let segment = start;
  let from = (r.pos += 1);
  while (!r.done) {
    const c = r.peek();
    const closes = isDoubleQuote(c);
    if (!closes && c !== '`' && c !== '$') {
      r.pos += 1;
      continue;
    }
    pieces.add(r.text.slice(from, r.pos));
    from = r.pos;
    if (closes) {
      r.pos += 1;
      if (!isDoubleQuote(r.peek())) return r.mark('string', segment);
      from = r.pos;
      r.pos += 1;
    } else if (c === '`') from = escape(r, pieces);
    else if (dollar(r, pieces, segment)) from = segment = r.pos;
    else r.pos += 1;
  }
  r.mark('string', segment);
  r.missing('TerminatorExpectedAtEndOfString', { start, end: r.pos }, '"');
};

/** A backtick and what it escapes; at the very end it stands for itself. */
const escape = (r: Reader, pieces: Pieces): number => {
  const c = r.peek(1);
  pieces.add(c === '' ? '`' : escaped(c));
  r.pos += c === '' ? 1 : 2;
  return r.pos;
};

const HEADER = /@['"\u2018-\u201e][ \t\v\f\u0085\p{Z}]*/uy;

/** `@'` or `@"`, a line break, text, a line break, and the quote with `@` at the start of a line. */
export const hereString = (r: Reader): StringLiteral | Expandable => {
  const start = r.pos;
  const isLiteral = isSingleQuote(r.peek(1));
  HEADER.lastIndex = start;
  r.pos += HEADER.exec(r.text)?.[0].length ?? 2;
  const terminator = isLiteral ? "'@" : '"@';
  if (r.done) {
    r.mark('string', start);
    r.missing('TerminatorExpectedAtEndOfString', { start, end: r.pos }, terminator);
  }
  if (lineBreak(r) === 0)
    r.fail('UnexpectedCharactersAfterHereStringHeader', { start: r.pos, end: r.pos });
  r.pos += lineBreak(r);
  const pieces = new Pieces();
  hereLines(r, pieces, { start, isLiteral });
  const plain = pieces.plain();
  const extent = { start, end: r.pos };
  return plain === null
    ? { ...extent, node: 'expandable', parts: pieces.parts, bare: false }
    : { ...extent, node: 'string', value: plain, bare: false };
};

const hereLines = (
  r: Reader,
  pieces: Pieces,
  { start, isLiteral }: { readonly start: number; readonly isLiteral: boolean },
): void => {
  let segment = start;
  let from = r.pos;
  let almost = -1;
  let isLineStart = true;
  while (!r.done) {
    if (isLineStart && isFooter(r, isLiteral)) {
      // The line break before the terminator belongs to it.
      r.pos += 2;
      return r.mark('string', segment);
    }
    const c = r.peek();
    const line = lineBreak(r);
    if (line > 0 || (!isLiteral && (c === '`' || c === '$'))) {
      pieces.add(r.text.slice(from, r.pos));
      from = r.pos;
    }
    isLineStart = line > 0;
    if (line > 0) {
      r.pos += line;
      if (isFooter(r, isLiteral)) continue;
      if (almost < 0) almost = indented(r, isLiteral);
    } else if (!isLiteral && c === '`') from = escape(r, pieces);
    else if (!isLiteral && c === '$' && dollar(r, pieces, segment)) from = segment = r.pos;
    else r.pos += 1;
  }
  r.mark('string', segment);
  if (almost >= 0)
    r.missing('WhitespaceBeforeHereStringFooter', { start: almost, end: r.text.length });
  const terminator = isLiteral ? "'@" : '"@';
  r.missing('TerminatorExpectedAtEndOfString', { start, end: r.pos }, terminator);
};

const isFooter = (r: Reader, isLiteral: boolean): boolean =>
  (isLiteral ? isSingleQuote(r.peek()) : isDoubleQuote(r.peek())) && r.peek(1) === '@';

/** How many characters of a line break stand here: 0, 1 or 2. */
const lineBreak = (r: Reader): number => {
  const c = r.peek();
  if (c === '\r') return r.peek(1) === '\n' ? 2 : 1;
  return c === '\n' ? 1 : 0;
};

/** Where a terminator stands that is none, because blanks are before it; -1 for none. */
const indented = (r: Reader, isLiteral: boolean): number => {
  let at = r.pos;
  while (r.text.charAt(at) === ' ' || r.text.charAt(at) === '\t') at += 1;
  const quote = r.text.charAt(at);
  const matches = isLiteral ? isSingleQuote(quote) : isDoubleQuote(quote);
  return at > r.pos && matches && r.text.charAt(at + 1) === '@' ? at : -1;
};
