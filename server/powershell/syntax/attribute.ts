import type { Extent } from './extent.ts';
import { after, type Reader } from './reader.ts';
import type { Attribute, Expression, TypeName } from './tree.ts';
import { typeName } from './type-name.ts';

/** What stands in brackets before a parameter or `param`. */
export type Bracketed = Attribute | (Extent & { readonly type: TypeName });

/** `[Name(arguments)]` or `[type]`, at its bracket. */
export const attributeOrType = (r: Reader): Bracketed => {
  const open = r.take();
  r.lines();
  const type = typeName(r) ?? r.missing('MissingTypename', after(open.end));
  r.blanks();
  if (r.peek() !== '(') {
    if (r.peek() !== ']') r.fail('EndSquareBracketExpectedAtEndOfAttribute', after(r.pos));
    return { start: open.start, end: r.close(), type };
  }
  const { positional, named } = attributeArguments(r);
  r.lines();
  if (r.peek() !== ']') r.missing('EndSquareBracketExpectedAtEndOfAttribute', after(r.pos));
  return { start: open.start, end: r.close(), name: type.name, positional, named };
};

const attributeArguments = (r: Reader): Pick<Attribute, 'positional' | 'named'> => {
  const positional: Expression[] = [];
  const named: Attribute['named'][number][] = [];
  const open = r.take();
  let comma: Extent | null = null;
  for (;;) {
    r.lines();
    const start = r.pos;
    const found = r.within(false, () => attributeArgument(r));
    if (found === null) {
      if (comma !== null) r.missing('MissingExpressionAfterToken', after(comma.end), ',');
    } else if ('node' in found) positional.push(found);
    else if (named.some(other => other.name.toLowerCase() === found.name.toLowerCase()))
      r.fail('DuplicateNamedArgument', { start, end: start + found.name.length }, found.name);
    else named.push(found);
    r.lines();
    if (r.peek() !== ',') break;
    comma = r.take();
  }
  if (r.peek() !== ')') r.missing('MissingEndParenthesisInExpression', after(open.end));
  r.close();
  return { positional, named };
};

/** `Mandatory`, `Position = 0`, or an expression; null for none. */
const attributeArgument = (r: Reader): Expression | Attribute['named'][number] | null => {
  const name = r.name();
  if (name === '') return r.grammar.expression(r);
  r.mark('member', r.pos, r.take(name.length).end);
  r.blanks();
  if (r.peek() !== '=') return { name, value: null };
  const equals = r.take();
  r.mark('operator', equals.start);
  r.lines();
  const value =
    r.grammar.expression(r) ?? r.missing('MissingExpressionInNamedArgument', after(equals.end));
  return { name, value };
};
