import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import { formatDate } from '../../value/date-format.ts';
import { DateTime } from '../../value/date-time.ts';
import { TICKS } from '../../value/time-span.ts';
import { unixDate } from './unix-date.ts';

/** Lab time: what the clock of a host in the lab shows. */
export const nowOf = ({ shell }: Call): DateTime =>
  DateTime.fromUnix(shell.lab.calendar(shell.lab.now));

export const getDate: Cmdlet = {
  name: 'Get-Date',
  synopsis: 'Shows the date and time of the lab.',
  examples: [{ line: "Get-Date -Format 'HH:mm:ss'", about: 'Just the time.' }],
  *process(call) {
    const { bound, shell } = call;
    const given = bound.value('Date');
    const date = changed(call, given instanceof DateTime ? given : nowOf(call));
    const [format, unix] = [bound.text('Format'), bound.text('UFormat')];
    if (unix !== undefined) return yield* shell.write(unixDate(date, unix));
    if (format === undefined) return yield* shell.write(hinted(date, bound.text('DisplayHint')));
    const text = formatDate(date, format);
    if (text !== null) return yield* shell.write(text);
    throw new Terminating(
      shell.fault({
        message: 'Input string was not in a correct format.',
        id: 'System.FormatException',
        category: 'NotSpecified',
        exception: 'System.FormatException',
      }),
    );
  },
};

const HINTS = ['Date', 'Time'] as const;

/** Shown in part; whole behind it. */
const hinted = (date: DateTime, hint: string | undefined): DateTime => {
  const shown = new DateTime(date.ticks, date.kind);
  shown.hint = HINTS.find(one => one.toLowerCase() === hint?.toLowerCase()) ?? 'DateTime';
  return shown;
};

/** -Year, -Month ... replace that part of it. */
const changed = ({ bound, shell }: Call, date: DateTime): DateTime => {
  const { year, month, day } = date.day;
  const part = (name: string, now: number): bigint => BigInt(bound.number(name) ?? now);
  const ofDay =
    part('Hour', date.part('hour', 24n)) * TICKS.hour +
    part('Minute', date.part('minute', 60n)) * TICKS.minute +
    part('Second', date.part('second', 60n)) * TICKS.second +
    (bound.has('Millisecond')
      ? BigInt(bound.number('Millisecond') ?? 0) * TICKS.millisecond
      : date.ticks % TICKS.second);
  const on = {
    year: bound.number('Year') ?? year,
    month: bound.number('Month') ?? month,
    day: bound.number('Day') ?? day,
  };
  const made = DateTime.of(on, ofDay, date.kind);
  if (made !== null) return made;
  throw new Terminating(
    shell.fault({
      message: 'Year, Month, and Day parameters describe an un-representable DateTime.',
      id: 'System.ArgumentOutOfRangeException',
      category: 'InvalidArgument',
      exception: 'System.ArgumentOutOfRangeException',
    }),
  );
};
