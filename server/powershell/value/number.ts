import {
  compareDecimals,
  type Decimal,
  decimal,
  decimalArithmetic,
  decimalText,
} from './decimal.ts';
import { fault } from './fault.ts';
import { type ScalarType, Typed } from './typed.ts';
import type { Value } from './value.ts';

export type NumberType = Exclude<ScalarType, 'Char'>;

/** Which number type a value has; null for what is no number. */
export const numberType = (value: Value): NumberType | null => {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) return 'Double';
    return value === (value | 0) ? 'Int32' : 'Int64';
  }
  if (value instanceof Typed && value.type !== 'Char') return value.type;
  return null;
};

export const isNumber = (value: Value): value is number | Typed => numberType(value) !== null;

/** A double; plain when its plain form says that it is one. */
export const double = (value: number): Value =>
  Number.isSafeInteger(value) ? new Typed('Double', value) : value;

/** An integer that fits 32 or 64 bits, as Int64. */
export const int64 = (value: number | bigint): Value => {
  const plain = Number(value);
  if (!Number.isSafeInteger(plain)) return new Typed('Int64', BigInt(value));
  return plain === (plain | 0) ? new Typed('Int64', plain) : plain;
};

/** The least and most of every integer type. */
export const RANGE: ReadonlyMap<NumberType, readonly [bigint, bigint]> = new Map([
  ['Byte', [0n, 255n]],
  ['SByte', [-128n, 127n]],
  ['Int16', [-32768n, 32767n]],
  ['UInt16', [0n, 65535n]],
  ['Int32', [-2147483648n, 2147483647n]],
  ['UInt32', [0n, 4294967295n]],
  ['Int64', [-(1n << 63n), (1n << 63n) - 1n]],
  ['UInt64', [0n, (1n << 64n) - 1n]],
]);

/** An integer within the range of its type, in the form {@link Value} asks for. */
export const integer = (type: NumberType, value: number | bigint): Value => {
  if (type === 'Int32') return Number(value);
  if (type === 'Int64') return int64(value);
  const plain = Number(value);
  return new Typed(type, Number.isSafeInteger(plain) ? plain : BigInt(value));
};

export const fits = (type: NumberType, value: bigint): boolean => {
  const range = RANGE.get(type);
  return range !== undefined && value >= range[0] && value <= range[1];
};

/** The nearest double of any number. */
export const plainNumber = (value: number | Typed): number =>
  typeof value === 'number' ? value : Number(value.value);

export const isInteger = (type: NumberType): boolean => RANGE.has(type);

/** An integer's exact value. */
export const exact = (value: number | Typed): bigint =>
  BigInt(typeof value === 'number' ? value : value.value);

export const toDecimal = (value: number | Typed): Decimal | null => {
  if (value instanceof Typed && value.type === 'Decimal') return decimal(String(value.value));
  const type = numberType(value);
  if (type !== null && isInteger(type)) return { digits: exact(value), scale: 0 };
  const plain = plainNumber(value);
  return Number.isFinite(plain) ? decimal(String(Number(plain.toPrecision(15)))) : null;
};

export const decimalValue = (value: Decimal): Typed => new Typed('Decimal', decimalText(value));

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** The type in which two numbers are added: Int32, Int64, UInt64, Decimal or Double. */
const common = (a: NumberType, b: NumberType): NumberType => {
  if (a === 'Decimal' || b === 'Decimal') return 'Decimal';
  if (!isInteger(a) || !isInteger(b)) return 'Double';
  if (a === 'UInt64' || b === 'UInt64') return 'UInt64';
  if (a === 'Int64' || b === 'Int64') return 'Int64';
  return a === 'UInt32' || b === 'UInt32' ? 'Int64' : 'Int32';
};

export const divideByZero = () =>
  fault({
    message: 'Attempted to divide by zero.',
    id: 'RuntimeException',
    category: 'NotSpecified',
  });

/** `+ - * / %` of two numbers: an integer that does not fit becomes a double, so does 7 / 2. */
export const arithmetic = (
  operator: ArithmeticOperator,
  left: number | Typed,
  right: number | Typed,
): Value => {
  const [a, b] = [numberType(left) ?? 'Double', numberType(right) ?? 'Double'];
  const type = a === 'Int32' && b === 'Int32' ? 'Int32' : common(a, b);
  if (type === 'Int32') return int32(operator, plainNumber(left), plainNumber(right));
  if (type === 'Double') return double(floating(operator, plainNumber(left), plainNumber(right)));
  if (type === 'Decimal') return inDecimal(operator, left, right);
  return big(operator, type, [exact(left), exact(right)]);
};

const int32 = (operator: ArithmeticOperator, a: number, b: number): Value => {
  if (b === 0 && (operator === '/' || operator === '%')) throw divideByZero();
  const result = floating(operator, a, b);
  if (result === (result | 0)) return result | 0;
  return double(result);
};

const floating = (operator: ArithmeticOperator, a: number, b: number): number => {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
  }
};

const big = (
  operator: ArithmeticOperator,
  type: NumberType,
  [a, b]: readonly [bigint, bigint],
): Value => {
  if (operator === '/' || operator === '%') {
    if (b === 0n) throw divideByZero();
    if (operator === '/' && a % b !== 0n) return double(Number(a) / Number(b));
  }
  const result = bigResult(operator, a, b);
  return fits(type, result) ? integer(type, result) : double(Number(result));
};

const bigResult = (operator: ArithmeticOperator, a: bigint, b: bigint): bigint => {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
  }
};

const inDecimal = (
  operator: ArithmeticOperator,
  left: number | Typed,
  right: number | Typed,
): Value => {
  const [a, b] = [toDecimal(left), toDecimal(right)];
  if (b !== null && b.digits === 0n && (operator === '/' || operator === '%')) throw divideByZero();
  const result = a === null || b === null ? null : decimalArithmetic(operator, a, b);
  if (result === null)
    throw fault({
      message: 'Value was either too large or too small for a Decimal.',
      id: 'RuntimeException',
      category: 'NotSpecified',
    });
  return decimalValue(result);
};

/** -1, 0, 1; NaN is equal to nothing. */
export const compareNumbers = (left: number | Typed, right: number | Typed): number => {
  if (typeof left === 'number' && typeof right === 'number') return order(left, right);
  const [a, b] = [numberType(left) ?? 'Double', numberType(right) ?? 'Double'];
  const type = common(a, b);
  if (type === 'Decimal') {
    const [x, y] = [toDecimal(left), toDecimal(right)];
    return x === null || y === null ? NaN : compareDecimals(x, y);
  }
  if (type === 'Double') return order(plainNumber(left), plainNumber(right));
  const [x, y] = [exact(left), exact(right)];
  return x < y ? -1 : x > y ? 1 : 0;
};

const order = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN);

/** -x; the least Int32 becomes a double. */
export const negated = (value: number | Typed): Value => {
  if (value instanceof Typed && value.type === 'Decimal') return arithmetic('-', 0, value);
  if (numberType(value) === 'Double') return double(-plainNumber(value));
  return arithmetic('-', 0, value);
};
