import { Hashtable } from './hashtable.ts';
import { numberType } from './number.ts';
import { PSObject } from './ps-object.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';

const VALUE_TYPE = ['System.ValueType', 'System.Object'];

/** .NET type names of a value, most derived first; empty for $null. */
export const typeNames = (value: Value): readonly string[] => {
  if (value === null) return [];
  if (typeof value === 'string') return ['System.String', 'System.Object'];
  if (typeof value === 'boolean') return ['System.Boolean', ...VALUE_TYPE];
  if (value instanceof PSObject) return value.typeNames;
  if (value instanceof Hashtable)
    return [
      value.ordered
        ? 'System.Collections.Specialized.OrderedDictionary'
        : 'System.Collections.Hashtable',
      'System.Object',
    ];
  if (value instanceof Typed || typeof value === 'number')
    return [`System.${numberType(value) ?? 'Char'}`, ...VALUE_TYPE];
  return ['System.Object[]', 'System.Array', 'System.Object'];
};

/** The most derived one; `System.Object` for $null. */
export const typeName = (value: Value): string => typeNames(value)[0] ?? 'System.Object';
