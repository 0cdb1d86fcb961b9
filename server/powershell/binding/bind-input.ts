import type { BindingMistake, Parameter } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';
import type { Value } from '../value/value.ts';
import { bindOne } from './bind-one.ts';
import { ambiguousSet, inputLacks, inputNotBound } from './mistake.ts';
import type { Taker } from './taker.ts';
import type { Working } from './working.ts';

type Way = 'byValue' | 'byPropertyName';

/** By value and by property name as it is, then both with conversion. */
const PHASES: readonly { readonly way: Way; readonly strict: boolean }[] = [
  { way: 'byValue', strict: true },
  { way: 'byPropertyName', strict: true },
  { way: 'byValue', strict: false },
  { way: 'byPropertyName', strict: false },
];

/** Binds one object of the pipeline over what the command line bound; null when it went well. */
export function* bindInput(
  working: Working,
  takers: readonly Taker[],
  input: Value,
): Steps<BindingMistake | null> {
  const delayed = yield* bindDelayed(working, input);
  if (typeof delayed === 'object') return delayed;
  let bound = delayed;
  for (const { way, strict } of PHASES) {
    const ways = takers.filter(taker => taker[way] && !working.isBound(taker.parameter));
    if (ways.length === 0) continue;
    const own = working.defaultSet;
    for (const sets of own === null ? [working.valid] : [[own], working.valid]) {
      const result = yield* bindPhase(working, input, { takers: ways, way, strict, sets });
      if (typeof result === 'object') return result;
      bound ||= result;
      if (result || working.valid.length === 1) break;
    }
  }
  return bound ? finish(working, input) : inputNotBound(input);
}

/** Values given as script blocks: each is asked with $_. */
function* bindDelayed(working: Working, input: Value): Steps<boolean | BindingMistake> {
  for (const [parameter, block] of working.delayed) {
    const output = yield* working.host.call(block, input);
    const value = output.length === 1 ? (output[0] ?? null) : output;
    const attempt = yield* bindOne(working, parameter, { value, extent: null, strict: false });
    if (!attempt.bound && attempt.mistake !== null) return attempt.mistake;
  }
  return working.delayed.size > 0;
}

const NUMBER = /^System\.(U?Int\d\d|Byte|Double|Single)$/;

interface Phase {
  readonly takers: readonly Taker[];
  readonly way: Way;
  readonly strict: boolean;
  readonly sets: readonly string[];
}

function* bindPhase(
  working: Working,
  input: Value,
  { takers, way, strict, sets }: Phase,
): Steps<boolean | BindingMistake> {
  let bound = false;
  for (const { parameter } of takers) {
    if (!working.places(parameter, sets).some(place => place[way])) continue;
    if (working.places(parameter).length === 0) continue;
    const value = way === 'byValue' ? input : propertyFor(working, parameter, input);
    if (value === undefined) continue;
    // A property without a value is no number: a drive without a physical disk has none of it.
    if (value === null && way === 'byPropertyName' && NUMBER.test(parameter.type)) continue;
    const attempt = yield* bindOne(working, parameter, { value, extent: null, strict });
    if (attempt.bound) bound = true;
    else if (attempt.mistake?.category === 'InvalidData') return attempt.mistake;
  }
  return bound;
}

const propertyFor = (
  { host }: Working,
  { name, aliases }: Parameter,
  input: Value,
): Value | undefined => {
  for (const one of [name, ...aliases]) {
    const value = host.property(input, one);
    if (value !== undefined) return value;
  }
  return undefined;
};

/** One set is left, and nothing of it is missing. */
const finish = (working: Working, input: Value): BindingMistake | null => {
  if (working.valid.length > 1) {
    const complete = working.valid.filter(set => working.missing(set).length === 0);
    const own = working.defaultSet;
    if (complete.length === 0 && own === null) return ambiguousSet();
    working.valid =
      own !== null && (complete.includes(own) || complete.length === 0)
        ? [own]
        : complete.slice(0, 1);
  }
  const [set = ''] = working.valid;
  const missing = working.missing(set).map(({ name }) => name);
  return missing.length === 0 ? null : inputLacks(missing, input);
};
