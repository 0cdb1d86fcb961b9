import type { Bound, Cmdlet, Shell } from '../../engine/cmdlet.ts';
import type { SimTime } from '../../../protocol/time.ts';
import { milliseconds, seconds } from '../../../protocol/time.ts';

/** A day: nobody means more, and the lab's clock may stand still anyway. */
const LONGEST_SECONDS = 86_400;

/** Source: the sentence of ValidateRange. */
const tooSmall = (shell: Shell, name: string, bound: Bound) =>
  shell.fault({
    message: `Cannot validate argument on parameter '${name}'. The ${bound.number(name)} argument is less than the minimum allowed range of 0. Supply an argument that is greater than or equal to 0 and then try the command again.`,
    id: 'ParameterArgumentValidationError',
    category: 'InvalidData',
    exception: 'System.Management.Automation.ParameterBindingValidationException',
  });

export const startSleep: Cmdlet = {
  name: 'Start-Sleep',
  synopsis: 'Waits, in the time of the lab.',
  examples: [{ line: 'Start-Sleep -Seconds 5', about: 'Five seconds of the lab, at its speed.' }],
  *process({ bound, shell }) {
    for (const name of ['Seconds', 'Milliseconds'])
      if ((bound.number(name) ?? 0) < 0) return yield* shell.error(tooSmall(shell, name, bound));
    const span = bound.has('Milliseconds')
      ? milliseconds(Math.min(bound.number('Milliseconds') ?? 0, LONGEST_SECONDS * 1_000))
      : seconds(Math.min(bound.number('Seconds') ?? 0, LONGEST_SECONDS));
    yield* shell.until(() => false, (shell.lab.now + span) as SimTime);
  },
};
