import { doubleAt, flagAt, integerAt, textAt } from './argument.ts';
import { daysInMonth, isLeap } from './calendar.ts';
import { compare, compareText, sortOrder } from './compare.ts';
import { convert, convertOrNull } from './convert.ts';
import { parseDate } from './date-parse.ts';
import { DateTime } from './date-time.ts';
import { decimalText, roundDecimal } from './decimal.ts';
import { enumType, EnumValue } from './enum.ts';
import { composite } from './format-operator.ts';
import { Guid } from './guid.ts';
import { type Methods, methods, thrownIn } from './method-fault.ts';
import {
  double,
  isNumber,
  negated,
  numberType,
  plainNumber,
  RANGE,
  integer,
  toDecimal,
} from './number.ts';
import { pathMethods } from './path.ts';
import { regexOf, Regex } from './regex/regex.ts';
import { MatchValue } from './regex-value.ts';
import { itemsOf, joinText, textOf } from './text.ts';
import { TimeSpan } from './time-span.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';

/** Constants of types, by `type.name` in lower case. */
const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...[...RANGE].flatMap(([type, [least, most]]): [string, Value][] => [
    [`system.${type.toLowerCase()}.minvalue`, integer(type, least)],
    [`system.${type.toLowerCase()}.maxvalue`, integer(type, most)],
  ]),
  ['system.double.maxvalue', Number.MAX_VALUE],
  ['system.double.minvalue', -Number.MAX_VALUE],
  ['system.double.nan', Number.NaN],
  ['system.double.positiveinfinity', Infinity],
  ['system.double.negativeinfinity', -Infinity],
  ['system.double.epsilon', Number.MIN_VALUE],
  ['system.math.pi', Math.PI],
  ['system.math.e', Math.E],
  ['system.string.empty', ''],
  ['system.guid.empty', new Guid(Guid.EMPTY)],
  ['system.timespan.zero', new TimeSpan(0n)],
  ['system.timespan.maxvalue', new TimeSpan((1n << 63n) - 1n)],
  ['system.datetime.minvalue', new DateTime(0n)],
  ['system.datetime.maxvalue', new DateTime(3_155_378_975_999_999_999n)],
  ['system.environment.newline', '\r\n'],
  ['system.environment.is64bitoperatingsystem', true],
  ['system.environment.is64bitprocess', true],
  ['system.environment.processorcount', 8],
  ['system.environment.systemdirectory', 'C:\\Windows\\system32'],
  ['system.io.path.directoryseparatorchar', new Typed('Char', '\\')],
  ['system.io.path.pathseparator', new Typed('Char', ';')],
  ['system.boolean.truestring', 'True'],
  ['system.boolean.falsestring', 'False'],
  ['system.char.minvalue', new Typed('Char', '\0')],
]);

export const staticValue = (type: string, name: string): Value =>
  CONSTANTS.get(`${type}.${name}`.toLowerCase()) ?? null;

const numberAt = (args: readonly Value[], index: number): number | Typed => {
  const value = args[index] ?? null;
  if (isNumber(value)) return value;
  const made = convert(value, 'System.Double');
  return isNumber(made) ? made : 0;
};

const abs = (args: readonly Value[]): Value => {
  const value = numberAt(args, 0);
  return plainNumber(value) < 0 ? negated(value) : value;
};

const pick = (args: readonly Value[], sign: 1 | -1): Value => {
  const [a, b] = [numberAt(args, 0), numberAt(args, 1)];
  return compare(a, b) * sign >= 0 ? a : b;
};

const round = (args: readonly Value[]): Value => {
  const value = numberAt(args, 0);
  const places = isNumber(args[1] ?? null) ? integerAt(args, 1) : 0;
  const away = args.some(arg => /AwayFromZero/i.test(textOf(arg)));
  const exactly = toDecimal(value);
  if (exactly === null) return value;
  const text = decimalText(roundDecimal(exactly, Math.max(Math.min(places, 28), 0), !away));
  return numberType(value) === 'Decimal' ? new Typed('Decimal', text) : double(Number(text));
};

const floating =
  (how: (...values: number[]) => number) =>
  (_self: null, args: readonly Value[]): Value =>
    double(how(...args.map((_, i) => doubleAt(args, i))));

const MATH: Methods<null> = methods<null>([
  ['Abs', (_, args) => abs(args)],
  ['Min', (_, args) => pick(args, -1)],
  ['Max', (_, args) => pick(args, 1)],
  ['Round', (_, args) => round(args)],
  ['Floor', floating(Math.floor)],
  ['Ceiling', floating(Math.ceil)],
  ['Truncate', floating(Math.trunc)],
  ['Sqrt', floating(Math.sqrt)],
  ['Pow', floating(Math.pow)],
  ['Exp', floating(Math.exp)],
  [
    'Log',
    (_, args) =>
      double(
        args.length > 1
          ? Math.log(doubleAt(args, 0)) / Math.log(doubleAt(args, 1))
          : Math.log(doubleAt(args, 0)),
      ),
  ],
  ['Log10', floating(Math.log10)],
  ['Sin', floating(Math.sin)],
  ['Cos', floating(Math.cos)],
  ['Tan', floating(Math.tan)],
  ['Atan', floating(Math.atan)],
  ['Sign', (_, args) => Math.sign(doubleAt(args, 0))],
]);

