import { integerAt } from './argument.ts';
import { compare, equals, sortOrder } from './compare.ts';
import { CustomObject } from './custom-object.ts';
import { fault } from './fault.ts';
import { Hashtable } from './hashtable.ts';
import type { List } from './list.ts';
import { type Methods, methods, thrownIn } from './method-fault.ts';
import { itemsOf, textOf } from './text.ts';
import type { Value } from './value.ts';

const indexOf = (self: readonly Value[], args: readonly Value[]): number =>
  self.findIndex(item => sameValue(item, args[0] ?? null));

/** .NET's Equals: no conversion, strings by case. */
const sameValue = (a: Value, b: Value): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : equals(a, b, false);

const fixedSize = (name: string, args: readonly Value[]) =>
  thrownIn(name, args.length, 'Collection was of a fixed size.', 'NotSupportedException');

export const ARRAY_METHODS: Methods<readonly Value[]> = methods<readonly Value[]>([
  ['Contains', (self, args) => indexOf(self, args) >= 0],
  ['IndexOf', indexOf],
  ['GetValue', (self, args) => self[integerAt(args, 0)] ?? null],
  ['GetLength', self => self.length],
  ['GetUpperBound', self => self.length - 1],
  ['GetLowerBound', () => 0],
  ['Clone', self => [...self]],
  ['GetEnumerator', self => self],
  [
    'SetValue',
    (self, args) => {
      const at = integerAt(args, 1);
      if (at >= 0 && at < self.length) (self as Value[])[at] = args[0] ?? null;
      return undefined;
    },
  ],
  [
    'Add',
    (_self, args) => {
      throw fixedSize('Add', args);
    },
  ],
  [
    'Remove',
    (_self, args) => {
      throw fixedSize('Remove', args);
    },
  ],
  [
    'RemoveAt',
    (_self, args) => {
      throw fixedSize('RemoveAt', args);
    },
  ],
]);

const range = (self: List, args: readonly Value[], name: string): number => {
  const index = integerAt(args, 0);
  if (index < 0 || index >= self.values.length)
    throw thrownIn(
      name,
      args.length,
      'Index was out of range. Must be non-negative and less than the size of the collection.\r\nParameter name: index',
      'ArgumentOutOfRangeException',
    );
  return index;
};

export const LIST_METHODS: Methods<List> = methods<List>([
  [
    'Add',
    (self, args) => {
      self.values.push(args[0] ?? null);
      return self.typeNames[0] === 'System.Collections.ArrayList'
        ? self.values.length - 1
        : undefined;
    },
  ],
  [
    'AddRange',
    (self, args) => {
      for (const item of itemsOf(args[0] ?? null) ?? args) self.values.push(item);
      return undefined;
    },
  ],
  ['Insert', (self, args) => void self.values.splice(integerAt(args, 0), 0, args[1] ?? null)],
  [
    'Remove',
    (self, args) => {
      const index = indexOf(self.values, args);
      if (index >= 0) self.values.splice(index, 1);
      return self.typeNames[0] === 'System.Collections.ArrayList' ? undefined : index >= 0;
    },
  ],
  ['RemoveAt', (self, args) => void self.values.splice(range(self, args, 'RemoveAt'), 1)],
  ['Clear', self => void self.values.splice(0)],
  ['Contains', (self, args) => indexOf(self.values, args) >= 0],
  ['IndexOf', (self, args) => indexOf(self.values, args)],
  ['Reverse', self => void self.values.reverse()],
  ['Sort', self => void self.values.sort((a, b) => sortOrder(a, b, false))],
  ['ToArray', self => [...self.values]],
  ['Item', (self, args) => self.values[integerAt(args, 0)] ?? null],
  ['GetEnumerator', self => self.values],
]);

const alreadyThere = (key: Value, args: readonly Value[]) =>
  thrownIn(
    'Add',
    args.length,
    `Item has already been added. Key in dictionary: '${textOf(key)}'  Key being added: '${textOf(key)}'`,
    'ArgumentException',
  );

/** One entry as GetEnumerator gives it. */
export const dictionaryEntry = (key: Value, value: Value): CustomObject => {
  const entry = new CustomObject('System.Collections.DictionaryEntry');
  entry.note('Name', key);
  entry.note('Key', key);
  entry.note('Value', value);
  return entry;
};

export const keysOf = (table: Hashtable): Value[] => [...table.entries()].map(({ key }) => key);

export const TABLE_METHODS: Methods<Hashtable> = methods<Hashtable>([
  [
    'Add',
    (self, args) => {
      const key = keyOf(args[0] ?? null);
      if (self.has(key)) throw alreadyThere(key, args);
      self.set(key, args[1] ?? null);
      return undefined;
    },
  ],
  ['Remove', (self, args) => void self.delete(args[0] ?? null)],
  [
    'Clear',
    self => {
      self.clear();
      return undefined;
    },
  ],
  ['ContainsKey', (self, args) => self.has(args[0] ?? null)],
  ['Contains', (self, args) => self.has(args[0] ?? null)],
  [
    'ContainsValue',
    (self, args) => [...self.entries()].some(({ value }) => sameValue(value, args[0] ?? null)),
  ],
  ['Item', (self, args) => self.get(args[0] ?? null) ?? null],
  [
    'GetEnumerator',
    self => [...self.entries()].map(({ key, value }) => dictionaryEntry(key, value)),
  ],
  ['Clone', self => copyOf(self)],
]);

const copyOf = (table: Hashtable): Hashtable => {
  const copy = new Hashtable(table.ordered);
  for (const { key, value } of table.entries()) copy.set(key, value);
  return copy;
};

export const keyOf = (key: Value): Value => {
  if (key !== null) return key;
  throw fault({
    message: 'Key cannot be null.\r\nParameter name: key',
    id: 'System.ArgumentNullException',
    category: 'OperationStopped',
    exception: 'System.ArgumentNullException',
  });
};

/** CompareTo of numbers, dates and their kin. */
export const compareTo = (self: Value, args: readonly Value[]): number =>
  Math.sign(compare(self, args[0] ?? null));
