import { LIMITS } from '../engine/limits.ts';
import { formatDate } from './date-format.ts';
import { DateTime } from './date-time.ts';
import { EnumValue } from './enum.ts';
import { fault } from './fault.ts';
import { Guid } from './guid.ts';
import { isNumber } from './number.ts';
import { formatNumber } from './number-format.ts';
import { textOf, tooLong } from './text.ts';
import { TimeSpan } from './time-span.ts';
import type { Value } from './value.ts';

const failed = (why: string) =>
  fault({
    message: `Error formatting a string: ${why}`,
    id: 'FormatError',
    category: 'InvalidOperation',
  });

/** One value by a format of .NET, in en-US. */
export const formatted = (value: Value, format: string): string => {
  if (isNumber(value)) return formatNumber(value, format);
  if (value instanceof DateTime) {
    const text = formatDate(value, format);
    if (text === null) throw failed('Input string was not in a correct format..');
    return text;
  }
  if (value instanceof TimeSpan) return formatSpan(value, format);
  if (value instanceof Guid) return value.format(format) ?? value.value;
  if (value instanceof EnumValue && /^[dDxX]$/.test(format))
    return format.toUpperCase() === 'D'
      ? String(value.number)
      : value.number.toString(16).toUpperCase().padStart(8, '0');
  return textOf(value);
};

/** Custom formats of a time span: `hh\:mm\:ss`; c, t, T and none are the constant one. */
export const formatSpan = (span: TimeSpan, format: string): string => {
  if (format === '' || /^[ctT]$/.test(format)) return span.text();
  const size = new TimeSpan(span.ticks < 0n ? -span.ticks : span.ticks);
  if (format === 'g')
    return size
      .text()
      .replace(/^0(?=\d:)/, '')
      .replace(/(\.\d*?)0+$/, '$1');
  return format.replace(/\\(.)|'([^']*)'|(d+|h+|m+|s+|f+)/g, (_all, one, quoted, letters) => {
    if (typeof letters !== 'string') return String(one ?? quoted);
    const part = {
      d: size.part('day', 100_000_000n),
      h: size.part('hour', 24n),
      m: size.part('minute', 60n),
      s: size.part('second', 60n),
      f: 0,
    }[letters.charAt(0) as 'd' | 'h' | 'm' | 's' | 'f'];
    if (letters.startsWith('f'))
      return (size.ticks % 10_000_000n).toString().padStart(7, '0').slice(0, letters.length);
    return String(part).padStart(letters.length, '0');
  });
};

const MOST_WIDTH = 100_000;

/** `-f` and String.Format: `{0,-10:N2}`, `{{` and `}}`. */
export const composite = (format: string, values: readonly Value[]): string => {
  let out = '';
  for (let at = 0; at < format.length;) {
    const letter = format.charAt(at);
    if ((letter === '{' || letter === '}') && format.charAt(at + 1) === letter) {
      out += letter;
      at += 2;
    } else if (letter === '{') {
      const end = format.indexOf('}', at);
      const item = /^\s*(\d{1,6})\s*(?:,\s*(-?\d{1,6})\s*)?(?::([\s\S]*))?$/.exec(
        end < 0 ? '' : format.slice(at + 1, end),
      );
      if (item === null) throw failed('Input string was not in a correct format..');
      out += placed(item, values);
      if (out.length > LIMITS.textLength) throw tooLong();
      at = end + 1;
    } else if (letter === '}') {
      throw failed('Input string was not in a correct format..');
    } else {
      out += letter;
      at += 1;
    }
  }
  return out;
};

const placed = (item: RegExpExecArray, values: readonly Value[]): string => {
  const index = Number(item[1]);
  if (index >= values.length)
    throw failed(
      'Index (zero based) must be greater than or equal to zero and less than the size of the argument list..',
    );
  const text = formatted(values[index] ?? null, item[3] ?? '');
  const width = Math.max(Math.min(Number(item[2] ?? 0), MOST_WIDTH), -MOST_WIDTH);
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
};
