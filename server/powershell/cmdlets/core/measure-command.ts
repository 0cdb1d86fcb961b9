import type { Cmdlet } from '../../engine/cmdlet.ts';
import { TimeSpan } from '../../value/time-span.ts';

export const measureCommand: Cmdlet = {
  name: 'Measure-Command',
  synopsis: 'Measures how long a script block takes, in the time of the lab.',
  examples: [{ line: 'Measure-Command { Start-VM WEB01 }', about: 'How long a start takes.' }],
  *process({ bound, shell }) {
    const before = shell.lab.now;
    yield* shell.call(bound.value('Expression') ?? null, {
      dollar: bound.value('InputObject') ?? null,
      scope: 'caller',
    });
    // Lab time and TimeSpan both count 100 ns.
    yield* shell.write(new TimeSpan(BigInt(shell.lab.now - before)));
  },
};
