import { COMMON_NAMES } from '../../binding/ubiquitous.ts';
import type { Call } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { textOf } from '../../value/text.ts';

/** What every cmdlet may be given. */
const COMMON = [...COMMON_NAMES, 'Passthru', 'AsJob'];

/**
 * Says so when a parameter is bound that nothing is simulated for, before anything is changed. Known
 * ones are given by name, or as `Name:value` where only that value is simulated.
 */
export function* refuses(call: Call, known: readonly string[]): Steps<boolean> {
  const { bound, shell } = call;
  for (const name of bound.names()) {
    const given = bound.value(name) ?? null;
    // An object that comes by pipeline has properties that set nothing.
    if (given === null) continue;
    const value = textOf(given);
    if ([...COMMON, ...known].some(one => one === name || one === `${name}:${value}`)) continue;
    yield* shell.error(
      shell.fault({
        message: `${call.invokedAs} binds, but what its parameter ${name} sets is not simulated in era 2012.`,
        id: 'NotSimulated',
        category: 'NotImplemented',
        target: name,
      }),
    );
    return true;
  }
  return false;
}
