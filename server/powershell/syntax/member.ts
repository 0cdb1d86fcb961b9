import { isBlank, isNewline } from './characters.ts';
import type { Extent } from './extent.ts';
import { after, type Reader } from './reader.ts';
import type { Expression } from './tree.ts';

/** What members need of the rule for values, which needs them itself. */
interface Around {
  readonly inCommand: boolean;
  readonly value: (r: Reader, inCommand: boolean) => Expression | null;
}

/** `.Name`, `::Name`, `.Method(...)`, `[index]` behind a value: no blank may stand before them. */
export const members = (r: Reader, first: Expression, around: Around): Expression => {
  let target = first;
  for (;;) {
    const length = operatorLength(r, around.inCommand);
    if (length > 0) target = member(r, target, length, around);
    else if (r.peek() === '[' && target.node !== 'type') target = index(r, target);
    else return target;
  }
};

/** 1 for `.`, 2 for `::`, 0 for neither. As an argument, a dot before a blank is only a dot. */
const operatorLength = (r: Reader, inCommand: boolean): number => {
  const length = r.starts('::') ? 2 : Number(r.peek() === '.' && r.peek(1) !== '.');
  const next = r.peek(length);
  return inCommand && next !== '' && (isBlank(next) || isNewline(next)) ? 0 : length;
};

const member = (
  r: Reader,
  target: Expression,
  length: number,
  { inCommand, value }: Around,
): Expression => {
  const operator = r.take(length);
  const isStatic = length === 2;
  if (!r.done) r.lines();
  const start = r.pos;
  const text = r.name();
  if (text !== '') r.mark('member', start, r.take(text.length).end);
  r.expect({ kind: 'member', start, frame: r.frame, target, static: isStatic });
  const name: Expression | null =
    text === ''
      ? value(r, inCommand)
      : { start, end: r.pos, node: 'string', value: text, bare: true };
  if (name === null) return r.missing('MissingPropertyName', after(operator.end));
  if (r.peek() !== '(' && r.peek() !== '{')
    return { start: target.start, end: name.end, node: 'member', target, static: isStatic, name };
  const { args, end } = r.peek() === '(' ? parenArguments(r) : blockArgument(r, value);
  return { start: target.start, end, node: 'invoke', target, static: isStatic, name, args };
};

interface Arguments {
  readonly args: readonly Expression[];
  readonly end: number;
}

const parenArguments = (r: Reader): Arguments => {
  const open = r.take();
  const args = r.within(false, () => expressions(r));
  r.lines();
  if (r.peek() !== ')')
    r.missing('MissingEndParenthesisInMethodCall', after(args.at(-1)?.end ?? open.end));
  return { args, end: r.close() };
};

const expressions = (r: Reader): Expression[] => {
  const found: Expression[] = [];
  let comma: Extent | null = null;
  for (;;) {
    r.lines();
    const expression = r.grammar.expression(r);
    if (expression === null) {
      if (comma !== null) r.missing('MissingExpressionAfterToken', after(comma.end), ',');
      return found;
    }
    found.push(expression);
    r.lines();
    if (r.peek() !== ',') return found;
    comma = r.take();
  }
};

/** `$list.ForEach{ ... }`: the block is the only argument. */
const blockArgument = (r: Reader, value: Around['value']): Arguments => {
  const block = value(r, false);
  return { args: block === null ? [] : [block], end: r.pos };
};

const index = (r: Reader, target: Expression): Expression => {
  const open = r.take();
  const found = r.within(true, () => {
    r.lines();
    const expression =
      r.grammar.expression(r) ?? r.missing('MissingArrayIndexExpression', after(open.end));
    r.lines();
    return expression;
  });
  if (r.peek() !== ']') r.missing('MissingEndSquareBracket', after(found.end));
  return { start: target.start, end: r.close(), node: 'index', target, index: found };
};
