import { expect, test } from 'vitest';
import { convert } from './convert.ts';
import { textOf } from './text.ts';
import { fullTypeName } from './type-table.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';

const cast = (value: Value, type: string): Value => convert(value, fullTypeName(type) ?? type);

test.each<[value: Value, type: string, text: string]>([
  ['12', 'int', '12'],
  [' 1,000 ', 'int', '1000'],
  ['1e3', 'int', '1000'],
  ['', 'int', '0'],
  [2.5, 'int', '2'],
  [3.5, 'int', '4'],
  [-2.5, 'int', '-2'],
  [true, 'int', '1'],
  ['4294967296', 'long', '4294967296'],
  ['18446744073709551615', 'uint64', '18446744073709551615'],
  ['1.10', 'decimal', '1.10'],
  [1e15, 'string', '1000000000000000'],
  [1.5e16, 'string', '1.5E+16'],
  [1e300, 'string', '1E+300'],
  [0.00001, 'string', '1E-05'],
  [1 / 3, 'string', '0.333333333333333'],
  [[1, [2, 3]], 'string', '1 System.Object[]'],
  ['x', 'bool', 'True'],
  [[0], 'bool', 'False'],
  ['fri', 'System.DayOfWeek', 'Friday'],
  [5, 'System.DayOfWeek', 'Friday'],
  ['1.02:03:04.5', 'timespan', '1.02:03:04.5000000'],
  ['Tuesday, September 4, 2012 1:05 PM', 'datetime', '09/04/2012 13:05:00'],
  ['9/4/12', 'datetime', '09/04/2012 00:00:00'],
  ['2012-09-04T13:05:00+02:00', 'datetime', '09/04/2012 11:05:00'],
  ['{70836E80-70B5-48FA-9BC5-90A1BDE94A56}', 'guid', '70836e80-70b5-48fa-9bc5-90a1bde94a56'],
  ['6.2.9200', 'version', '6.2.9200'],
  ['ab', 'char[]', 'a b'],
  [65, 'char', 'A'],
  [['1', '2'], 'int[]', '1 2'],
])('[PS234] %s as [%s] is %s', (value, type, text) => {
  expect(textOf(cast(value, type))).toBe(text);
});

test.each<[value: Value, type: string, message: string]>([
  [
    'x',
    'int',
    'Cannot convert value "x" to type "System.Int32". Error: "Input string was not in a correct format."',
  ],
  [
    '3000000000',
    'int',
    'Cannot convert value "3000000000" to type "System.Int32". Error: "Value was either too large or too small for an Int32."',
  ],
  [
    300,
    'byte',
    'Cannot convert value "300" to type "System.Byte". Error: "Value was either too large or too small for an unsigned byte."',
  ],
  [
    'x',
    'datetime',
    'Cannot convert value "x" to type "System.DateTime". Error: "String was not recognized as a valid DateTime."',
  ],
  [
    [1, 2],
    'int',
    'Cannot convert the "1 2" value of type "System.Object[]" to type "System.Int32".',
  ],
  [
    5,
    'hashtable',
    'Cannot convert the "5" value of type "System.Int32" to type "System.Collections.Hashtable".',
  ],
  [
    'ab',
    'char',
    'Cannot convert value "ab" to type "System.Char". Error: "String must be exactly one character long."',
  ],
])('[PS234] %s as [%s] is refused in words', (value, type, message) => {
  expect(() => cast(value, type)).toThrow(message);
});

test('[PS234] an Int64 beyond doubles is exact', () => {
  const value = cast('9223372036854775807', 'long');

  expect(value).toEqual(new Typed('Int64', 9223372036854775807n));
});
