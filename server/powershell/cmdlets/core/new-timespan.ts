import type { Cmdlet } from '../../engine/cmdlet.ts';
import { DateTime } from '../../value/date-time.ts';
import { TICKS, TimeSpan } from '../../value/time-span.ts';
import { nowOf } from './get-date.ts';

export const newTimeSpan: Cmdlet = {
  name: 'New-TimeSpan',
  synopsis: 'Makes a span of time.',
  examples: [{ line: 'New-TimeSpan -Minutes 90', about: 'An hour and a half.' }],
  *process(call) {
    const { bound, shell, set } = call;
    const [start, end] = [bound.value('Start'), bound.value('End')];
    const isDates = set === 'Date' || start !== undefined || end !== undefined;
    const from = start instanceof DateTime ? start : nowOf(call);
    const to = end instanceof DateTime ? end : nowOf(call);
    const part = (name: string, ticks: bigint): bigint =>
      BigInt(Math.trunc(bound.number(name) ?? 0)) * ticks;
    const ticks =
      part('Days', TICKS.day) +
      part('Hours', TICKS.hour) +
      part('Minutes', TICKS.minute) +
      part('Seconds', TICKS.second);
    yield* shell.write(new TimeSpan(isDates ? to.ticks - from.ticks : ticks));
  },
};
