import type { BindingMistake, Parameter, PlainArgument } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';
import { bindOne } from './bind-one.ts';
import type { Working } from './working.ts';

/**
 * Gives each position in turn the next plain argument. At a position the default set goes first, and
 * what fits without conversion goes before what must be converted: `Stop-VM $vm` is the set of objects.
 * Answers the arguments that found their place.
 */
export function* bindPositions(
  working: Working,
  plain: readonly PlainArgument[],
): Steps<readonly PlainArgument[]> {
  const placed: PlainArgument[] = [];
  let next = 0;
  for (const position of positions(working)) {
    const argument = plain[next];
    if (argument === undefined) break;
    if (candidates(working, position, working.valid).length === 0) continue;
    next += 1;
    if (yield* bindAt(working, position, argument)) placed.push(argument);
  }
  return placed;
}

const positions = (working: Working): readonly number[] => {
  const all = working
    .unbound()
    .flatMap(one =>
      working.places(one).flatMap(({ position, remaining }) => (remaining ? [] : (position ?? []))),
    );
  return [...new Set(all)].toSorted((one, other) => one - other);
};

const candidates = (
  working: Working,
  position: number,
  sets: readonly string[],
): readonly Parameter[] =>
  working
    .unbound()
    .filter(one =>
      working.places(one, sets).some(place => place.position === position && !place.remaining),
    );

/** `Add-Member NoteProperty Rack R1`: one of a parameter's own names is meant for it, not for any text. */
const isOwnName = ({ type, values }: Parameter, { value }: PlainArgument): boolean =>
  type !== 'System.String' &&
  typeof value === 'string' &&
  (values ?? []).some(name => name.toLowerCase() === value.toLowerCase());

function* bindAt(working: Working, position: number, argument: PlainArgument): Steps<boolean> {
  const [meant] = candidates(working, position, working.valid).filter(one =>
    isOwnName(one, argument),
  );
  if (meant !== undefined) {
    const attempt = yield* bindOne(working, meant, {
      value: argument.value,
      extent: argument,
      strict: false,
    });
    if (attempt.bound) return true;
  }
  const own = working.defaultSet === null ? [] : [working.defaultSet];
  for (const strict of [true, false])
    for (const sets of [own, working.valid]) {
      let mistake: BindingMistake | null = null;
      for (const parameter of candidates(working, position, sets)) {
        const attempt = yield* bindOne(working, parameter, {
          value: argument.value,
          extent: argument,
          strict,
        });
        if (attempt.bound) return true;
        mistake ??= attempt.mistake;
      }
      if (mistake !== null) working.fail(mistake);
    }
  return false;
}
