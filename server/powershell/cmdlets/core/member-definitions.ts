import { DateTime } from '../../value/date-time.ts';
import { isNumber, numberType } from '../../value/number.ts';
import { TimeSpan } from '../../value/time-span.ts';
import type { Value } from '../../value/value.ts';

// Methods as Get-Member prints them: those that a script here can call. Overloads are shortened.

const OBJECT = [
  'bool Equals(System.Object obj)',
  'int GetHashCode()',
  'type GetType()',
  'string ToString()',
];

const TEXT = [
  'System.Object Clone()',
  'int CompareTo(string strB)',
  'bool Contains(string value)',
  'bool EndsWith(string value), bool EndsWith(string value, System.StringComparison comparisonType)',
  'bool Equals(System.Object obj), bool Equals(string value)',
  'System.CharEnumerator GetEnumerator()',
  'int GetHashCode()',
  'type GetType()',
  'int IndexOf(char value), int IndexOf(string value), int IndexOf(string value, int startIndex)',
  'int IndexOfAny(char[] anyOf)',
  'string Insert(int startIndex, string value)',
  'int LastIndexOf(char value), int LastIndexOf(string value)',
  'string Normalize()',
  'string PadLeft(int totalWidth), string PadLeft(int totalWidth, char paddingChar)',
  'string PadRight(int totalWidth), string PadRight(int totalWidth, char paddingChar)',
  'string Remove(int startIndex, int count), string Remove(int startIndex)',
  'string Replace(char oldChar, char newChar), string Replace(string oldValue, string newValue)',
  'string[] Split(Params char[] separator), string[] Split(char[] separator, int count)',
  'bool StartsWith(string value), bool StartsWith(string value, System.StringComparison comparisonType)',
  'string Substring(int startIndex), string Substring(int startIndex, int length)',
  'char[] ToCharArray()',
  'string ToLower()',
  'string ToLowerInvariant()',
  'string ToString()',
  'string ToUpper()',
  'string ToUpperInvariant()',
  'string Trim(Params char[] trimChars), string Trim()',
  'string TrimEnd(Params char[] trimChars)',
  'string TrimStart(Params char[] trimChars)',
];

const DATE = [
  'datetime Add(timespan value)',
  'datetime AddDays(double value)',
  'datetime AddHours(double value)',
  'datetime AddMilliseconds(double value)',
  'datetime AddMinutes(double value)',
  'datetime AddMonths(int months)',
  'datetime AddSeconds(double value)',
  'datetime AddTicks(long value)',
  'datetime AddYears(int value)',
  'int CompareTo(System.Object value), int CompareTo(datetime value)',
  'bool Equals(System.Object value), bool Equals(datetime value)',
  'int GetHashCode()',
  'type GetType()',
  'timespan Subtract(datetime value), datetime Subtract(timespan value)',
  'long ToFileTime()',
  'long ToFileTimeUtc()',
  'datetime ToLocalTime()',
  'string ToLongDateString()',
  'string ToLongTimeString()',
  'string ToShortDateString()',
  'string ToShortTimeString()',
  'string ToString(), string ToString(string format)',
  'datetime ToUniversalTime()',
];

const SPAN = [
  'timespan Add(timespan ts)',
  'int CompareTo(System.Object value), int CompareTo(timespan value)',
  'timespan Duration()',
  'bool Equals(System.Object value), bool Equals(timespan obj)',
  'int GetHashCode()',
  'type GetType()',
  'timespan Negate()',
  'timespan Subtract(timespan ts)',
  'string ToString(), string ToString(string format)',
];

/** As definitions spell the types of numbers. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['Int32', 'int'],
  ['Int64', 'long'],
  ['Single', 'float'],
]);

const numberMethods = (type: string): readonly string[] => {
  const short = SHORT.get(type) ?? type.toLowerCase();
  return [
    `int CompareTo(System.Object value), int CompareTo(${short} value)`,
    `bool Equals(System.Object obj), bool Equals(${short} obj)`,
    'int GetHashCode()',
    'type GetType()',
    'string ToString(), string ToString(string format)',
  ];
};

/** The methods of a value, without those that its class declares itself. */
export const methodsOf = (value: Value): readonly string[] => {
  if (typeof value === 'string') return TEXT;
  if (value instanceof DateTime) return DATE;
  if (value instanceof TimeSpan) return SPAN;
  return isNumber(value) ? numberMethods(numberType(value) ?? 'Int32') : OBJECT;
};

/** `int CompareTo(int value), ...` is called CompareTo. */
export const nameIn = (definition: string): string => /(\w+)\(/.exec(definition)?.[1] ?? definition;
