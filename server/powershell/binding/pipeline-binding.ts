import type { Binding, CommonParameters, Parameter } from '../engine/binder-port.ts';
import type { ErrorRecord } from '../engine/error-record.ts';
import type { Steps } from '../engine/steps.ts';
import type { Value } from '../value/value.ts';
import { isAnything } from './argument-type.ts';
import { bindInput } from './bind-input.ts';
import { takerIn, type Taker } from './taker.ts';
import { readCommon } from './ubiquitous.ts';
import type { Working } from './working.ts';

/** What came of the command line, and over it the latest object of the pipeline. */
export class PipelineBinding implements Binding {
  readonly common: CommonParameters;
  readonly rest: readonly Value[];
  readonly #working: Working;
  readonly #valid: readonly string[];
  readonly #line: readonly (readonly [Parameter, Value])[];
  readonly #takers: readonly Taker[];
  /** The one parameter that takes every object as it is: -InputObject of most built-in cmdlets. */
  readonly #only: Parameter | null;
  #values: Map<string, Value>;

  constructor(working: Working, rest: readonly Value[]) {
    this.#working = working;
    this.#line = [...working.values];
    this.#takers = working.unbound().flatMap(one => takerIn(working, one) ?? []);
    this.#only = onlyTaker(working, this.#takers);
    this.#valid = working.valid;
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
    if (this.#only !== null && input !== null && input !== '') {
      // The map is made anew: whoever reads the values of the object before still has them.
      this.#values = new Map(this.#values).set(this.#only.name, input);
      return null;
    }
    if (!working.signature.advanced) return null;
    this.#restore();
    const mistake = yield* bindInput(working, this.#takers, input);
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

const byName = (values: ReadonlyMap<Parameter, Value>): Map<string, Value> => {
  const named = new Map<string, Value>();
  for (const [{ name }, value] of values) named.set(name, value);
  return named;
};

/**
 * When nothing about an object matters: one taker of anything in every set, nothing else to be decided.
 * Then the set is chosen now.
 */
const onlyTaker = (working: Working, takers: readonly Taker[]): Parameter | null => {
  const [taker] = takers;
  if (taker === undefined || takers.length > 1 || !taker.byValue) return null;
  const { parameter } = taker;
  const everywhere = working.valid.every(set => working.place(parameter, set)?.byValue === true);
  const waits = working.delayed.size > 0 || parameter.rules.length > 0;
  if (!everywhere || waits || !isAnything(parameter.type)) return null;
  const complete = working.valid.filter(set =>
    working.missing(set).every(one => one === parameter),
  );
  const own = working.defaultSet;
  const set = own !== null && complete.includes(own) ? own : complete[0];
  if (set === undefined) return null;
  working.valid = [set];
  return parameter;
};