const joinedText = (args: readonly Value[]): string =>
  joinText(
    args.flatMap(arg => itemsOf(arg) ?? [arg]).map(item => textOf(item)),
    '',
  );

const STRING: Methods<null> = methods<null>([
  ['IsNullOrEmpty', (_, args) => textAt(args, 0) === ''],
  ['IsNullOrWhiteSpace', (_, args) => textAt(args, 0).trim() === ''],
  [
    'Format',
    (_, args) =>
      composite(
        textAt(args, 0),
        args.length === 2 ? (itemsOf(args[1] ?? null) ?? args.slice(1)) : args.slice(1),
      ),
  ],
  [
    'Join',
    (_, args) =>
      joinText(
        (args.length === 2 ? (itemsOf(args[1] ?? null) ?? args.slice(1)) : args.slice(1)).map(
          item => textOf(item),
        ),
        textAt(args, 0),
      ),
  ],
  ['Concat', (_, args) => joinedText(args)],
  ['Compare', (_, args) => compareText(textAt(args, 0), textAt(args, 1), flagAt(args, 2))],
  ['Equals', (_, args) => textAt(args, 0) === textAt(args, 1)],
]);

const CONVERT: Methods<null> = methods<null>([
  ...[
    'Byte',
    'SByte',
    'Int16',
    'UInt16',
    'UInt32',
    'UInt64',
    'Double',
    'Decimal',
    'Single',
    'Boolean',
    'DateTime',
    'Char',
  ].map(
    type =>
      [
        `To${type}`,
        (_: null, args: readonly Value[]) => convert(args[0] ?? null, `System.${type}`),
      ] as const,
  ),
  ['ToInt32', (_, args) => based(args, 'System.Int32')],
  ['ToInt64', (_, args) => based(args, 'System.Int64')],
  [
    'ToString',
    (_, args) =>
      args.length > 1
        ? plainNumber(numberAt(args, 0)).toString(radix(args))
        : textOf(args[0] ?? null),
  ],
]);

const radix = (args: readonly Value[]): number => {
  const base = integerAt(args, 1);
  if ([2, 8, 10, 16].includes(base)) return base;
  throw thrownIn('ToString', args.length, 'Invalid Base.', 'ArgumentException');
};

const based = (args: readonly Value[], type: string): Value => {
  if (args.length < 2) return convert(args[0] ?? null, type);
  const base = radix(args);
  const digits = textAt(args, 0).replace(/^0x/i, '');
  const value = Number.parseInt(digits, base);
  if (Number.isNaN(value) || !/^[+-]?[\da-z]+$/i.test(digits))
    throw thrownIn(
      'ToInt32',
      args.length,
      'Could not find any recognizable digits.',
      'FormatException',
    );
  return convert(value, type);
};

const regexAt = (args: readonly Value[]): Regex =>
  regexOf(textAt(args, 1), {
    ignoreCase: args
      .slice(2)
      .some(arg =>
        arg instanceof EnumValue ? (arg.number & 1) === 1 : /IgnoreCase/i.test(textOf(arg)),
      ),
  });

const REGEX: Methods<null> = methods<null>([
  ['IsMatch', (_, args) => regexAt(args).test(textAt(args, 0))],
  ['Match', (_, args) => MatchValue.of(regexAt(args).exec(textAt(args, 0)))],
  [
    'Matches',
    (_, args) => [...regexAt(args).all(textAt(args, 0))].map(match => MatchValue.of(match)),
  ],
  [
    'Replace',
    (_, args) =>
      regexAt([args[0] ?? null, args[1] ?? null, ...args.slice(3)]).replace(
        textAt(args, 0),
        textAt(args, 2),
      ),
  ],
  ['Split', (_, args) => regexAt(args).split(textAt(args, 0))],
  ['Escape', (_, args) => Regex.escape(textAt(args, 0))],
]);

const DATE: Methods<null> = methods<null>([
  ['Parse', (_, args) => parsed(args)],
  ['DaysInMonth', (_, args) => daysInMonth(integerAt(args, 0), integerAt(args, 1))],
  ['IsLeapYear', (_, args) => isLeap(integerAt(args, 0))],
  ['FromFileTime', (_, args) => DateTime.fromFileTime(BigInt(Math.trunc(doubleAt(args, 0))))],
  [
    'FromFileTimeUtc',
    (_, args) => DateTime.fromFileTime(BigInt(Math.trunc(doubleAt(args, 0))), 'Utc'),
  ],
  ['Compare', (_, args) => compare(args[0] ?? null, args[1] ?? null)],
]);

