import { numberInText } from './convert-number.ts';
import { convert } from './convert.ts';
import { DateTime } from './date-time.ts';
import { EnumValue } from './enum.ts';
import { fault } from './fault.ts';
import { Hashtable } from './hashtable.ts';
import { arithmetic, type ArithmeticOperator, exact, isNumber, plainNumber } from './number.ts';
import { itemsOf, textOf } from './text.ts';
import { TimeSpan } from './time-span.ts';
import { typeName } from './type-names.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';

/** How large a text or array an operator may make; the evaluator counts what is kept. */
export interface Sizes {
  text(length: number): void;
  elements(count: number): void;
}

const OPERATOR_METHOD = {
  '+': 'op_Addition',
  '-': 'op_Subtraction',
  '*': 'op_Multiply',
  '/': 'op_Division',
  '%': 'op_Modulus',
} as const;

/** `+ - * / %` of any two values, as the left one decides. */
export const calculate = (
  operator: ArithmeticOperator,
  left: Value,
  right: Value,
  sizes: Sizes,
): Value => {
  if (typeof left === 'number' && typeof right === 'number')
    return arithmetic(operator, left, right);
  if (operator === '+') {
    if (left === null) return right;
    const sum = joined(left, right, sizes);
    if (sum !== undefined) return sum;
  }
  if (operator === '*') {
    if (left === null) return null;
    const product = repeated(left, right, sizes);
    if (product !== undefined) return product;
  }
  const dated = withDates(operator, left, right);
  if (dated !== undefined) return dated;
  return numeric(operator, left, right);
};

const numeric = (operator: ArithmeticOperator, left: Value, right: Value): Value => {
  if (itemsOf(left) !== null || left instanceof Hashtable) throw noOperator(operator, left);
  const a = operand(left);
  if (a === null) throw noOperator(operator, left);
  const items = itemsOf(right);
  const b = operand(right);
  if (items !== null || b === null)
    throw noOperator(operator, items === null ? right : left, right);
  return arithmetic(operator, a, b);
};

const noOperator = (operator: ArithmeticOperator, value: Value, shown: Value = value) =>
  fault({
    message: `Method invocation failed because [${typeName(Array.isArray(shown) ? shown : value)}] does not contain a method named '${OPERATOR_METHOD[operator]}'.`,
    id: 'MethodNotFound',
    category: 'InvalidOperation',
    target: OPERATOR_METHOD[operator],
  });

/** Null for what cannot be a number at all; a text that is none says so. */
const operand = (value: Value): number | Typed | null => {
  if (isNumber(value)) return value;
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof EnumValue) return value.number;
  if (value instanceof Typed) return String(value.value).charCodeAt(0);
  if (typeof value !== 'string') return null;
  const number = numberInText(value);
  if (number !== null) return number;
  const made = convert(value, 'System.Int32');
  return isNumber(made) ? made : 0;
};

const joined = (left: Value, right: Value, sizes: Sizes): Value | undefined => {
  if (typeof left === 'string' || (left instanceof Typed && left.type === 'Char')) {
    const [a, b] = [textOf(left), textOf(right)];
    sizes.text(a.length + b.length);
    return a + b;
  }
  if (left instanceof Hashtable && right instanceof Hashtable) return merged(left, right);
  const items = itemsOf(left);
  if (items === null) return undefined;
  const more = itemsOf(right) ?? [right];
  sizes.elements(items.length + more.length);
  return [...items, ...more];
};

const merged = (left: Hashtable, right: Hashtable): Hashtable => {
  const sum = new Hashtable(left.ordered);
  for (const { key, value } of left.entries()) sum.set(key, value);
  for (const { key, value } of right.entries()) {
    if (sum.has(key))
      throw fault({
        message: `Item has already been added. Key in dictionary: '${textOf(key)}'  Key being added: '${textOf(key)}'`,
        id: 'System.ArgumentException',
        category: 'OperationStopped',
        exception: 'System.ArgumentException',
      });
    sum.set(key, value);
  }
  return sum;
};

const repeated = (left: Value, right: Value, sizes: Sizes): Value | undefined => {
  const items = itemsOf(left);
  if (typeof left !== 'string' && items === null) return undefined;
  const factor = convert(right, 'System.Int32');
  const count = isNumber(factor) ? plainNumber(factor) : 0;
  if (count < 0)
    throw fault({
      message: 'Specified argument was out of the range of valid values.\r\nParameter name: times',
      id: 'System.ArgumentOutOfRangeException',
      category: 'OperationStopped',
      exception: 'System.ArgumentOutOfRangeException',
    });
  if (typeof left === 'string') {
    sizes.text(left.length * count);
    return left.repeat(count);
  }
  const source = items ?? [];
  sizes.elements(source.length * count);
  return Array.from({ length: source.length * count }, (_, i) => source[i % source.length] ?? null);
};

const withDates = (operator: ArithmeticOperator, left: Value, right: Value): Value | undefined => {
  if (operator !== '+' && operator !== '-') return undefined;
  const sign = operator === '+' ? 1n : -1n;
  if (left instanceof DateTime) {
    if (right instanceof DateTime && operator === '-')
      return new TimeSpan(left.ticks - right.ticks);
    const span = convert(right, 'System.TimeSpan');
    const sum = span instanceof TimeSpan ? left.plus(sign * span.ticks) : null;
    if (sum === null) throw outOfDates();
    return sum;
  }
  if (left instanceof TimeSpan) {
    if (operator === '+' && right instanceof DateTime) return right.plus(left.ticks);
    const span = convert(right, 'System.TimeSpan');
    return span instanceof TimeSpan ? new TimeSpan(left.ticks + sign * span.ticks) : undefined;
  }
  return undefined;
};

const outOfDates = () =>
  fault({
    message: 'The added or subtracted value results in an un-representable DateTime.',
    id: 'System.ArgumentOutOfRangeException',
    category: 'OperationStopped',
    exception: 'System.ArgumentOutOfRangeException',
  });

/** `-band`, `-bor`, `-bxor`, `-shl`, `-shr`. */
export const bitwise = (operator: string, left: Value, right: Value): Value => {
  const [a, b] = [left, right].map(value => exact(wholeNumber(value)));
  const result = bits(operator, a ?? 0n, b ?? 0n);
  const wide = [left, right].some(value => value instanceof Typed && /64/.test(value.type));
  const size = !wide && BigInt.asIntN(32, result) === result ? 'System.Int32' : 'System.Int64';
  return convert(new Typed('Int64', BigInt.asIntN(64, result)), size);
};

const bits = (operator: string, a: bigint, b: bigint): bigint => {
  switch (operator) {
    case '-band':
      return a & b;
    case '-bor':
      return a | b;
    case '-bxor':
      return a ^ b;
    case '-shl':
      return BigInt.asIntN(32, a << (b & 31n));
    default:
      return a >> (b & 31n);
  }
};

export const wholeNumber = (value: Value): number | Typed => {
  const made = convert(value instanceof EnumValue ? value.number : value, 'System.Int64');
  return isNumber(made) ? made : 0;
};
