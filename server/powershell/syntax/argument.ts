import { endsWord, isDash, isDigit, isQuote } from './characters.ts';
import type { CommandFrame } from './expectation.ts';
import { number } from './number.ts';
import { primary } from './primary.ts';
import { after, type Reader } from './reader.ts';
import type { Expression } from './tree.ts';
import { isWholeArgument, startsVariable } from './variable.ts';
import { word } from './word.ts';

/** One value where words need no quotes: of a command, a redirection, a switch. Null for none. */
export const argument = (r: Reader): Expression | null => {
  const [c, next] = [r.peek(), r.peek(1)];
  if (isQuote(c) || c === '@' || c === '(' || c === '{') return primary(r, true);
  if (c === '$' && (next === '(' || (startsVariable(r) && isWholeArgument(r))))
    return primary(r, true);
  if (endsWord(c) || redirectionLength(r) > 0 || c === '<') return null;
  const digit = isDigit(c) || (c === '.' && isDigit(next));
  return (digit ? number(r, true) : null) ?? word(r);
};

/** Whose value it is that may be completed. */
export interface Owner {
  readonly frame: CommandFrame;
  /** `-Name:` stands before it. */
  readonly parameter: string | null;
}

/** One value or several with commas between them. */
export const argumentList = (r: Reader, owner: Owner): Expression | null => {
  const first = expected(r, owner);
  if (first === null) return null;
  const items = [first];
  for (r.blanks(); r.peek() === ','; r.blanks()) {
    const comma = r.take();
    r.lines();
    items.push(expected(r, owner) ?? r.missing('MissingExpression', after(comma.end), ','));
  }
  const end = items.at(-1)?.end ?? first.end;
  return items.length === 1 ? first : { start: first.start, end, node: 'array', items };
};

/** An argument; should the text end within it, it is known whose. */
const expected = (r: Reader, owner: Owner): Expression | null => {
  const start = r.pos;
  // Behind a dash at the very end the name of a parameter may follow.
  r.expectation =
    isDash(r.peek()) && r.peek(1) === ''
      ? { kind: 'parameter', start, frame: owner.frame }
      : { kind: 'argument', start, ...owner };
  const found = argument(r);
  if (!r.done) r.expectation = null;
  return found;
};

/** How long the redirection operator is that stands here; 0 for none. */
export const redirectionLength = (r: Reader): number => {
  const stream = r.peek() === '*' || (r.peek() >= '1' && r.peek() <= '5') ? 1 : 0;
  if (r.peek(stream) !== '>') return 0;
  const sign = r.peek(stream + 1);
  if (sign === '>') return stream + 2;
  const to = r.peek(stream + 2);
  return stream === 1 && sign === '&' && (to === '1' || to === '2') ? 4 : stream + 1;
};
