import { expect, test } from 'vitest';
import { convert } from './convert.ts';
import type { Hashtable } from './hashtable.ts';
import { type OperatorHost, operate } from './operators.ts';
import { textOf } from './text.ts';
import { typeName } from './type-names.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';

class Host implements OperatorHost {
  readonly separator = ' ';
  groups: Hashtable | null = null;

  text(length: number): void {
    expect(length).toBeGreaterThanOrEqual(0);
  }

  elements(count: number): void {
    expect(count).toBeGreaterThanOrEqual(0);
  }

  matched(groups: Hashtable): void {
    this.groups = groups;
  }
}

const result = (left: Value, operator: string, right: Value): Value =>
  operate(operator, left, right, new Host());

const shown = (value: Value): string =>
  Array.isArray(value) ? value.map(item => textOf(item)).join('|') : textOf(value);

const DATE = convert('2012-09-04 13:05', 'System.DateTime');
const MONDAY = convert('monday', 'System.DayOfWeek');

test.each<[left: Value, operator: string, right: Value, is: string]>([
  [1, '+', 2, 'System.Int32 3'],
  [2147483647, '+', 1, 'System.Double 2147483648'],
  [4294967296, '*', 1024, 'System.Int64 4398046511104'],
  [7, '/', 2, 'System.Double 3.5'],
  [6, '/', 2, 'System.Int32 3'],
  [-7, '%', 3, 'System.Int32 -1'],
  [0.1, '+', 0.2, 'System.Double 0.3'],
  [new Typed('Decimal', '1.10'), '+', 2, 'System.Decimal 3.10'],
  [new Typed('Decimal', '1'), '/', 3, 'System.Decimal 0.3333333333333333333333333333'],
  [new Typed('Byte', 200), '+', new Typed('Byte', 100), 'System.Int32 300'],
  [new Typed('Int64', 9223372036854775807n), '+', 1, 'System.Double 9.22337203685478E+18'],
  [1, '+', '0x10', 'System.Int32 17'],
  ['1kb', '+', 1, 'System.String 1kb1'],
  [1, '*', '1kb', 'System.Int32 1024'],
  [null, '+', 5, 'System.Int32 5'],
  ['ab', '*', 2, 'System.String abab'],
  [5, '..', 2, 'System.Object[] 5|4|3|2'],
  [6, '-band', 3, 'System.Int32 2'],
  [1, '-shl', 4, 'System.Int32 16'],
])('[PS230] %s %s %s is %s', (left, operator, right, is) => {
  const value = result(left, operator, right);

  expect(`${typeName(value)} ${shown(value)}`).toBe(is);
});

test.each<[left: Value, operator: string, right: Value, text: string]>([
  ['A', '-eq', 'a', 'True'],
  ['A', '-ceq', 'a', 'False'],
  [1, '-eq', '1', 'True'],
  ['1', '-eq', 1, 'True'],
  [true, '-eq', 'x', 'True'],
  [[1, 2, 3, 2], '-eq', 2, '2|2'],
  [['a', 'b'], '-ne', 'a', 'b'],
  [null, '-lt', 1, 'True'],
  ['b', '-gt', 'A', 'True'],
  [['a', 'B'], '-contains', 'b', 'True'],
  [['a', 'B'], '-ccontains', 'b', 'False'],
  [2, '-in', [1, 2], 'True'],
  [2, '-notin', [1, 2], 'False'],
  [MONDAY, '-eq', 'Monday', 'True'],
  [MONDAY, '-eq', 1, 'True'],
  ['Monday', '-eq', MONDAY, 'True'],
  ['hello', '-like', 'H?l*', 'True'],
  ['hello', '-clike', 'H*', 'False'],
  ['a[1]', '-like', 'a`[1]', 'True'],
  ['vm3', '-like', 'vm[1-3]', 'True'],
  [['web1', 'sql1'], '-notlike', 'w*', 'sql1'],
  [DATE, '-gt', '2012-01-01', 'True'],
  [5, '-is', 'int', 'True'],
  ['5', '-as', 'int', '5'],
  ['x', '-as', 'int', ''],
])('[PS231] %s %s %s is %s', (left, operator, right, text) => {
  expect(shown(result(left, operator, right))).toBe(text);
});

test.each<[left: Value, operator: string, right: Value, text: string]>([
  ['aXbxc', '-replace', ['x', '[$0]'], 'a[X]b[x]c'],
  ['aXbxc', '-creplace', ['x', '-'], 'aXb-c'],
  ['John Smith', '-replace', ['(\\w+) (?<last>\\w+)', '${last}, $1'], 'Smith, John'],
  ['a1b22c', '-split', '\\d+', 'a|b|c'],
  ['a,b,c', '-split', [',', 2], 'a|b,c'],
  ['a.b.c', '-split', ['.', 0, 'simplematch'], 'a|b|c'],
  [['a', 'b'], '-join', '+', 'a+b'],
  ['a1', '-match', '\\d', 'True'],
  [['a1', 'b'], '-match', '\\d', 'a1'],
  ['x', '-notmatch', '\\d', 'True'],
])('[PS232] %s %s %s is %s', (left, operator, right, text) => {
  expect(shown(result(left, operator, right))).toBe(text);
});

test('[PS232] a match leaves its groups, numbered and named', () => {
  const host = new Host();

  operate('-match', 'VM-017 x', '^(?<kind>\\w+)-(\\d+)', host);

  const entries = [...(host.groups?.entries() ?? [])].map(({ key, value }) => [key, value]);
  expect(entries).toEqual([
    [0, 'VM-017'],
    [1, '017'],
    ['kind', 'VM'],
  ]);
});

test.each<[format: string, values: Value[], text: string]>([
  ['{0:N0}|{1,8:N2}|{2,-4}|', [1234567, 3.14159, 'x'], '1,234,567|    3.14|x   |'],
  ['{0:D3} {1:X} {1:x4} {2:P1} {3:C}', [7, 255, 0.256, -3.5], '007 FF 00ff 25.6 % ($3.50)'],
  ['{0:0.0#} {1:#,##0} {2:00}', [2.5, 1234567, 7], '2.5 1,234,567 07'],
  ['{0:F1} {1:E2} {{}}', [0.25, 12345], '0.3 1.23E+004 {}'],
  ['{0:d} {0:T} {0:yyyy-MM-dd HH:mm} {0:ddd}', [DATE], '9/4/2012 1:05:00 PM 2012-09-04 13:05 Tue'],
  ['{0:hh\\:mm}', [convert('1.02:03:04', 'System.TimeSpan')], '02:03'],
])('[PS233] %s formats', (format, values, text) => {
  expect(shown(result(format, '-f', values))).toBe(text);
});

test('[PS233] a format without its value is refused', () => {
  expect(() => result('{1}', '-f', [1])).toThrow(/Index \(zero based\)/);
});
