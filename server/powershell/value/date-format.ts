import type { DateTime } from './date-time.ts';
import { TICKS } from './time-span.ts';

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Standard formats of the en-US culture, as custom ones. */
const STANDARD = new Map([
  ['d', 'M/d/yyyy'],
  ['D', 'dddd, MMMM dd, yyyy'],
  ['f', 'dddd, MMMM dd, yyyy h:mm tt'],
  ['F', 'dddd, MMMM dd, yyyy h:mm:ss tt'],
  ['U', 'dddd, MMMM dd, yyyy h:mm:ss tt'],
  ['g', 'M/d/yyyy h:mm tt'],
  ['G', 'M/d/yyyy h:mm:ss tt'],
  ['m', 'MMMM dd'],
  ['M', 'MMMM dd'],
  ['o', "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"],
  ['O', "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"],
  ['r', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
  ['R', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
  ['s', "yyyy'-'MM'-'dd'T'HH':'mm':'ss"],
  ['t', 'h:mm tt'],
  ['T', 'h:mm:ss tt'],
  ['u', "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"],
  ['y', 'MMMM, yyyy'],
  ['Y', 'MMMM, yyyy'],
]);

/** DateTime.ToString(format) in en-US; null for a format that is none ("Input string was ..."). */
export const formatDate = (date: DateTime, format: string): string | null => {
  if (format === '') return custom(date, 'M/d/yyyy h:mm:ss tt');
  if (format.length === 1) {
    const standard = STANDARD.get(format);
    return standard === undefined ? null : custom(date, standard);
  }
  return custom(date, format);
};

const custom = (date: DateTime, format: string): string => {
  let out = '';
  for (let at = 0; at < format.length;) {
    const letter = format.charAt(at);
    if (letter === '\\' || letter === '%') {
      const next = format.charAt(at + 1);
      out += letter === '\\' ? next : token(date, next, 1);
      at += 2;
    } else if (letter === "'" || letter === '"') {
      const end = format.indexOf(letter, at + 1);
      out += format.slice(at + 1, end < 0 ? format.length : end);
      at = end < 0 ? format.length : end + 1;
    } else {
      let count = 1;
      while (format.charAt(at + count) === letter) count += 1;
      out += token(date, letter, count);
      at += count;
    }
  }
  return out;
};

const padded = (value: number, count: number): string => String(value).padStart(count, '0');

const named = (names: readonly string[], index: number, count: number): string =>
  (names[index] ?? '').slice(0, count === 3 ? 3 : undefined);

const token = (date: DateTime, letter: string, count: number): string => {
  const hour = date.part('hour', 24n);
  switch (letter) {
    case 'd':
      return count > 2 ? named(DAYS, date.weekday, count) : padded(date.day.day, count);
    case 'M':
      return count > 2 ? named(MONTHS, date.day.month - 1, count) : padded(date.day.month, count);
    case 'y':
      return count > 2 ? padded(date.day.year, count) : padded(date.day.year % 100, count);
    case 'h':
      return padded(hour % 12 === 0 ? 12 : hour % 12, Math.min(count, 2));
    case 'H':
      return padded(hour, Math.min(count, 2));
    case 'm':
      return padded(date.part('minute', 60n), Math.min(count, 2));
    case 's':
      return padded(date.part('second', 60n), Math.min(count, 2));
    case 't':
      return (hour < 12 ? 'AM' : 'PM').slice(0, count);
    default:
      return rare(date, letter, count);
  }
};

const rare = (date: DateTime, letter: string, count: number): string => {
  const fraction = padded(Number(date.ticks % TICKS.second), 7).slice(0, Math.min(count, 7));
  switch (letter) {
    case 'f':
      return fraction;
    case 'F':
      return fraction.replace(/0+$/, '');
    case 'K':
      return date.kind === 'Utc' ? 'Z' : date.kind === 'Local' ? '+00:00' : '';
    case 'z':
      return count === 1 ? '+0' : count === 2 ? '+00' : '+00:00';
    case 'g':
      return 'A.D.';
    default:
      return letter.repeat(count);
  }
};
