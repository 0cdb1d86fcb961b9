import { LIMITS } from '../engine/limits.ts';
import { fault } from './fault.ts';
import { Hashtable } from './hashtable.ts';
import { numberText } from './number-text.ts';
import { PSObject } from './ps-object.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';

/**
 * What a value is inside a string, and what [string] makes of it: the invariant culture, the elements
 * of an array with $OFS between them, one level deep.
 */
export const textOf = (value: Value, separator = ' '): string => {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  if (value instanceof Typed)
    return value.type === 'Char' ? String(value.value) : numberText(value);
  if (value instanceof Hashtable)
    return value.ordered
      ? 'System.Collections.Specialized.OrderedDictionary'
      : 'System.Collections.Hashtable';
  if (value instanceof PSObject) {
    const items = value.items();
    return items === null ? value.text() : joined(items, separator);
  }
  return joined(value, separator);
};

/** Texts with something between; refused before they become too long. */
const joined = (items: readonly Value[], separator: string): string =>
  joinText(items.map(inner), separator);

export const joinText = (parts: readonly string[], separator: string): string => {
  let length = 0;
  for (const part of parts) {
    length += part.length + separator.length;
    if (length > LIMITS.textLength + separator.length) throw tooLong();
  }
  return parts.join(separator);
};

export const tooLong = () =>
  fault({
    message: `A string may have ${LIMITS.textLength} characters in this console.`,
    id: 'StringTooLong',
    category: 'LimitsExceeded',
  });

/** An array inside an array is its type's name. */
const inner = (item: Value): string =>
  Array.isArray(item)
    ? 'System.Object[]'
    : item instanceof PSObject && item.items() !== null
      ? item.text()
      : textOf(item);

/** $true of PowerShell: not null, not zero, not empty; one element stands for itself. */
export const isTrue = (value: Value): boolean => {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (value instanceof Typed) return isScalarTrue(value);
  if (value instanceof Hashtable) return true;
  const items = value instanceof PSObject ? value.items() : value;
  if (items === null) return isObjectTrue(value);
  if (items.length === 0) return false;
  if (items.length > 1) return true;
  const only = items[0] ?? null;
  return Array.isArray(only) ? only.length > 0 : isTrue(only);
};

const isScalarTrue = ({ type, value }: Typed): boolean =>
  type === 'Char'
    ? value !== '\0'
    : type === 'Decimal'
      ? /[1-9]/.test(String(value))
      : Number(value) !== 0;

/** A switch parameter is true when it is present. */
const isObjectTrue = (value: Value): boolean =>
  !(value instanceof PSObject && value.comparable() === false);

/** The elements a pipeline, foreach or an operator takes one by one; null for a single thing. */
export const itemsOf = (value: Value): readonly Value[] | null => {
  if (Array.isArray(value)) return value as readonly Value[];
  return value instanceof PSObject ? value.items() : null;
};
