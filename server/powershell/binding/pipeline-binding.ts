import type {
  Binding,
  BindingMistake,
  CommonParameters,
  Parameter,
} from '../engine/binder-port.ts';
import type { ErrorRecord } from '../engine/error-record.ts';
import type { Steps } from '../engine/steps.ts';
import type { Value } from '../value/value.ts';
import { bindOne, type Offer } from './bind-one.ts';
import { readCommon } from './ubiquitous.ts';
import { ambiguousSet, inputLacks, inputNotBound } from './mistake.ts';
import type { Working } from './working.ts';

/** What came of the command line, and over it the latest object of the pipeline. */
export class PipelineBinding implements Binding {
  readonly common: CommonParameters;
  readonly rest: readonly Value[];
  readonly #working: Working;
  readonly #valid: readonly string[];
  readonly #line: readonly (readonly [Parameter, Value])[];
  #values: ReadonlyMap<string, Value>;

  constructor(working: Working, rest: readonly Value[]) {
    this.#working = working;
    this.#valid = working.valid;
    this.#line = [...working.values];
    this.#values = byName(working.values);
    this.common = readCommon(this.#values);
    this.rest = rest;
  }

  get values(): ReadonlyMap<string, Value> {
    return this.#values;
  }

  get set(): string {
    const { valid, defaultSet } = this.#working;
    return valid.length === 1 ? (valid[0] ?? '') : (defaultSet ?? valid[0] ?? '');
  }

  *take(input: Value): Steps<ErrorRecord | null> {
    const working = this.#working;
    if (!working.signature.advanced) return null;
    this.#restore();
    const mistake = yield* bindInput(working, input);
    this.#values = byName(working.values);
    return mistake === null ? null : working.host.error(mistake);
  }

  /** As the command line left it. */
  #restore(): void {
    const working = this.#working;
    working.valid = this.#valid;
    working.values.clear();
    for (const [parameter, value] of this.#line) working.values.set(parameter, value);
  }
}

const byName = (values: ReadonlyMap<Parameter, Value>): ReadonlyMap<string, Value> =>
  new Map([...values].map(([{ name }, value]) => [name, value]));

type Way = 'byValue' | 'byPropertyName';

/** By value and by property name as it is, then both with conversion. */
const PHASES: readonly { readonly way: Way; readonly strict: boolean }[] = [
  { way: 'byValue', strict: true },
  { way: 'byPropertyName', strict: true },
  { way: 'byValue', strict: false },
  { way: 'byPropertyName', strict: false },
];

function* bindInput(working: Working, input: Value): Steps<BindingMistake | null> {
  const delayed = yield* bindDelayed(working, input);
  if (typeof delayed === 'object') return delayed;
  let bound = delayed;
  for (const { way, strict } of PHASES) {
    const own = working.defaultSet === null ? [] : [working.defaultSet];
    for (const sets of [own, working.valid]) {
      const result = yield* bindPhase(working, input, { way, strict, sets });
      if (typeof result === 'object') return result;
      bound ||= result;
      if (result) break;
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

interface Phase {
  readonly way: Way;
  readonly strict: boolean;
  readonly sets: readonly string[];
}

function* bindPhase(
  working: Working,
  input: Value,
  { way, strict, sets }: Phase,
): Steps<boolean | BindingMistake> {
  let bound = false;
  for (const parameter of working.unbound()) {
    if (!working.places(parameter, sets).some(place => place[way])) continue;
    if (working.places(parameter).length === 0) continue;
    const value = way === 'byValue' ? input : propertyFor(working, parameter, input);
    if (value === undefined) continue;
    const attempt = yield* bindOne(working, parameter, offer(value, strict));
    if (attempt.bound) bound = true;
    else if (attempt.mistake?.category === 'InvalidData') return attempt.mistake;
  }
  return bound;
}

const offer = (value: Value, strict: boolean): Offer => ({ value, extent: null, strict });

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
  const complete = working.valid.filter(set => working.missing(set).length === 0);
  if (working.valid.length > 1) {
    if (complete.length === 0 && working.defaultSet === null) return ambiguousSet();
    working.valid =
      working.defaultSet !== null &&
      (complete.includes(working.defaultSet) || complete.length === 0)
        ? [working.defaultSet]
        : complete.slice(0, 1);
  }
  const [set = ''] = working.valid;
  const missing = working.missing(set);
  return missing.length === 0
    ? null
    : inputLacks(
        missing.map(({ name }) => name),
        input,
      );
};
