import { isDash, isDigit, isLetter, isNameStart } from './characters.ts';
import { typeOrCast } from './cast.ts';
import type { Extent } from './extent.ts';
import { type Operator, binaryOperator, unaryOperator } from './operator.ts';
import { primary } from './primary.ts';
import { after, type Reader } from './reader.ts';
import type { Expression } from './tree.ts';

/** Operands and the operators between them; null where no expression begins. */
export const expression = (r: Reader): Expression | null => {
  const first = array(r);
  if (first === null) return null;
  const operands = [first];
  const operators: Operator[] = [];
  for (;;) {
    r.blanks();
    const operator = binaryOperator(r);
    reduce(operands, operators, operator?.precedence ?? -1);
    if (operator === null) return operands[0] ?? first;
    const { start, end } = r.take(operator.length);
    r.mark('operator', start);
    r.lines();
    const text = r.text.slice(start, end);
    operands.push(array(r) ?? r.missing('ExpectedValueExpression', after(end), text));
    operators.push(operator);
  }
};

/** Joins what binds at least as tight as the operator to come. */
const reduce = (operands: Expression[], operators: Operator[], precedence: number): void => {
  for (let last = operators.at(-1); last !== undefined; last = operators.at(-1)) {
    if (last.precedence < precedence) return;
    operators.pop();
    const right = operands.pop();
    const left = operands.pop();
    if (left === undefined || right === undefined) return;
    const { start } = left;
    operands.push({ start, end: right.end, node: 'binary', operator: last.name, left, right });
  }
};

const array = (r: Reader): Expression | null => {
  const first = unary(r);
  if (first === null) return null;
  const items = [first];
  for (r.blanks(); r.commas && r.peek() === ','; r.blanks()) {
    const comma = r.take();
    r.lines();
    items.push(unary(r) ?? r.missing('MissingExpressionAfterToken', after(comma.end), ','));
  }
  const end = items.at(-1)?.end ?? first.end;
  return items.length === 1 ? first : { start: first.start, end, node: 'array', items };
};

export const unary = (r: Reader): Expression | null => {
  r.blanks();
  const found = prefixed(r);
  if (found === null) return null;
  r.blanks();
  const by = stepHere(r);
  if (by === 0) return found;
  const { start, end } = r.take(2);
  r.mark('operator', start);
  return { start: found.start, end, node: 'step', by, prefix: false, operand: found };
};

const prefixed = (r: Reader): Expression | null => {
  const [c, next] = [r.peek(), r.peek(1)];
  if (c === '[') return typeOrCast(r, primary);
  if (c === ',' && r.commas) {
    const comma = r.take();
    const item = operandOf(r, comma);
    return { start: comma.start, end: item.end, node: 'array', items: [item] };
  }
  if (c === '!' && !isNameStart(next)) return operated(r, '!', 1);
  if (c !== '+' && !isDash(c)) return primary(r, false);
  const by = stepHere(r);
  if (by !== 0) {
    const operator = r.take(2);
    r.mark('operator', operator.start);
    const operand = operandOf(r, operator);
    return { start: operator.start, end: operand.end, node: 'step', by, prefix: true, operand };
  }
  if (isDigit(next) || (next === '.' && isDigit(r.peek(2)))) return primary(r, false);
  const named = unaryOperator(r);
  if (named !== null) return operated(r, named, named.length);
  return isLetter(next) || next === '=' || next === '_' || next === '?'
    ? null
    : operated(r, c === '+' ? '+' : '-', 1);
};

/** 1 for `++`, -1 for `--`, 0 for neither. */
const stepHere = (r: Reader): 1 | -1 | 0 => {
  if (r.starts('++')) return 1;
  return isDash(r.peek()) && isDash(r.peek(1)) ? -1 : 0;
};

type UnaryOperator = Extract<Expression, { node: 'unary' }>['operator'];

const operated = (r: Reader, operator: UnaryOperator, length: number): Expression => {
  const extent = r.take(length);
  r.mark('operator', extent.start);
  const operand = operandOf(r, extent);
  return { start: extent.start, end: operand.end, node: 'unary', operator, operand };
};

const operandOf = (r: Reader, { start, end }: Extent): Expression => {
  r.lines();
  return (
    r.nest(() => unary(r)) ??
    r.missing('MissingExpressionAfterOperator', after(end), r.text.slice(start, end))
  );
};
