import { ALL_SETS, type Parameter, type Place, type Rule } from '../engine/binder-port.ts';

/** Reads a parameter's line of facts/: `Name,VMName;System.String[];v*;0:!0`. */
export const parameterOf = (line: string, sets: readonly string[]): Parameter => {
  const [names = '', type = '', flags = '', places = '', ...facts] = line.split(';');
  const [name = '', ...aliases] = names.split(',');
  const fact = new Map(facts.map(one => split(one, '=')));
  const values = fact.get('values')?.split(',');
  const fallback = fact.get('default');
  return {
    name,
    aliases,
    type,
    sets: placesOf(places, sets, flags),
    rules: [...rangeOf(fact.get('range')), ...setOf(name, type, values)],
    wildcard: flags.includes('*'),
    ...(values === undefined ? {} : { values }),
    ...(fallback === undefined ? {} : { fallback }),
  };
};

/** The Windows PowerShell that first had the parameter of a line; undefined for always. */
export const sinceOf = (line: string): string | undefined => /;since=([\d.]+)/.exec(line)?.[1];

const placesOf = (
  text: string,
  sets: readonly string[],
  flags: string,
): ReadonlyMap<string, Place> =>
  new Map(
    text.split(' ').map(one => {
      const [set, place] = split(one, ':');
      return [set === '*' ? ALL_SETS : (sets[Number(set)] ?? ALL_SETS), placeOf(place, flags)];
    }),
  );

const placeOf = (text: string, flags: string): Place => {
  const position = text.replace('!', '');
  return {
    mandatory: text.startsWith('!'),
    position: position === '' ? null : Number(position),
    byValue: flags.includes('v'),
    byPropertyName: flags.includes('n'),
    remaining: flags.includes('r'),
  };
};

const rangeOf = (range: string | undefined): readonly Rule[] => {
  if (range === undefined) return [];
  const [least, most] = split(range, '..');
  return [{ rule: 'range', least: Number(least), most: Number(most) }];
};

/** Values of a text or a number are a ValidateSet; a -Scope takes numbers as well as its names. */
const setOf = (
  name: string,
  type: string,
  values: readonly string[] | undefined,
): readonly Rule[] =>
  values === undefined || name === 'Scope' || !/^System\.(String|U?Int\d+)(\[\])?$/.test(type)
    ? []
    : [{ rule: 'set', values, ignoreCase: true }];

const split = (text: string, by: string): readonly [string, string] => {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
};
