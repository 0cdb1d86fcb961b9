import { isDash, isDigit, isQuote, isSingleQuote } from './characters.ts';
import { hash } from './hash.ts';
import { members } from './member.ts';
import { number } from './number.ts';
import { Pieces } from './pieces.ts';
import { after, type Reader } from './reader.ts';
import { doubleQuoted, hereString, singleQuoted } from './string.ts';
import type {
  ArrayOf,
  Expandable,
  Expression,
  Paren,
  ScriptBlock,
  StringLiteral,
  Subexpression,
} from './tree.ts';
import { startsVariable, variable } from './variable.ts';

/** A value and whatever members of it are asked for. Null where none begins; no blanks are read. */
export const primary = (r: Reader, inCommand: boolean): Expression | null => {
  const found = value(r, inCommand);
  return found === null ? null : members(r, found, { inCommand, value });
};

const value = (r: Reader, inCommand: boolean): Expression | null => {
  const [c, next] = [r.peek(), r.peek(1)];
  if (c === '$') {
    if (next === '(') return subexpression(r);
    return startsVariable(r) ? variable(r) : null;
  }
  if (c === '@') return atSign(r);
  if (c === '(') return paren(r);
  if (c === '{') return scriptBlock(r);
  if (isQuote(c)) return string(r);
  return startsNumber(r, inCommand) ? number(r, inCommand) : null;
};

/** A sign belongs to a number only in an expression. */
const startsNumber = (r: Reader, inCommand: boolean): boolean => {
  const signed = !inCommand && (r.peek() === '+' || isDash(r.peek())) ? 1 : 0;
  return isDigit(r.peek(signed)) || (r.peek(signed) === '.' && isDigit(r.peek(signed + 1)));
};

const atSign = (r: Reader): Expression => {
  const next = r.peek(1);
  if (next === '(') return arrayOf(r);
  if (next === '{') return hash(r);
  if (isQuote(next)) return hereString(r);
  if (startsVariable(r)) return variable(r);
  return r.fail('UnrecognizedToken', { start: r.pos, end: r.pos + 1 });
};

const string = (r: Reader): StringLiteral | Expandable => {
  const start = r.pos;
  if (isSingleQuote(r.peek()))
    return { start, node: 'string', value: singleQuoted(r), bare: false, end: r.pos };
  const pieces = new Pieces();
  doubleQuoted(r, pieces);
  const plain = pieces.plain();
  return plain === null
    ? { start, end: r.pos, node: 'expandable', parts: pieces.parts, bare: false }
    : { start, end: r.pos, node: 'string', value: plain, bare: false };
};

const paren = (r: Reader): Paren => {
  const open = r.take();
  const statement = r.within(true, () => {
    r.lines();
    const found = r.grammar.pipeline(r) ?? r.missing('ExpectedExpression', after(open.end));
    r.lines();
    return found;
  });
  if (r.peek() !== ')') r.missing('MissingEndParenthesisInExpression', after(statement.end));
  return { start: open.start, end: r.close(), node: 'paren', statement };
};

export const subexpression = (r: Reader): Subexpression => ({
  node: 'subexpression',
  ...listed(r),
});

const arrayOf = (r: Reader): ArrayOf => ({ node: 'array-of', ...listed(r) });

/** Statements between `$(` or `@(` and `)`. */
const listed = (r: Reader): Pick<Subexpression, 'start' | 'end' | 'statements'> => {
  const { start } = r.take(2);
  const statements = r.within(true, () => r.grammar.statements(r));
  r.lines();
  if (r.peek() !== ')')
    r.unclosed('MissingEndParenthesisInSubexpression', { start: r.pos, end: r.pos });
  return { start, end: r.close(), statements };
};

export const scriptBlock = (r: Reader): ScriptBlock => {
  const open = r.take();
  const body = r.within(true, () => r.grammar.block(r, open));
  const text = r.text.slice(open.end, r.pos - 1);
  return { start: open.start, end: r.pos, node: 'script-block', body, text };
};
