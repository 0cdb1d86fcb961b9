import type { BindingMistake, NamedArgument, Parameter } from '../engine/binder-port.ts';
import { ambiguousParameter } from './mistake.ts';

/** By name or alias without case, else by a prefix that only one parameter has; null when none has. */
export const parameterNamed = (
  argument: NamedArgument,
  own: readonly Parameter[],
  common: readonly Parameter[],
): Parameter | BindingMistake | null => {
  const written = argument.name.toLowerCase();
  const exact = [...own, ...common].find(one => namesOf(one).includes(written));
  if (exact !== undefined) return exact;
  const begins = (one: Parameter) => namesOf(one).some(name => name.startsWith(written));
  const matches = [...own.filter(begins), ...common.filter(begins)];
  const [first] = matches;
  if (first === undefined) return null;
  if (matches.length === 1) return first;
  // A command's own parameter goes before what all commands have.
  const [ours, another] = own.filter(begins);
  if (ours !== undefined && another === undefined) return ours;
  return ambiguousParameter(
    argument.name,
    matches.map(one => one.name),
    argument,
  );
};

const namesOf = ({ name, aliases }: Parameter): readonly string[] =>
  [name, ...aliases].map(one => one.toLowerCase());

export const isSwitch = ({ type }: Parameter): boolean =>
  /^(System\.Management\.Automation\.SwitchParameter|switch|SwitchParameter)$/i.test(type);
