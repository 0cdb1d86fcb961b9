import { decimal, roundDecimal } from './decimal.ts';
import { fault } from './fault.ts';
import {
  decimalValue,
  double,
  exact,
  fits,
  integer,
  isInteger,
  isNumber,
  type NumberType,
  numberType,
  plainNumber,
  toDecimal,
} from './number.ts';
import { textOf } from './text.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';

/** A text as a number of the narrowest type, as `1 + "0x10"` takes it; null when it is none. */
export const numberInText = (text: string): number | Typed | null => {
  const bare = text.trim();
  if (bare === '') return 0;
  const hex = /^([+-]?)0x([\da-f]{1,16})$/i.exec(bare);
  if (hex !== null) return signedHex(hex[1] === '-', hex[2] ?? '0');
  const match = /^([+-]?(?:\d[\d,]*)?(?:\.\d*)?(?:e[+-]?\d{1,3})?)(kb|mb|gb|tb|pb)?$/i.exec(bare);
  const digits = (match?.[1] ?? '').replaceAll(',', '');
  if (match === null || !/\d/.test(digits)) return null;
  const factor = FACTORS.get((match[2] ?? '').toLowerCase()) ?? 1;
  return scaled(digits, factor);
};

const FACTORS = new Map([
  ['kb', 2 ** 10],
  ['mb', 2 ** 20],
  ['gb', 2 ** 30],
  ['tb', 2 ** 40],
  ['pb', 2 ** 50],
]);

const signedHex = (negative: boolean, digits: string): number | Typed | null => {
  let value = BigInt(`0x${digits}`);
  if (digits.length <= 8 && value >= 1n << 31n) value -= 1n << 32n;
  else if (value >= 1n << 63n) value -= 1n << 64n;
  const made = integer(fits('Int32', value) ? 'Int32' : 'Int64', negative ? -value : value);
  return isNumber(made) ? made : null;
};

const scaled = (digits: string, factor: number): number | Typed | null => {
  if (/^[+-]?\d+$/.test(digits) && digits.length < 40) {
    const whole = BigInt(digits.replace('+', '')) * BigInt(factor);
    const type = fits('Int32', whole) ? 'Int32' : fits('Int64', whole) ? 'Int64' : null;
    const made = type === null ? double(Number(whole)) : integer(type, whole);
    return isNumber(made) ? made : null;
  }
  const value = Number(digits) * factor;
  const made = double(value);
  return Number.isNaN(value) || !isNumber(made) ? null : made;
};

/** [int], [double] and their kin. Half rounds to even. */
export const toNumber = (value: Value, type: NumberType): Value => {
  if (value === null) return zero(type);
  if (typeof value === 'boolean') return between(value ? 1 : 0, type, value);
  if (typeof value === 'string') return fromText(value, type);
  if (isNumber(value)) return between(value, type, value);
  if (value instanceof Typed) return between(String(value.value).charCodeAt(0), type, value);
  return null;
};

const zero = (type: NumberType): Value =>
  type === 'Decimal' ? new Typed('Decimal', '0') : between(0, type, 0);

const fromText = (text: string, type: NumberType): Value => {
  if (type === 'Decimal') {
    const value = decimal(text.trim().replaceAll(',', ''));
    if (value !== null) return decimalValue(value);
  }
  if (isInteger(type) && /^\s*[+-]?\d{1,40}\s*$/.test(text)) {
    const whole = BigInt(text.trim().replace('+', ''));
    if (!fits(type, whole)) throw tooLarge(text, type);
    return integer(type, whole);
  }
  const number = /(kb|mb|gb|tb|pb)\s*$/i.test(text) ? null : numberInText(text);
  if (number === null) throw badNumber(text, type);
  return between(number, type, text);
};

export const badNumber = (text: string, type: string) =>
  fault({
    message: `Cannot convert value "${text}" to type "System.${type}". Error: "Input string was not in a correct format."`,
    id: 'InvalidCastFromStringToInteger',
    category: 'InvalidArgument',
  });

const ARTICLE: ReadonlyMap<NumberType, string> = new Map([
  ['Byte', 'an unsigned byte'],
  ['SByte', 'a signed byte'],
  ['Int16', 'an Int16'],
  ['UInt16', 'a UInt16'],
  ['Int32', 'an Int32'],
  ['UInt32', 'a UInt32'],
  ['Int64', 'an Int64'],
  ['UInt64', 'a UInt64'],
]);

const tooLarge = (written: Value, type: NumberType) =>
  fault({
    message: `Cannot convert value "${textOf(written)}" to type "System.${type}". Error: "Value was either too large or too small for ${ARTICLE.get(type) ?? `a ${type}`}."`,
    id: typeof written === 'string' ? 'InvalidCastFromStringToInteger' : 'InvalidCastIConvertible',
    category: 'InvalidArgument',
  });

const between = (value: number | Typed, type: NumberType, written: Value): Value => {
  if (numberType(value) === type) return value;
  if (type === 'Double') return double(plainNumber(value));
  if (type === 'Single') return new Typed('Single', Math.fround(plainNumber(value)));
  if (type === 'Decimal') {
    const made = toDecimal(value);
    if (made === null) throw tooLarge(written, type);
    return decimalValue(made);
  }
  const whole = rounded(value);
  if (whole === null || !fits(type, whole)) throw tooLarge(written, type);
  return integer(type, whole);
};

/** An integer by banker's rounding; null for NaN and the infinities. */
export const rounded = (value: number | Typed): bigint | null => {
  const type = numberType(value) ?? 'Double';
  if (isInteger(type)) return exact(value);
  if (value instanceof Typed && type === 'Decimal') {
    const made = decimal(String(value.value));
    return made === null ? null : roundDecimal(made, 0).digits;
  }
  const plain = plainNumber(value);
  return Number.isFinite(plain) ? BigInt(bankers(plain)) : null;
};

export const bankers = (value: number): number => {
  const floor = Math.floor(value);
  const part = value - floor;
  if (part !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
};
