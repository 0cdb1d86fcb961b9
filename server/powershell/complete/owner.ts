import type { CommandFrame } from '../syntax/expectation.ts';
import type { Expression } from '../syntax/tree.ts';
import type { ParameterCandidate } from './port.ts';

/** How the arguments of a command are given to its parameters so far. */
export interface Owners {
  /** By full name in lower case; the texts of those arguments that are plain. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** The parameter that waits for the next value: its name was written last. */
  readonly waiting: ParameterCandidate | null;
  /** How many arguments were given by position. */
  readonly positional: number;
}

/** The parameter that a name, an alias or an unambiguous beginning means. */
export const parameterNamed = (
  parameters: readonly ParameterCandidate[],
  name: string,
): ParameterCandidate | null => {
  const low = name.toLowerCase();
  const exact = parameters.find(
    one => one.name.toLowerCase() === low || one.aliases.some(a => a.toLowerCase() === low),
  );
  if (exact !== undefined) return exact;
  const [only, ...more] = parameters.filter(one => one.name.toLowerCase().startsWith(low));
  return more.length === 0 ? (only ?? null) : null;
};

export const ownersOf = (
  { elements }: CommandFrame,
  parameters: readonly ParameterCandidate[],
): Owners => {
  const given = new Map<string, readonly string[]>();
  let waiting: ParameterCandidate | null = null;
  const values: Expression[] = [];
  for (const element of elements) {
    if (element.node === 'argument') {
      if (waiting === null) values.push(element.value);
      else given.set(waiting.name.toLowerCase(), textsOf(element.value));
      waiting = null;
      continue;
    }
    const named = parameterNamed(parameters, element.name);
    if (named === null) continue;
    given.set(named.name.toLowerCase(), textsOf(element.value));
    waiting = named.isSwitch || element.value !== null ? null : named;
  }
  const places = placesLeft(parameters, given);
  for (const [index, value] of values.entries()) {
    const place = places[index];
    if (place !== undefined) given.set(place.name.toLowerCase(), textsOf(value));
  }
  return { given, waiting, positional: values.length };
};

/** Parameters with a position that were not given by name, in order of their positions. */
export const placesLeft = (
  parameters: readonly ParameterCandidate[],
  given: ReadonlyMap<string, unknown>,
): ParameterCandidate[] => {
  const isGiven = ({ name }: ParameterCandidate): boolean => given.has(name.toLowerCase());
  // Several sets may have a parameter at one position; the first one listed stands for all.
  const taken = new Set(parameters.filter(isGiven).map(({ position }) => position));
  return parameters
    .filter(one => one.position !== null && !isGiven(one))
    .toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0))
    .filter(({ position }) => {
      if (taken.has(position)) return false;
      taken.add(position);
      return true;
    });
};

const textsOf = (value: Expression | null): string[] => {
  if (value === null) return [];
  if (value.node === 'array') return value.items.flatMap(textsOf);
  if (value.node === 'string') return [value.value];
  return value.node === 'number' ? [value.text] : [];
};
