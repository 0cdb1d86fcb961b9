import { endsWord, escaped, isDoubleQuote, isSingleQuote } from './characters.ts';
import { Pieces, dollar } from './pieces.ts';
import type { Reader } from './reader.ts';
import { doubleQuoted, singleQuoted } from './string.ts';
import type { Expandable, StringLiteral } from './tree.ts';

/**
 * A word without quotes, up to whatever ends words. Quotes within it are taken away, backticks escape,
 * and variables and `$( )` are replaced. The caller has seen that a word begins here.
 */
export const word = (r: Reader): StringLiteral | Expandable => {
  const start = r.pos;
  const pieces = new Pieces();
  let from = start;
  while (!endsWord(r.peek())) {
    const c = r.peek();
    const isSpecial = c === '`' || c === '$' || isSingleQuote(c) || isDoubleQuote(c);
    if (isSpecial) pieces.add(r.text.slice(from, r.pos));
    if (c === '`') {
      pieces.add(r.peek(1) === '' ? '`' : escaped(r.peek(1)));
      r.pos += r.peek(1) === '' ? 1 : 2;
    } else if (isSingleQuote(c)) pieces.add(singleQuoted(r));
    else if (isDoubleQuote(c)) doubleQuoted(r, pieces);
    else if (c !== '$' || !dollar(r, pieces, -1)) {
      if (isSpecial) from = r.pos;
      r.pos += 1;
      continue;
    }
    from = r.pos;
  }
  pieces.add(r.text.slice(from, r.pos));
  const plain = pieces.plain();
  const extent = { start, end: r.pos };
  return plain === null
    ? { ...extent, node: 'expandable', parts: pieces.parts, bare: true }
    : { ...extent, node: 'string', value: plain, bare: true };
};

/** The name of a command or function: a word in which nothing is replaced. */
export const literalWord = (r: Reader): StringLiteral => {
  const found = word(r);
  if (found.node === 'string') return found;
  const { start, end } = found;
  return { start, end, node: 'string', value: r.text.slice(start, end), bare: true };
};
