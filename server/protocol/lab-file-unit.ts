import { z } from 'zod';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const TIB = 1024 ** 4;

const SIZE_UNITS: { readonly [unit: string]: number } = { MB: MIB, GB: GIB, TB: TIB };
const SPEED_UNITS: { readonly [unit: string]: number } = { Mbps: 1_000_000, Gbps: 1_000_000_000 };

// Twelve digits are more than any size needs; the bound keeps the arithmetic exact.
const QUANTITY = /^(\d{1,12})(?:\.(\d{1,3}))? ?([A-Za-z]{2,4})$/;

/** `1.5 GB` with GB as 2^30; null when the text is no quantity of these units. */
function quantity(text: string, units: { readonly [unit: string]: number }): number | null {
  const match = QUANTITY.exec(text);
  if (match === null) return null;
  const unit = Object.hasOwn(units, match[3] as string) ? units[match[3] as string] : undefined;
  if (unit === undefined) return null;
  const whole = Number(match[1]) * unit;
  const fraction = Math.round((Number(match[2] ?? '0') / 10 ** (match[2] ?? '').length) * unit);
  const sum = whole + fraction;
  return Number.isSafeInteger(sum) ? sum : null;
}

function quantityOf(units: { readonly [unit: string]: number }, range: Range): z.ZodType<number> {
  return z
    .string({ error: `is ${range.noun} such as ${range.example}` })
    .max(30)
    .transform((text, context) => {
      const value = quantity(text, units);
      if (value === null) {
        context.addIssue({ code: 'custom', message: `is ${range.noun} such as ${range.example}` });
        return z.NEVER;
      }
      if (value < range.min || value > range.max) {
        context.addIssue({
          code: 'custom',
          message: `is between ${range.minText} and ${range.maxText}`,
        });
        return z.NEVER;
      }
      return value;
    });
}

interface Range {
  readonly noun: string;
  readonly example: string;
  readonly min: number;
  readonly max: number;
  readonly minText: string;
  readonly maxText: string;
}

/** Bytes, written `512 MB`, `1.5 GB`, `64 TB`: a bare number would leave the unit to guessing. */
export function size(minText: string, maxText: string): z.ZodType<number> {
  const min = quantity(minText, SIZE_UNITS) ?? 0;
  const max = quantity(maxText, SIZE_UNITS) ?? 0;
  return quantityOf(SIZE_UNITS, { noun: 'a size', example: '4 GB', min, max, minText, maxText });
}

/** Bits a second, written `100 Mbps` or `10 Gbps`. */
export function speed(minText: string, maxText: string): z.ZodType<number> {
  const min = quantity(minText, SPEED_UNITS) ?? 0;
  const max = quantity(maxText, SPEED_UNITS) ?? 0;
  return quantityOf(SPEED_UNITS, {
    noun: 'a speed',
    example: '1 Gbps',
    min,
    max,
    minText,
    maxText,
  });
}

const CALENDAR = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Unix milliseconds of `2013-03-04T08:00:00Z`; null for what is no moment of 1970 to 2199. */
export function unixMilliseconds(text: string): number | null {
  const match = CALENDAR.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < 1970 || year > 2199 || month < 1 || month > 12) return null;
  if (day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) return null;
  let days = day - 1;
  for (let y = 1970; y < year; y += 1) days += isLeap(y) ? 366 : 365;
  for (let m = 1; m < month; m += 1) days += daysIn(year, m);
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] as number);
}

/** A moment of the lab's calendar, always UTC, as Unix milliseconds. */
export const moment = z
  .string({ error: 'is a moment such as 2013-03-04T08:00:00Z' })
  .max(30)
  .transform((text, context) => {
    const value = unixMilliseconds(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: 'is a moment such as 2013-03-04T08:00:00Z' });
    return z.NEVER;
  });
