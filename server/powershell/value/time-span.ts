import { property } from './property.ts';
import { type Property, PSObject } from './ps-object.ts';
import { double, int64 } from './number.ts';
import type { Value } from './value.ts';

export const TICKS = {
  millisecond: 10_000n,
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
} as const;

/** System.TimeSpan: 100 ns ticks. */
export class TimeSpan extends PSObject {
  readonly typeNames = ['System.TimeSpan', 'System.ValueType', 'System.Object'];
  readonly ticks: bigint;

  constructor(ticks: bigint) {
    super();
    this.ticks = ticks;
  }

  /** A double of some unit, rounded to a millisecond as FromSeconds and its kin do. */
  static from(count: number, unit: keyof typeof TICKS): TimeSpan {
    const milliseconds = Math.round((count * Number(TICKS[unit])) / 10_000);
    return new TimeSpan(BigInt(milliseconds) * 10_000n);
  }

  /** `[-][d.]hh:mm[:ss[.fffffff]]`, or days alone; null for anything else. */
  static parse(text: string): TimeSpan | null {
    const match =
      /^\s*(-)?(?:(\d{1,8})|(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?)\s*$/.exec(
        text,
      );
    if (match === null) return null;
    const [, sign, alone, days, hours, minutes, seconds, part] = match;
    if (Number(hours ?? 0) > 23 || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 59)
      return null;
    const size =
      BigInt(alone ?? days ?? 0) * TICKS.day +
      BigInt(hours ?? 0) * TICKS.hour +
      BigInt(minutes ?? 0) * TICKS.minute +
      BigInt(seconds ?? 0) * TICKS.second +
      BigInt((part ?? '').padEnd(7, '0'));
    return new TimeSpan(sign === undefined ? size : -size);
  }

  properties(): readonly Property[] {
    return [
      property('Ticks', 'long', () => int64(this.ticks)),
      property('Days', 'int', () => Number(this.ticks / TICKS.day)),
      property('Hours', 'int', () => this.part('hour', 24n)),
      property('Milliseconds', 'int', () => this.part('millisecond', 1000n)),
      property('Minutes', 'int', () => this.part('minute', 60n)),
      property('Seconds', 'int', () => this.part('second', 60n)),
      ...(['Day', 'Hour', 'Millisecond', 'Minute', 'Second'] as const).map(unit =>
        property(`Total${unit}s`, 'double', () => double(this.total(unit))),
      ),
    ];
  }

  part(unit: keyof typeof TICKS, of: bigint): number {
    return Number((this.ticks / TICKS[unit]) % of);
  }

  total(unit: 'Day' | 'Hour' | 'Millisecond' | 'Minute' | 'Second'): number {
    const size = {
      Day: TICKS.day,
      Hour: TICKS.hour,
      Millisecond: TICKS.millisecond,
      Minute: TICKS.minute,
      Second: TICKS.second,
    };
    return Number(this.ticks) / Number(size[unit]);
  }

  text(): string {
    const size = this.ticks < 0n ? -this.ticks : this.ticks;
    const two = (n: bigint): string => n.toString().padStart(2, '0');
    const days = size / TICKS.day;
    const fraction = size % TICKS.second;
    return [
      this.ticks < 0n ? '-' : '',
      days > 0n ? `${days}.` : '',
      `${two((size / TICKS.hour) % 24n)}:${two((size / TICKS.minute) % 60n)}:${two((size / TICKS.second) % 60n)}`,
      fraction > 0n ? `.${fraction.toString().padStart(7, '0')}` : '',
    ].join('');
  }

  override comparable(): Value {
    return int64(this.ticks);
  }
}
