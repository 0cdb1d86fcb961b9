import type { BindingMistake, Parameter, Rule } from '../engine/binder-port.ts';
import type { Steps } from '../engine/steps.ts';
import type { Extent } from '../syntax/extent.ts';
import { Typed } from '../value/typed.ts';
import type { Value } from '../value/value.ts';
import { emptyArgument, notValid } from './mistake.ts';
import type { Working } from './working.ts';

/** Null and empty where a mandatory parameter forbids them, then the validation attributes. */
export function* invalid(
  working: Working,
  parameter: Parameter,
  value: Value,
  extent: Extent | null,
): Steps<BindingMistake | null> {
  const empty = working.isMandatory(parameter) ? emptiness(parameter, value) : null;
  if (empty !== null) return emptyArgument(parameter.name, empty, extent);
  for (const rule of parameter.rules) {
    const why = yield* refusal(working, rule, value);
    if (why !== null) return notValid(parameter.name, why, extent);
  }
  return null;
}

type Emptiness = 'Null' | 'EmptyString' | 'EmptyArray';

const emptiness = ({ rules }: Parameter, value: Value): Emptiness | null => {
  const may = (rule: Rule['rule']) => rules.some(one => one.rule === rule);
  if (value === null) return may('allow-null') ? null : 'Null';
  if (value === '') return may('allow-empty-string') ? null : 'EmptyString';
  if (!Array.isArray(value)) return null;
  if (value.length === 0) return may('allow-empty-collection') ? null : 'EmptyArray';
  if (value.includes(null) && !may('allow-null')) return 'Null';
  return value.includes('') && !may('allow-empty-string') ? 'EmptyString' : null;
};

function* refusal(working: Working, rule: Rule, value: Value): Steps<string | null> {
  const each: readonly Value[] = Array.isArray(value) ? (value as readonly Value[]) : [value];
  switch (rule.rule) {
    case 'allow-null':
    case 'allow-empty-string':
    case 'allow-empty-collection':
      return null;
    case 'not-null':
    case 'not-null-or-empty':
      return nothing(rule.rule, value);
    case 'count':
      return count(rule, each.length);
    case 'script':
      return yield* scripted(working, rule.block, each);
    case 'set':
    case 'range':
    case 'length':
    case 'pattern': {
      for (const one of each) {
        const why = element(working, rule, one);
        if (why !== null) return why;
      }
      return null;
    }
  }
}

const nothing = (rule: 'not-null' | 'not-null-or-empty', value: Value): string | null => {
  if (rule === 'not-null')
    return value === null
      ? 'The argument is null. Provide a valid value for the argument, and then try running the command again.'
      : null;
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return 'The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.';
  return Array.isArray(value) && (value.includes(null) || value.includes(''))
    ? 'The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.'
    : null;
};

const count = (rule: { readonly least: number; readonly most: number }, given: number) => {
  if (given > rule.most)
    return `The number of provided arguments, (${given}), exceeds the maximum number of allowed arguments (${rule.most}). Provide fewer than ${rule.most} arguments, and then try the command again.`;
  return given < rule.least
    ? `The number of provided arguments (${given}) is fewer than the minimum number of allowed arguments (${rule.least}). Provide more than ${rule.least} arguments, and then try the command again.`
    : null;
};

type ElementRule = Extract<Rule, { readonly rule: 'set' | 'range' | 'length' | 'pattern' }>;

const element = ({ host }: Working, rule: ElementRule, value: Value): string | null => {
  const text = host.text(value);
  switch (rule.rule) {
    case 'set': {
      const same = (one: string) =>
        rule.ignoreCase ? one.toLowerCase() === text.toLowerCase() : one === text;
      return rule.values.some(same)
        ? null
        : `The argument "${text}" does not belong to the set "${rule.values.join(',')}" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.`;
    }
    case 'range':
      return outside(rule, value instanceof Typed ? Number(value.value) : Number(value), text);
    case 'length':
      if (text.length < rule.least)
        return `The character length of the ${text.length} argument is too short. Specify an argument with a length that is greater than or equal to "${rule.least}", and then try the command again.`;
      return text.length > rule.most
        ? `The character length of the ${text.length} argument is too long. Shorten the character length of the argument so it is fewer than or equal to "${rule.most}" characters, and then try the command again.`
        : null;
    case 'pattern':
      return host.matches(text, rule.pattern)
        ? null
        : `The argument "${text}" does not match the "${rule.pattern}" pattern. Supply an argument that matches "${rule.pattern}" and try the command again.`;
  }
};

const outside = (
  { least, most }: { readonly least: number; readonly most: number },
  number: number,
  text: string,
): string | null => {
  if (number > most)
    return `The ${text} argument is greater than the maximum allowed range of ${most}. Supply an argument that is less than or equal to ${most} and then try the command again.`;
  return number < least
    ? `The ${text} argument is less than the minimum allowed range of ${least}. Supply an argument that is greater than or equal to ${least} and then try the command again.`
    : null;
};

function* scripted({ host }: Working, block: Value, each: readonly Value[]): Steps<string | null> {
  for (const one of each) {
    const [answer] = yield* host.call(block, one);
    if (
      answer === undefined ||
      answer === null ||
      answer === false ||
      answer === 0 ||
      answer === ''
    )
      return `The "${host.text(block)}" validation script for the argument with value "${host.text(one)}" did not return true. Determine why the validation script failed and then try the command again.`;
  }
  return null;
}
