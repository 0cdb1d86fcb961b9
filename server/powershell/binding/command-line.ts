import type { Argument, BindingMistake, NamedArgument, Parameter } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';
import type { Extent } from '../syntax/extent.ts';
import type { Value } from '../value/value.ts';
import { bindOne } from './bind-one.ts';
import { alreadyBound, argumentMissing, parameterNotFound, positionNotFound } from './mistake.ts';
import { isSwitch, parameterNamed } from './parameter-name.ts';
import { bindPositions } from './position.ts';
import type { Working } from './working.ts';

/** Names take their values, then positions, then what takes the rest. Answers $args. */
export function* bindCommandLine(
  working: Working,
  args: readonly Argument[],
): Steps<readonly Value[]> {
  const { named, left } = pair(working, args);
  for (const { parameter, value, extent } of named) {
    if (working.isBound(parameter)) working.fail(alreadyBound(parameter.name, extent));
    const attempt = yield* bindOne(working, parameter, { value, extent, strict: false });
    if (!attempt.bound && attempt.mistake !== null) working.fail(attempt.mistake);
  }
  const plain = left.filter(one => one.kind === 'plain');
  const placed = new Set<Argument>(yield* bindPositions(working, plain));
  const over = left.filter(one => !placed.has(one));
  if (!working.signature.advanced) return over.flatMap(asArgs);
  const rest = yield* bindRemaining(working, over);
  for (const one of rest) working.fail(leftOver(working, one));
  return [];
}

interface Named {
  readonly parameter: Parameter;
  readonly value: Value;
  readonly extent: Extent;
}

/** Finds the parameters of `-Name`s, and gives each the word behind it unless it is a switch. */
const pair = (
  working: Working,
  args: readonly Argument[],
): { readonly named: readonly Named[]; readonly left: readonly Argument[] } => {
  const named: Named[] = [];
  const left: Argument[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at];
    if (argument === undefined) break;
    const parameter = argument.kind === 'named' ? resolve(working, argument) : null;
    if (argument.kind === 'plain' || parameter === null) left.push(argument);
    else if (argument.value !== undefined)
      named.push({ parameter, value: argument.value, extent: argument });
    else if (isSwitch(parameter)) named.push({ parameter, value: true, extent: argument });
    else {
      const value = args[at + 1];
      if (value?.kind !== 'plain')
        working.fail(argumentMissing(parameter.name, parameter.type, argument));
      named.push({ parameter, value: value.value, extent: value });
      at += 1;
    }
  }
  return { named, left };
};

const resolve = (working: Working, argument: NamedArgument): Parameter | null => {
  const found = parameterNamed(argument, working.own, working.common);
  return found !== null && isMistake(found) ? working.fail(found) : found;
};

const isMistake = (found: Parameter | BindingMistake): found is BindingMistake =>
  'message' in found;

/** ValueFromRemainingArguments: everything that found no place, as one array. */
function* bindRemaining(working: Working, over: readonly Argument[]): Steps<readonly Argument[]> {
  const plain = over.filter(one => one.kind === 'plain');
  const taker = working
    .unbound()
    .find(one => working.places(one).some(({ remaining }) => remaining));
  const [first] = plain;
  if (taker === undefined || first === undefined) return over;
  const value = plain.length === 1 ? first.value : plain.map(one => one.value);
  const attempt = yield* bindOne(working, taker, { value, extent: first, strict: false });
  if (!attempt.bound && attempt.mistake !== null) working.fail(attempt.mistake);
  return over.filter(one => one.kind !== 'plain');
}

const leftOver = ({ host, signature }: Working, argument: Argument): BindingMistake =>
  argument.kind === 'named'
    ? parameterNotFound(argument.name, argument, laterNamed(signature, argument.name))
    : positionNotFound(host.text(argument.value), argument);

/** `New-VM -Generation`, when only later versions have a parameter that begins so. */
const laterNamed = ({ name, later = [] }: Working['signature'], written: string): string | null => {
  const found = later.find(one => one.toLowerCase().startsWith(written.toLowerCase()));
  return found === undefined ? null : `${name} -${found}`;
};

/** What a simple function finds in $args. */
const asArgs = (argument: Argument): readonly Value[] => {
  if (argument.kind === 'plain') return [argument.value];
  const name = `-${argument.name}${argument.value === undefined ? '' : ':'}`;
  return argument.value === undefined ? [name] : [name, argument.value];
};