const parsed = (args: readonly Value[]): Value => {
  const date = parseDate(textAt(args, 0));
  if (date !== null) return date;
  throw thrownIn(
    'Parse',
    args.length,
    'String was not recognized as a valid DateTime.',
    'FormatException',
  );
};

const SPAN: Methods<null> = methods<null>([
  ['FromDays', (_, args) => TimeSpan.from(doubleAt(args, 0), 'day')],
  ['FromHours', (_, args) => TimeSpan.from(doubleAt(args, 0), 'hour')],
  ['FromMinutes', (_, args) => TimeSpan.from(doubleAt(args, 0), 'minute')],
  ['FromSeconds', (_, args) => TimeSpan.from(doubleAt(args, 0), 'second')],
  ['FromMilliseconds', (_, args) => TimeSpan.from(doubleAt(args, 0), 'millisecond')],
  ['FromTicks', (_, args) => new TimeSpan(BigInt(Math.trunc(doubleAt(args, 0))))],
  ['Parse', (_, args) => convert(textAt(args, 0), 'System.TimeSpan')],
]);

const letterAt = (args: readonly Value[]): string =>
  textAt(args, 0).charAt(args.length > 1 ? integerAt(args, 1) : 0);

const CHAR: Methods<null> = methods<null>([
  ['IsDigit', (_, args) => /\d/.test(letterAt(args))],
  ['IsNumber', (_, args) => /\p{N}/u.test(letterAt(args))],
  ['IsLetter', (_, args) => /\p{L}/u.test(letterAt(args))],
  ['IsLetterOrDigit', (_, args) => /[\p{L}\p{Nd}]/u.test(letterAt(args))],
  ['IsWhiteSpace', (_, args) => /\s/.test(letterAt(args))],
  ['IsUpper', (_, args) => /\p{Lu}/u.test(letterAt(args))],
  ['IsLower', (_, args) => /\p{Ll}/u.test(letterAt(args))],
  ['ToUpper', (_, args) => new Typed('Char', letterAt(args).toUpperCase().charAt(0))],
  ['ToLower', (_, args) => new Typed('Char', letterAt(args).toLowerCase().charAt(0))],
]);

const ARRAY: Methods<null> = methods<null>([
  ['IndexOf', (_, args) => (itemsOf(args[0] ?? null) ?? []).indexOf(args[1] ?? null)],
  ['Reverse', (_, args) => inPlace(args, list => list.reverse())],
  ['Sort', (_, args) => inPlace(args, list => list.sort((a, b) => sortOrder(a, b, false)))],
]);

const inPlace = (args: readonly Value[], how: (list: Value[]) => void): undefined => {
  const items = itemsOf(args[0] ?? null);
  if (items !== null) how(items as Value[]);
  return undefined;
};

const ENUM: Methods<null> = methods<null>([
  ['GetNames', (_, args) => (enumType(textAt(args, 0))?.members ?? []).map(([name]) => name)],
  [
    'GetValues',
    (_, args) => {
      const type = enumType(textAt(args, 0));
      return (type?.members ?? []).flatMap(([, number]) =>
        type === undefined ? [] : [type.of(number)],
      );
    },
  ],
  ['Parse', (_, args) => convert(textAt(args, 1), textAt(args, 0))],
  [
    'IsDefined',
    (_, args) =>
      (enumType(textAt(args, 0))?.members ?? []).some(
        ([name, number]) => name === args[1] || number === args[1],
      ),
  ],
]);

const TABLES: ReadonlyMap<string, Methods<null>> = new Map([
  ['System.Math', MATH],
  ['System.String', STRING],
  ['System.Convert', CONVERT],
  ['System.Text.RegularExpressions.Regex', REGEX],
  ['System.DateTime', DATE],
  ['System.TimeSpan', SPAN],
  ['System.Char', CHAR],
  ['System.Array', ARRAY],
  ['System.Enum', ENUM],
  ['System.IO.Path', pathMethods],
]);

/** A static method; null when the type has none of that name. */
export const staticMethod = (
  type: string,
  name: string,
): ((args: readonly Value[]) => Value | undefined) | null => {
  const key = name.toLowerCase();
  const body = TABLES.get(type)?.get(key);
  if (body !== undefined) return args => body(null, args);
  const names = enumType(type);
  const inherited = names === undefined ? undefined : ENUM.get(key);
  if (inherited !== undefined) return args => inherited(null, [type, ...args]);
  // int.Parse, guid.Parse, version.Parse: what the cast does.
  if (key === 'parse')
    return args => {
      const read = convertOrNull(textAt(args, 0), type);
      if (read !== null) return read;
      throw thrownIn('Parse', 1, 'Input string was not in a correct format.', 'FormatException');
    };
  return key === 'isnan' ? args => Number.isNaN(doubleAt(args, 0)) : null;
};
