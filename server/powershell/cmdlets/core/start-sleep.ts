import type { Cmdlet } from '../../engine/cmdlet.ts';
import type { SimTime } from '../../../protocol/time.ts';
import { milliseconds, seconds } from '../../../protocol/time.ts';

/** A day: nobody means more, and the lab's clock may stand still anyway. */
const LONGEST_SECONDS = 86_400;

export const startSleep: Cmdlet = {
  name: 'Start-Sleep',
  synopsis: 'Waits, in the time of the lab.',
  examples: [{ line: 'Start-Sleep -Seconds 5', about: 'Five seconds of the lab, at its speed.' }],
  *process({ bound, shell }) {
    const span = bound.has('Milliseconds')
      ? milliseconds(Math.min(bound.number('Milliseconds') ?? 0, LONGEST_SECONDS * 1_000))
      : seconds(Math.min(bound.number('Seconds') ?? 0, LONGEST_SECONDS));
    yield* shell.until(() => false, (shell.lab.now + span) as SimTime);
  },
};
