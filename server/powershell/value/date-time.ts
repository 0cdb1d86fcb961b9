import { type CalendarDay, dayNumber, dayOf, dayOfYear, daysInMonth, isDay } from './calendar.ts';
import { formatDate } from './date-format.ts';
import { DATE_TIME_KIND, DAY_OF_WEEK } from './enum.ts';
import { int64 } from './number.ts';
import { property } from './property.ts';
import { type Property, PSObject } from './ps-object.ts';
import { TICKS, TimeSpan } from './time-span.ts';
import type { Value } from './value.ts';

export type DateKind = 'Unspecified' | 'Utc' | 'Local';

export type DisplayHint = 'DateTime' | 'Date' | 'Time';

const MOST = 3_155_378_975_999_999_999n;
const UNIX_EPOCH = 621_355_968_000_000_000n;
const FILE_EPOCH = 504_911_232_000_000_000n;

/** System.DateTime: ticks since 0001-01-01. The lab's zone is UTC, so local time is universal time. */
export class DateTime extends PSObject {
  readonly typeNames = ['System.DateTime', 'System.ValueType', 'System.Object'];
  readonly ticks: bigint;
  readonly kind: DateKind;
  /** Which part of it a console shows: Get-Date -DisplayHint. */
  hint: DisplayHint = 'DateTime';

  constructor(ticks: bigint, kind: DateKind = 'Unspecified') {
    super();
    this.ticks = ticks;
    this.kind = kind;
  }

  /** Null when there is no such date. */
  static of(day: CalendarDay, ticksOfDay = 0n, kind: DateKind = 'Unspecified'): DateTime | null {
    return isDay(day) ? new DateTime(BigInt(dayNumber(day)) * TICKS.day + ticksOfDay, kind) : null;
  }

  static fromUnix(milliseconds: number, kind: DateKind = 'Local'): DateTime {
    return new DateTime(UNIX_EPOCH + BigInt(Math.round(milliseconds * 10_000)), kind);
  }

  static fromFileTime(fileTime: bigint, kind: DateKind = 'Local'): DateTime {
    return new DateTime(FILE_EPOCH + fileTime, kind);
  }

  get fileTime(): bigint {
    return this.ticks - FILE_EPOCH;
  }

  get day(): CalendarDay {
    return dayOf(Number(this.ticks / TICKS.day));
  }

  /** Sunday is 0. */
  get weekday(): number {
    return Number((this.ticks / TICKS.day + 1n) % 7n);
  }

  part(unit: keyof typeof TICKS, of: bigint): number {
    return Number((this.ticks / TICKS[unit]) % of);
  }

  /** Null when the result is no date of .NET. */
  plus(ticks: bigint): DateTime | null {
    const sum = this.ticks + ticks;
    return sum < 0n || sum > MOST ? null : new DateTime(sum, this.kind);
  }

  plusMonths(months: number): DateTime | null {
    const { year, month, day } = this.day;
    const count = year * 12 + month - 1 + months;
    const to = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
    if (to.year < 1 || to.year > 9999) return null;
    const last = daysInMonth(to.year, to.month);
    return DateTime.of({ ...to, day: Math.min(day, last) }, this.ticks % TICKS.day, this.kind);
  }

  properties(): readonly Property[] {
    return [
      property(
        'Date',
        'datetime',
        () => new DateTime(this.ticks - (this.ticks % TICKS.day), this.kind),
      ),
      property('Day', 'int', () => this.day.day),
      property('DayOfWeek', 'System.DayOfWeek', () => DAY_OF_WEEK.of(this.weekday)),
      property('DayOfYear', 'int', () => dayOfYear(this.day)),
      property('Hour', 'int', () => this.part('hour', 24n)),
      property('Kind', 'System.DateTimeKind', () => DATE_TIME_KIND.parse(this.kind)),
      property('Millisecond', 'int', () => this.part('millisecond', 1000n)),
      property('Minute', 'int', () => this.part('minute', 60n)),
      property('Month', 'int', () => this.day.month),
      property('Second', 'int', () => this.part('second', 60n)),
      property('Ticks', 'long', () => int64(this.ticks)),
      property('TimeOfDay', 'timespan', () => new TimeSpan(this.ticks % TICKS.day)),
      property('Year', 'int', () => this.day.year),
      {
        name: 'DateTime',
        type: 'System.Object',
        kind: 'ScriptProperty',
        get: () => formatDate(this, 'F'),
      },
    ];
  }

  /** The invariant culture's general form, as inside a string. */
  text(): string {
    const { year, month, day } = this.day;
    const two = (n: number): string => String(n).padStart(2, '0');
    const time = [this.part('hour', 24n), this.part('minute', 60n), this.part('second', 60n)];
    return `${two(month)}/${two(day)}/${String(year).padStart(4, '0')} ${time.map(two).join(':')}`;
  }

  override comparable(): Value {
    return int64(this.ticks);
  }
}
