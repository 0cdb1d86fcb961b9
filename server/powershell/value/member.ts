import { ARRAY_METHODS, keysOf, LIST_METHODS, TABLE_METHODS, keyOf } from './collection-methods.ts';
import { fault } from './fault.ts';
import { Hashtable } from './hashtable.ts';
import { List } from './list.ts';
import { noMethod } from './method-fault.ts';
import { bound, objectMethod } from './object-methods.ts';
import { type Property, PSObject } from './ps-object.ts';
import { STRING_METHODS } from './string-methods.ts';
import { itemsOf } from './text.ts';
import { typeName, typeNames } from './type-names.ts';
import type { Value } from './value.ts';

/** A property of exactly this value; undefined when it has none of that name. */
export const ownProperty = (target: Value, name: string): Value | undefined => {
  const key = name.toLowerCase();
  if (target === null) return undefined;
  if (target instanceof PSObject) return objectProperty(target, name, key);
  if (target instanceof Hashtable) return tableProperty(target, name, key);
  if (key === 'pstypenames') return [...typeNames(target)];
  if (typeof target === 'string') return key === 'length' ? target.length : undefined;
  if (Array.isArray(target)) return arrayProperty(target as readonly Value[], key);
  return undefined;
};

const objectProperty = (target: PSObject, name: string, key: string): Value | undefined => {
  const found = target.property(name);
  if (found !== undefined) return found.get();
  return key === 'pstypenames' ? [...target.typeNames] : undefined;
};

const arrayProperty = (target: readonly Value[], key: string): Value | undefined => {
  switch (key) {
    case 'length':
    case 'count':
    case 'longlength':
      return target.length;
    case 'rank':
      return 1;
    case 'isfixedsize':
      return true;
    case 'isreadonly':
      return false;
    default:
      return undefined;
  }
};

const tableProperty = (table: Hashtable, name: string, key: string): Value | undefined => {
  const value = table.get(name);
  if (value !== undefined) return value;
  switch (key) {
    case 'count':
      return table.size;
    case 'keys':
      return keysOf(table);
    case 'values':
      return [...table.entries()].map(entry => entry.value);
    case 'isreadonly':
    case 'isfixedsize':
      return false;
    default:
      return undefined;
  }
};

/**
 * `$x.Name`: the value's own property, else that of each of its elements; $null when there is none.
 * Everything has a Count and a Length of one, and nothing has none.
 */
export const property = (target: Value, name: string): Value => {
  const own = ownProperty(target, name);
  if (own !== undefined) return own;
  const items = itemsOf(target);
  if (items !== null) return ofElements(items, name);
  if (/^(count|length)$/i.test(name)) return target === null ? 0 : 1;
  return null;
};

const ofElements = (items: readonly Value[], name: string): Value => {
  const found: Value[] = [];
  for (const item of items) {
    const own = ownProperty(item, name);
    if (own === undefined) continue;
    const inner = itemsOf(own);
    if (inner === null) found.push(own);
    else for (const one of inner) found.push(one);
  }
  return found.length === 0 ? null : found.length === 1 ? (found[0] ?? null) : found;
};

/** `$x.Name = value`. */
export const setProperty = (target: Value, name: string, value: Value): void => {
  if (target instanceof Hashtable) {
    target.set(keyOf(name), value);
    return;
  }
  const found = target instanceof PSObject ? target.property(name) : undefined;
  if (found?.set !== undefined) {
    found.set(value);
    return;
  }
  throw found === undefined && ownProperty(target, name) === undefined
    ? notFound(name)
    : readOnly(name);
};

const notFound = (name: string) =>
  fault({
    message: `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
    id: 'PropertyNotFound',
    category: 'InvalidOperation',
  });

const readOnly = (name: string) =>
  fault({
    message: `'${name}' is a ReadOnly property.`,
    id: 'PropertyAssignmentException',
    category: 'InvalidOperation',
  });

/** Every property in order: those of the type, then what was added. */
export const propertiesOf = (target: PSObject): readonly Property[] => [
  ...target.properties().filter(one => !target.notes.has(one.name.toLowerCase())),
  ...target.notes.values(),
];

type BoundMethod = (args: readonly Value[]) => Value | undefined;

const ownMethod = (target: Value, name: string): BoundMethod | null => {
  const key = name.toLowerCase();
  const special =
    typeof target === 'string'
      ? bound(STRING_METHODS, target, key)
      : Array.isArray(target)
        ? bound(ARRAY_METHODS, target as readonly Value[], key)
        : target instanceof List
          ? bound(LIST_METHODS, target, key)
          : target instanceof Hashtable
            ? bound(TABLE_METHODS, target, key)
            : null;
  return special ?? objectMethod(target, name);
};

/** `$x.Name(...)`; undefined for a method that returns nothing. On a list without it: of each element. */
export const callMethod = (
  target: Value,
  name: string,
  args: readonly Value[],
): Value | undefined => {
  if (target === null)
    throw fault({
      message: 'You cannot call a method on a null-valued expression.',
      id: 'InvokeMethodOnNull',
      category: 'InvalidOperation',
    });
  const own = ownMethod(target, name);
  if (own !== null) return own(args);
  const items = itemsOf(target);
  if (items === null || items.length === 0) throw noMethod(typeName(target), name);
  const results: Value[] = [];
  for (const item of items) {
    const method = ownMethod(item, name);
    if (method === null) throw noMethod(typeName(item), name);
    const result = method(args);
    if (result !== undefined) results.push(result);
  }
  return results.length === 1 ? results[0] : results;
};
