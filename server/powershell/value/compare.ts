import { convertOrNull } from './convert.ts';
import { DateTime } from './date-time.ts';
import { EnumValue } from './enum.ts';
import { fault } from './fault.ts';
import { numberInText } from './convert-number.ts';
import { compareNumbers, isNumber, plainNumber } from './number.ts';
import { PSObject } from './ps-object.ts';
import { isTrue, textOf } from './text.ts';
import { TimeSpan } from './time-span.ts';
import { typeName } from './type-names.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';
import { Version } from './version.ts';

/**
 * Order of texts as en-US sorts words: signs before digits before letters, case last; hyphens and
 * apostrophes count only between texts that are equal otherwise.
 */
export const compareText = (a: string, b: string, ignoreCase = true): number => {
  if (a === b) return 0;
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left !== right) return byUnits(left, right);
  return ignoreCase ? 0 : byCase(a, b);
};

const byUnits = (a: string, b: string): number => {
  const least = Math.min(a.length, b.length);
  for (let i = 0; i < least; i += 1) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return weight(x) - weight(y);
  }
  return Math.sign(a.length - b.length);
};

/** Lower case goes before upper case. */
const byCase = (a: string, b: string): number => {
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a.charAt(i), b.charAt(i)];
    if (x !== y) return x === x.toLowerCase() ? -1 : 1;
  }
  return 0;
};

const weight = (unit: number): number => {
  if (unit >= 97 && unit <= 122) return 0x30000 + unit * 16;
  if (unit >= 48 && unit <= 57) return 0x20000 + unit;
  if (unit < 128) return unit === 45 || unit === 39 ? unit : 0x10000 + unit;
  const base = String.fromCharCode(unit).normalize('NFD').charCodeAt(0);
  return base >= 97 && base <= 122 ? 0x30000 + base * 16 + 1 : 0x40000 + unit;
};

/** `-eq` of two single values: the right one becomes what the left one is. */
export const equals = (left: Value, right: Value, ignoreCase = true): boolean => {
  if (left === right) return typeof left !== 'number' || !Number.isNaN(left);
  if (left === null || right === null) return false;
  if (typeof left === 'string') return sameText(left, textOf(right), ignoreCase);
  if (typeof left === 'boolean') return left === isTrue(right);
  if (isNumber(left)) {
    const number = asNumber(right);
    return number !== null && compareNumbers(left, number) === 0;
  }
  if (left instanceof Typed) return sameText(String(left.value), textOf(right), ignoreCase);
  if (left instanceof EnumValue) return sameEnum(left, right);
  if (left instanceof PSObject) return sameObject(left, right);
  return false;
};

const sameText = (a: string, b: string, ignoreCase: boolean): boolean =>
  a === b || (ignoreCase && a.length === b.length && a.toLowerCase() === b.toLowerCase());

/** A value as the number it is compared as; null when it is none. */
const asNumber = (value: Value): number | Typed | null => {
  if (isNumber(value)) return value;
  if (typeof value === 'string') return numberInText(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof EnumValue) return value.number;
  if (value instanceof Typed) return String(value.value).charCodeAt(0);
  return null;
};

const sameEnum = (left: EnumValue, right: Value): boolean => {
  if (right instanceof EnumValue) return left.number === right.number && left.type === right.type;
  if (typeof right === 'string') {
    const made = convertOrNull(right, left.type.name);
    return made instanceof EnumValue && made.number === left.number;
  }
  return isNumber(right) && plainNumber(right) === left.number;
};

const sameObject = (left: PSObject, right: Value): boolean => {
  if (left instanceof Version) {
    const other = convertOrNull(right, 'System.Version');
    return other instanceof Version && left.compare(other) === 0;
  }
  const own = left.comparable();
  if (own === null) return false;
  const other =
    right instanceof PSObject ? right : convertOrNull(right, left.typeNames[0] ?? 'System.Object');
  return other instanceof PSObject && sameKind(left, other)
    ? equals(own, other.comparable())
    : typeof own !== 'object' && !(right instanceof PSObject) && equals(own, right);
};

const sameKind = (left: PSObject, right: PSObject): boolean =>
  left.typeNames[0] === right.typeNames[0];

/** Below zero, zero or above, as `-lt` and its kin see it; throws when they cannot be compared. */
export const compare = (left: Value, right: Value, ignoreCase = true): number => {
  if (left === null) return right === null ? 0 : -againstNull(right);
  if (right === null) return againstNull(left);
  if (typeof left === 'string') return compareText(left, textOf(right), ignoreCase);
  if (isNumber(left) || typeof left === 'boolean') return numbers(left, right);
  if (left instanceof Typed) return compareText(String(left.value), textOf(right), ignoreCase);
  if (left instanceof PSObject) return objects(left, right);
  throw incomparable(left);
};

/** Anything is more than $null, but a negative number is less. */
const againstNull = (value: Value): number =>
  isNumber(value) && compareNumbers(value, 0) < 0 ? -1 : 1;

const numbers = (left: number | Typed | boolean, right: Value): number => {
  const [a, b] = [asNumber(left), asNumber(right)];
  if (a !== null && b !== null) return compareNumbers(a, b);
  const type = typeName(left);
  throw uncomparable(
    left,
    right,
    `Cannot convert value "${textOf(right)}" to type "${type}". Error: "Input string was not in a correct format."`,
  );
};

const uncomparable = (left: Value, right: Value, why: string) =>
  fault({
    message: `Could not compare "${textOf(left)}" to "${textOf(right)}". Error: "${why}"`,
    id: 'ComparisonFailure',
    category: 'InvalidOperation',
  });

const incomparable = (value: Value) =>
  fault({
    message: `Cannot compare "${textOf(value)}" because it is not IComparable.`,
    id: 'NotIcomparable',
    category: 'InvalidOperation',
  });

const objects = (left: PSObject, right: Value): number => {
  if (left instanceof Version) {
    const other = convertOrNull(right, 'System.Version');
    if (other instanceof Version) return left.compare(other);
  }
  const type = left.typeNames[0] ?? 'System.Object';
  const other = right instanceof PSObject ? right : convertOrNull(right, type);
  const own = left.comparable();
  if (own === null) throw incomparable(left);
  if (!(other instanceof PSObject) || !sameKind(left, other))
    throw uncomparable(
      left,
      right,
      `Cannot convert the "${textOf(right)}" value of type "${typeName(right)}" to type "${type}".`,
    );
  return compare(own, other.comparable());
};

/**
 * Order for Sort-Object and Group-Object: never throws. Nulls first, then by value where both can be
 * compared, otherwise by text.
 */
export const sortOrder = (left: Value, right: Value, ignoreCase = true): number => {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) || 0;
  if (typeof left === 'string' && typeof right === 'string')
    return compareText(left, right, ignoreCase);
  if (isOrdered(left) && typeName(left) === typeName(right)) return compare(left, right) || 0;
  return compareText(textOf(left), textOf(right), ignoreCase);
};

const isOrdered = (value: Value): boolean =>
  value instanceof DateTime ||
  value instanceof TimeSpan ||
  value instanceof Version ||
  typeof value === 'boolean' ||
  (value instanceof PSObject && value.comparable() !== null);
