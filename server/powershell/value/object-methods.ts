import { doubleAt, integerAt, textAt } from './argument.ts';
import { compareTo } from './collection-methods.ts';
import { equals } from './compare.ts';
import { convert } from './convert.ts';
import { DateTime } from './date-time.ts';
import { formatDate } from './date-format.ts';
import { EnumValue } from './enum.ts';
import { formatted } from './format-operator.ts';
import { int64, isNumber } from './number.ts';
import { type Methods, methods, thrownIn } from './method-fault.ts';
import { PSObject } from './ps-object.ts';
import { MatchValue, RegexValue } from './regex-value.ts';
import { textOf } from './text.ts';
import { TimeSpan } from './time-span.ts';
import { typeName } from './type-names.ts';
import { TypeValue } from './type-value.ts';
import type { Value } from './value.ts';

const dated = (date: DateTime | null, name: string): DateTime => {
  if (date !== null) return date;
  throw thrownIn(
    name,
    1,
    'The added or subtracted value results in an un-representable DateTime.\r\nParameter name: value',
    'ArgumentOutOfRangeException',
  );
};

const UNITS = [
  ['AddDays', 'day'],
  ['AddHours', 'hour'],
  ['AddMinutes', 'minute'],
  ['AddSeconds', 'second'],
  ['AddMilliseconds', 'millisecond'],
] as const;

const subtract = (self: DateTime, args: readonly Value[]): Value => {
  const other = args[0] ?? null;
  if (other instanceof DateTime) return new TimeSpan(self.ticks - other.ticks);
  const span = convert(other, 'System.TimeSpan');
  return dated(self.plus(span instanceof TimeSpan ? -span.ticks : 0n), 'Subtract');
};

const DATE_METHODS: Methods<DateTime> = methods<DateTime>([
  ...UNITS.map(
    ([name, unit]) =>
      [
        name,
        (self: DateTime, args: readonly Value[]) =>
          dated(self.plus(TimeSpan.from(doubleAt(args, 0), unit).ticks), name),
      ] as const,
  ),
  ['AddMonths', (self, args) => dated(self.plusMonths(integerAt(args, 0)), 'AddMonths')],
  ['AddYears', (self, args) => dated(self.plusMonths(integerAt(args, 0) * 12), 'AddYears')],
  ['AddTicks', (self, args) => dated(self.plus(BigInt(Math.trunc(doubleAt(args, 0)))), 'AddTicks')],
  [
    'Add',
    (self, args) => {
      const span = convert(args[0] ?? null, 'System.TimeSpan');
      return dated(self.plus(span instanceof TimeSpan ? span.ticks : 0n), 'Add');
    },
  ],
  ['Subtract', subtract],
  ['ToUniversalTime', self => new DateTime(self.ticks, 'Utc')],
  ['ToLocalTime', self => new DateTime(self.ticks, 'Local')],
  ['ToFileTime', self => int64(self.fileTime)],
  ['ToFileTimeUtc', self => int64(self.fileTime)],
  ['ToShortDateString', self => formatDate(self, 'd') ?? ''],
  ['ToLongDateString', self => formatDate(self, 'D') ?? ''],
  ['ToShortTimeString', self => formatDate(self, 't') ?? ''],
  ['ToLongTimeString', self => formatDate(self, 'T') ?? ''],
]);

const span = (value: Value): bigint => {
  const made = convert(value, 'System.TimeSpan');
  return made instanceof TimeSpan ? made.ticks : 0n;
};

const SPAN_METHODS: Methods<TimeSpan> = methods<TimeSpan>([
  ['Add', (self, args) => new TimeSpan(self.ticks + span(args[0] ?? null))],
  ['Subtract', (self, args) => new TimeSpan(self.ticks - span(args[0] ?? null))],
  ['Negate', self => new TimeSpan(-self.ticks)],
  ['Duration', self => new TimeSpan(self.ticks < 0n ? -self.ticks : self.ticks)],
]);

const REGEX_METHODS: Methods<RegexValue> = methods<RegexValue>([
  ['IsMatch', (self, args) => self.regex.test(textAt(args, 0))],
  ['Match', (self, args) => MatchValue.of(self.regex.exec(textAt(args, 0)))],
  [
    'Matches',
    (self, args) => [...self.regex.all(textAt(args, 0))].map(match => MatchValue.of(match)),
  ],
  ['Replace', (self, args) => self.regex.replace(textAt(args, 0), textAt(args, 1))],
  ['Split', (self, args) => self.regex.split(textAt(args, 0))],
]);

/** The method of a date, span, regex or any object; null when there is none. */
export const objectMethod = (
  self: Value,
  name: string,
): ((args: readonly Value[]) => Value | undefined) | null => {
  const key = name.toLowerCase();
  const special = specialMethod(self, key);
  if (special !== null) return special;
  switch (key) {
    case 'tostring':
      return args => toText(self, args);
    case 'gettype':
      return () => new TypeValue(typeName(self));
    case 'equals':
      return args => equals(self, args[0] ?? null, false);
    case 'gethashcode':
      return () => textOf(self).length;
    case 'compareto':
      return args => compareTo(self, args);
    default:
      return null;
  }
};

const specialMethod = (
  self: Value,
  key: string,
): ((args: readonly Value[]) => Value | undefined) | null => {
  if (self instanceof DateTime) return bound(DATE_METHODS, self, key);
  if (self instanceof TimeSpan) return bound(SPAN_METHODS, self, key);
  if (self instanceof RegexValue) return bound(REGEX_METHODS, self, key);
  if (self instanceof EnumValue && key === 'hasflag')
    return args => {
      const flag = convert(args[0] ?? null, self.type.name);
      return flag instanceof EnumValue && (self.number & flag.number) === flag.number;
    };
  if (self instanceof PSObject) {
    const own = self.method(key);
    if (own !== undefined) return args => own.call(args);
  }
  return null;
};

export const bound = <T>(
  table: Methods<T>,
  self: T,
  key: string,
): ((args: readonly Value[]) => Value | undefined) | null => {
  const body = table.get(key);
  return body === undefined ? null : args => body(self, args);
};

/** ToString() speaks the current culture, en-US; ToString(format) as -f does. */
const toText = (self: Value, args: readonly Value[]): string => {
  const format = args.length > 0 ? textAt(args, 0) : '';
  if (self instanceof DateTime) return formatted(self, format);
  if (format !== '' && (isNumber(self) || self instanceof PSObject)) return formatted(self, format);
  return Array.isArray(self) ? 'System.Object[]' : textOf(self);
};
