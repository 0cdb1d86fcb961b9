import { dayOfYear } from '../../value/calendar.ts';
import { formatDate } from '../../value/date-format.ts';
import type { DateTime } from '../../value/date-time.ts';
import { TICKS } from '../../value/time-span.ts';

/** What a letter behind % means, as a custom format of .NET. Source: the page of Get-Date, Notes. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['A', 'dddd'],
  ['a', 'ddd'],
  ['B', 'MMMM'],
  ['b', 'MMM'],
  ['h', 'MMM'],
  ['c', 'ddd MMM dd HH:mm:ss yyyy'],
  ['D', 'MM/dd/yy'],
  ['x', 'MM/dd/yy'],
  ['d', 'dd'],
  ['F', 'yyyy-MM-dd'],
  ['H', 'HH'],
  ['I', 'hh'],
  ['M', 'mm'],
  ['m', 'MM'],
  ['p', 'tt'],
  ['R', 'HH:mm'],
  ['r', 'hh:mm:ss tt'],
  ['S', 'ss'],
  ['T', 'HH:mm:ss'],
  ['X', 'HH:mm:ss'],
  ['Y', 'yyyy'],
  ['G', 'yyyy'],
  ['y', 'yy'],
  ['g', 'yy'],
  ['Z', 'zz'],
]);

const UNIX_EPOCH = 621_355_968_000_000_000n;

const numbered = (date: DateTime, letter: string): string | null => {
  switch (letter) {
    case 's':
      return secondsOf(date);
    case 'j':
      return String(dayOfYear(date.day));
    case 'u':
      return String(date.weekday === 0 ? 7 : date.weekday);
    case 'w':
      return String(date.weekday);
    case 'C':
      return String(Math.floor(date.day.year / 100));
    case 'e':
      return String(date.day.day).padStart(2);
    case 'k':
      return String(date.part('hour', 24n)).padStart(2);
    case 'l':
      return String(date.part('hour', 24n) % 12 || 12).padStart(2);
    case 'U':
    case 'V':
    case 'W':
      return String(Math.floor(dayOfYear(date.day) / 7));
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '%':
      return '%';
    default:
      return null;
  }
};

/** Seconds since 1970, with what is left of the last one. */
const secondsOf = (date: DateTime): string => {
  const ticks = date.ticks - UNIX_EPOCH;
  const rest = String(ticks % TICKS.second)
    .padStart(7, '0')
    .replace(/0+$/, '');
  return `${ticks / TICKS.second}${rest === '' ? '' : `.${rest.slice(0, 5)}`}`;
};

/** Get-Date -UFormat. */
export const unixDate = (date: DateTime, format: string): string => {
  let out = '';
  // A plus at the beginning is a habit of Unix and means nothing.
  for (let at = format.startsWith('+') ? 1 : 0; at < format.length; at += 1) {
    const unit = format.charAt(at);
    if (unit !== '%') {
      out += unit;
      continue;
    }
    at += 1;
    const letter = format.charAt(at);
    const known = FORMATS.get(letter);
    out +=
      known === undefined ? (numbered(date, letter) ?? letter) : (formatDate(date, known) ?? '');
  }
  return out;
};
