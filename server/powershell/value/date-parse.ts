import type { CalendarDay } from './calendar.ts';
import { DAYS, MONTHS } from './date-format.ts';
import { DateTime } from './date-time.ts';
import { TICKS } from './time-span.ts';

/** What [datetime]"..." takes: en-US and ISO forms; `today` completes a time alone. Null for no date. */
export const parseDate = (text: string, today: CalendarDay | null = null): DateTime | null => {
  const rest = withoutWeekday(text.trim().replace(/\s+/g, ' '));
  const time =
    /(?:^|[T ])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7})\d*)?)? ?(AM|PM)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(
      rest,
    );
  const dayText = (time === null ? rest : rest.slice(0, time.index)).trim().replace(/,$/, '');
  const day = dayText === '' && time !== null ? today : dayIn(dayText);
  if (day === null) return null;
  if (time === null) return DateTime.of(day);
  const ticks = ticksOf(time);
  if (ticks === null) return null;
  const date = DateTime.of(day, ticks, time[6] === undefined ? 'Unspecified' : 'Local');
  return date === null ? null : shifted(date, time[6]);
};

const withoutWeekday = (text: string): string => {
  const match = /^([a-z]{3,9}),? /i.exec(text);
  const name = match?.[1]?.toLowerCase();
  if (match === null || name === undefined) return text;
  const known = DAYS.some(
    day => day.toLowerCase() === name || day.slice(0, 3).toLowerCase() === name,
  );
  return known ? text.slice(match[0].length) : text;
};

const dayIn = (text: string): CalendarDay | null => {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso !== null) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const us = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})$/.exec(text);
  if (us !== null) return { year: century(us[3] ?? ''), month: Number(us[1]), day: Number(us[2]) };
  const named = /^(?:([a-z]{3,9}) (\d{1,2}),? (\d{4})|(\d{1,2})[ -]([a-z]{3,9})[ -](\d{4}))$/i.exec(
    text,
  );
  if (named === null) return null;
  const month = monthOf(named[1] ?? named[5] ?? '');
  return month === 0
    ? null
    : { year: Number(named[3] ?? named[6]), month, day: Number(named[2] ?? named[4]) };
};

/** Two digits are 1930 to 2029. */
const century = (digits: string): number => {
  const year = Number(digits);
  return digits.length > 2 ? year : year < 30 ? 2000 + year : 1900 + year;
};

const monthOf = (name: string): number => {
  const lower = name.toLowerCase();
  return (
    MONTHS.findIndex(
      month => month.toLowerCase() === lower || month.slice(0, 3).toLowerCase() === lower,
    ) + 1
  );
};

const ticksOf = (match: RegExpExecArray): bigint | null => {
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '', half] = match;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return (
    BigInt(hour) * TICKS.hour +
    BigInt(minutes) * TICKS.minute +
    BigInt(seconds) * TICKS.second +
    BigInt(fraction.padEnd(7, '0'))
  );
};

const shifted = (date: DateTime, zone: string | undefined): DateTime | null => {
  if (zone === undefined || zone.toUpperCase() === 'Z') return date;
  const digits = zone.replace(':', '');
  const minutes = BigInt(digits.slice(1, 3)) * 60n + BigInt(digits.slice(3, 5));
  return date.plus((zone.startsWith('-') ? minutes : -minutes) * TICKS.minute);
};
