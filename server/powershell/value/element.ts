import { keyOf } from './collection-methods.ts';
import { convert } from './convert.ts';
import { fault } from './fault.ts';
import { Hashtable } from './hashtable.ts';
import { List } from './list.ts';
import { isNumber, plainNumber } from './number.ts';
import { itemsOf } from './text.ts';
import { typeName } from './type-names.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';

/** `$x[index]`; an array of indexes gives an array. */
export const elementAt = (target: Value, index: Value): Value => {
  if (target === null)
    throw fault({
      message: 'Cannot index into a null array.',
      id: 'NullArray',
      category: 'InvalidOperation',
    });
  if (target instanceof Hashtable) return fromTable(target, index);
  const indexes = itemsOf(index);
  if (indexes !== null)
    return indexes.map(one => elementAt(target, one)).filter(one => one !== null);
  const at = integerIndex(index);
  if (typeof target === 'string') {
    const letter = target.charAt(at < 0 ? target.length + at : at);
    return letter === '' ? null : new Typed('Char', letter);
  }
  const items = itemsOf(target);
  if (items !== null) return items[at < 0 ? items.length + at : at] ?? null;
  throw fault({
    message: `Unable to index into an object of type ${typeName(target)}.`,
    id: 'CannotIndex',
    category: 'InvalidOperation',
  });
};

const fromTable = (table: Hashtable, index: Value): Value => {
  const keys = itemsOf(index);
  if (keys !== null) return keys.map(key => table.get(key) ?? null);
  const value = table.get(index);
  if (value !== undefined || !table.ordered || typeof index !== 'number') return value ?? null;
  return [...table.entries()][index]?.value ?? null;
};

const integerIndex = (index: Value): number => {
  const made = convert(index, 'System.Int32');
  return isNumber(made) ? plainNumber(made) : 0;
};

/** `$x[index] = value`. */
export const setElement = (target: Value, index: Value, value: Value): void => {
  if (target === null)
    throw fault({
      message: 'Cannot index into a null array.',
      id: 'NullArray',
      category: 'InvalidOperation',
    });
  if (target instanceof Hashtable) {
    target.set(keyOf(index), value);
    return;
  }
  const values =
    target instanceof List ? target.values : Array.isArray(target) ? (target as Value[]) : null;
  if (values === null)
    throw fault({
      message: `Unable to index into an object of type ${typeName(target)}.`,
      id: 'CannotIndex',
      category: 'InvalidOperation',
    });
  const at = integerIndex(index);
  const place = at < 0 ? values.length + at : at;
  if (place < 0 || place >= values.length)
    throw fault({
      message: 'Index was outside the bounds of the array.',
      id: 'System.IndexOutOfRangeException',
      category: 'OperationStopped',
      exception: 'System.IndexOutOfRangeException',
    });
  values[place] = value;
};
