import {
  ALL_SETS,
  type BindingHost,
  type BindingMistake,
  type Parameter,
  type Place,
  type Signature,
} from '../engine/binder-port.ts';
import { Terminating } from '../engine/error-record.ts';
import type { Value } from '../value/value.ts';
import { commonParameters } from './ubiquitous.ts';

/** How far a command's binding is: what is bound, and which sets are still possible. */
export class Working {
  readonly signature: Signature;
  readonly host: BindingHost;
  readonly own: readonly Parameter[];
  readonly common: readonly Parameter[];
  readonly values = new Map<Parameter, Value>();
  /** Script blocks to be asked of every object of the pipeline. */
  readonly delayed = new Map<Parameter, Value>();
  valid: readonly string[];

  constructor(signature: Signature, host: BindingHost) {
    this.signature = signature;
    this.host = host;
    this.own = signature.parameters;
    this.common = commonParameters(signature);
    this.valid = setNames(signature);
  }

  place(parameter: Parameter, set: string): Place | undefined {
    return parameter.sets.get(set) ?? parameter.sets.get(ALL_SETS);
  }

  /** Where the parameter stands in the sets that are still possible. */
  places(parameter: Parameter, sets: readonly string[] = this.valid): readonly Place[] {
    return sets.flatMap(set => this.place(parameter, set) ?? []);
  }

  isBound(parameter: Parameter): boolean {
    return this.values.has(parameter) || this.delayed.has(parameter);
  }

  unbound(): readonly Parameter[] {
    return this.own.filter(one => !this.isBound(one));
  }

  isMandatory(parameter: Parameter): boolean {
    return [...parameter.sets.values()].some(({ mandatory }) => mandatory);
  }

  /** Leaves the sets that have the parameter. */
  narrow(parameter: Parameter): void {
    this.valid = this.valid.filter(set => this.place(parameter, set) !== undefined);
  }

  /** Mandatory in a set, and neither bound nor to come. */
  missing(set: string): readonly Parameter[] {
    return this.unbound().filter(one => this.place(one, set)?.mandatory === true);
  }

  get defaultSet(): string | null {
    const { defaultSet } = this.signature;
    return defaultSet !== null && this.valid.includes(defaultSet) ? defaultSet : null;
  }

  fail(mistake: BindingMistake): never {
    throw new Terminating(this.host.error(mistake));
  }
}

/** The default one first, then as parameters name them; a command without sets has the one of all. */
const setNames = ({ defaultSet, parameters }: Signature): readonly string[] => {
  const names = new Set(defaultSet === null ? [] : [defaultSet]);
  for (const { sets } of parameters) for (const name of sets.keys()) names.add(name);
  if (names.size > 1) names.delete(ALL_SETS);
  return names.size === 0 ? [ALL_SETS] : [...names];
};
