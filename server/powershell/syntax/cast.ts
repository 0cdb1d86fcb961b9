import { endsWord } from './characters.ts';
import type { Extent } from './extent.ts';
import { members } from './member.ts';
import { after, type Reader } from './reader.ts';
import type { Expression, TypeLiteral, TypeName } from './tree.ts';
import { typeName } from './type-name.ts';

/** `[type]`, `[type]::Member`, `[type]value`, `[type][type]value`, at its bracket. */
export const typeOrCast = (
  r: Reader,
  value: (r: Reader, inCommand: boolean) => Expression | null,
): Expression => {
  const types = [bracketed(r)];
  for (let at = bracketAhead(r); at >= 0; at = bracketAhead(r)) {
    r.pos = at;
    types.push(bracketed(r));
  }
  const last = types.pop() ?? bracketed(r);
  return types.reduceRight<Expression>(
    (operand, { type, start }) => ({ start, end: operand.end, node: 'cast', type, operand }),
    operandOf(r, last, value),
  );
};

/** Where the next bracket stands, if only blanks are before it; -1 for none. */
const bracketAhead = (r: Reader): number => {
  const here = r.pos;
  r.blanks();
  const at = r.peek() === '[' ? r.pos : -1;
  r.pos = here;
  return at;
};

const operandOf = (
  r: Reader,
  { type, start, end }: Bracketed,
  value: (r: Reader, inCommand: boolean) => Expression | null,
): Expression => {
  const literal: TypeLiteral = { start, end, node: 'type', type };
  if (r.starts('::') || (r.peek() === '.' && r.peek(1) !== '.'))
    return members(r, literal, { inCommand: false, value });
  r.blanks();
  if (endsWord(r.peek()) && r.peek() !== '(' && r.peek() !== '{') return literal;
  const operand = r.nest(() => r.grammar.unary(r));
  return operand === null ? literal : { start, end: operand.end, node: 'cast', type, operand };
};

interface Bracketed extends Extent {
  readonly type: TypeName;
}

const bracketed = (r: Reader): Bracketed => {
  const open = r.take();
  r.lines();
  const type = typeName(r) ?? r.missing('MissingTypename', after(open.end));
  r.blanks();
  // An attribute belongs before `param`, or to a parameter.
  if (r.peek() === '(') r.fail('UnexpectedAttribute', { ...open, end: type.end }, type.name);
  if (r.peek() !== ']') r.fail('EndSquareBracketExpectedAtEndOfAttribute', after(r.pos));
  return { start: open.start, end: r.close(), type };
};
