/** Days of the proleptic Gregorian calendar since 0001-01-01, and back. */

export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export const isLeap = (year: number): boolean =>
  (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;

const daysBefore = (year: number, month: number): number =>
  (BEFORE[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);

export const daysInMonth = (year: number, month: number): number =>
  daysBefore(year, month + 1) - daysBefore(year, month);

const daysBeforeYear = (year: number): number => {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
};

export const dayNumber = ({ year, month, day }: CalendarDay): number =>
  daysBeforeYear(year) + daysBefore(year, month) + day - 1;

export const dayOf = (number: number): CalendarDay => {
  let year = Math.floor(number / 365.2425) + 1;
  while (daysBeforeYear(year) > number) year -= 1;
  while (daysBeforeYear(year + 1) <= number) year += 1;
  const rest = number - daysBeforeYear(year);
  let month = 12;
  while (daysBefore(year, month) > rest) month -= 1;
  return { year, month, day: rest - daysBefore(year, month) + 1 };
};

export const dayOfYear = ({ year, month, day }: CalendarDay): number =>
  daysBefore(year, month) + day;

export const isDay = ({ year, month, day }: CalendarDay): boolean =>
  year >= 1 &&
  year <= 9999 &&
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= daysInMonth(year, month);
