import { ALL_SETS, type Parameter, type Place, type Signature } from '../engine/binder-port.ts';
import { enumType } from '../value/enum.ts';

/** A command's parameter sets as Get-Help and Get-Command -Syntax print them, a line each. */
export const syntaxLines = (
  signature: Signature,
  sets: readonly string[],
  values: 'types' | 'values' = 'types',
): readonly string[] => sets.map(set => syntaxLine(signature, set, values));

const syntaxLine = (signature: Signature, set: string, values: 'types' | 'values'): string => {
  const words = inSet(signature, set).map(([parameter, place]) => word(parameter, place, values));
  const should = signature.shouldProcess ? ['[-WhatIf]', '[-Confirm]'] : [];
  return [signature.name, ...words, ...should, '[<CommonParameters>]'].join(' ');
};

/** Of one set: by position first, then in the order of the declaration. */
const inSet = ({ parameters }: Signature, set: string): readonly (readonly [Parameter, Place])[] =>
  parameters
    .flatMap((parameter): readonly (readonly [Parameter, Place])[] => {
      const place = parameter.sets.get(set) ?? parameter.sets.get(ALL_SETS);
      return place === undefined ? [] : [[parameter, place]];
    })
    .toSorted(([, one], [, other]) => order(one) - order(other));

const order = ({ position, mandatory }: Place): number => position ?? (mandatory ? 1_000 : 1_001);

const word = (parameter: Parameter, place: Place, values: 'types' | 'values'): string => {
  const name = place.position === null ? `-${parameter.name}` : `[-${parameter.name}]`;
  const type = valueName(parameter, values);
  const both = type === '' ? `-${parameter.name}` : `${name} ${type}`;
  return place.mandatory ? both : `[${both}]`;
};

/** `<String[]>`, `{Internal | Private}`; nothing for a switch. */
export const valueName = (
  { type, values }: Parameter,
  as: 'types' | 'values' = 'types',
): string => {
  const short = shortType(type);
  if (short === 'SwitchParameter') return '';
  const names = values ?? enumType(type)?.members.map(([name]) => name);
  return as === 'values' && names !== undefined ? `{${names.join(' | ')}}` : `<${short}>`;
};

/** Without its namespace, as the console prints types. */
export const shortType = (type: string): string => {
  const inner = /^System\.Nullable\[(.+)\]$/.exec(type)?.[1] ?? type;
  return inner.slice(inner.lastIndexOf('.') + 1);
};
