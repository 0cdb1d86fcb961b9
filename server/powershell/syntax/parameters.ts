import { type Bracketed, attributeOrType } from './attribute.ts';
import type { Extent } from './extent.ts';
import { after, type Reader } from './reader.ts';
import type { Attribute, Expression, ParameterDeclaration } from './tree.ts';
import { startsVariable, variable } from './variable.ts';

/** `( [attributes] $name = default, ... )`, at its parenthesis. */
export const parameters = (r: Reader): ParameterDeclaration[] => {
  const open = r.take();
  const found: ParameterDeclaration[] = [];
  const names = new Set<string>();
  let comma: Extent | null = null;
  for (;;) {
    const declared = r.within(false, () => parameter(r));
    if (declared === null) {
      if (comma !== null) r.missing('MissingExpressionAfterToken', after(comma.end), ',');
      break;
    }
    found.push(declared);
    if (names.has(declared.name.toLowerCase()))
      r.fail('DuplicateFormalParameter', declared, declared.name);
    names.add(declared.name.toLowerCase());
    r.lines();
    if (r.peek() !== ',') break;
    comma = r.take();
  }
  r.lines();
  if (r.peek() !== ')') {
    const behind = found.at(-1)?.end ?? open.end;
    r.missing('MissingEndParenthesisInFunctionParameterList', after(behind));
  }
  r.close();
  return found;
};

const parameter = (r: Reader): ParameterDeclaration | null => {
  const brackets = bracketedList(r);
  const first = brackets[0];
  if (r.peek() !== '$' || !startsVariable(r)) {
    const last = brackets.at(-1);
    return last === undefined ? null : r.missing('InvalidFunctionParameter', after(last.end));
  }
  const { name, start, end } = variable(r);
  const fallback = defaultValue(r);
  return {
    start: first?.start ?? start,
    end: fallback?.end ?? end,
    name,
    attributes: attributesOf(brackets),
    // The one beside the variable is applied last.
    type: brackets.flatMap(one => ('type' in one ? [one.type] : [])).at(-1) ?? null,
    fallback,
  };
};

const defaultValue = (r: Reader): Expression | null => {
  r.lines();
  if (r.peek() !== '=') return null;
  const equals = r.take();
  r.mark('operator', equals.start);
  r.lines();
  return (
    r.grammar.expression(r) ?? r.missing('MissingExpressionAfterToken', after(equals.end), '=')
  );
};

export const bracketedList = (r: Reader): Bracketed[] => {
  const brackets: Bracketed[] = [];
  for (r.lines(); r.peek() === '['; r.lines()) brackets.push(attributeOrType(r));
  return brackets;
};

export const attributesOf = (brackets: readonly Bracketed[]): Attribute[] =>
  brackets.flatMap(one => ('type' in one ? [] : [one]));
