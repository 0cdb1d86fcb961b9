import type { Call } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import type { Steps } from '../../engine/steps.ts';
import { formatDate } from '../../value/date-format.ts';
import { DateTime } from '../../value/date-time.ts';
import { Hashtable } from '../../value/hashtable.ts';
import { property } from '../../value/member.ts';
import { formatNumber } from '../../value/number-format.ts';
import { isNumber } from '../../value/number.ts';
import { ScriptBlock } from '../../value/script-block.ts';
import { isTrue, itemsOf, textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { allFields } from '../../format/view.ts';

/** What -Property names: a property, several by a wildcard, a script block, or a table of these. */
export interface Selector {
  readonly name: string;
  /** Set when `name` is a wildcard: which properties it is depends on the object. */
  readonly pattern: Wildcard | null;
  readonly block: Value;
  readonly options: Hashtable | null;
}

const EXPRESSION = ['expression', 'e'];
const LABEL = ['name', 'label', 'n', 'l'];

export const selectorOf = (value: Value, call: Call): Selector => {
  if (value instanceof Hashtable) return tableSelector(value, call);
  if (value instanceof ScriptBlock)
    return { name: value.text(), pattern: null, block: value, options: null };
  const name = textOf(value);
  const pattern = /[*?[]/.test(name) ? new Wildcard(name) : null;
  return { name, pattern, block: null, options: null };
};

const tableSelector = (options: Hashtable, call: Call): Selector => {
  const expression = optionOf(options, EXPRESSION);
  if (expression === undefined || expression === null)
    throw new Terminating(
      call.shell.fault({
        message: 'The hash table is missing a required key: Expression.',
        id: 'DictionaryKeyMissing',
        category: 'InvalidArgument',
      }),
    );
  const inner = selectorOf(expression, call);
  const label = optionOf(options, LABEL);
  return { ...inner, name: label === undefined ? inner.name : textOf(label), options };
};

/** A key by any of its names, or by an unambiguous beginning of the longest. */
export const optionOf = (options: Hashtable, names: readonly string[]): Value | undefined => {
  const [longest = ''] = names;
  for (const { key, value } of options.entries()) {
    const text = textOf(key).toLowerCase();
    if (names.includes(text) || (text.length > 0 && longest.startsWith(text))) return value;
  }
  return undefined;
};

export const isSet = (selector: Selector, name: string): boolean =>
  selector.options !== null && isTrue(optionOf(selector.options, [name]) ?? null);

export const selectorsOf = (call: Call, parameter: string): readonly Selector[] => {
  const values = call.bound.values(parameter) ?? [];
  return values.flatMap(value => (itemsOf(value) ?? [value]).map(one => selectorOf(one, call)));
};

/** The properties of this object that a selector means, each with its value. */
export function* selected(
  selector: Selector,
  object: Value,
  call: Call,
): Steps<readonly (readonly [name: string, value: Value])[]> {
  if (selector.block !== null) return [[selector.name, yield* computed(selector, object, call)]];
  const { name, pattern } = selector;
  if (pattern === null || selector.options !== null)
    return [[name, formatted(selector, property(object, sourceOf(selector)))]];
  return allFields(object)
    .filter(({ label }) => pattern.matches(label))
    .map(({ label, of }) => [label, of(object)] as const);
}

/** One value; of several results an array. */
export function* valueOf(selector: Selector, object: Value, call: Call): Steps<Value> {
  const [found] = yield* selected(selector, object, call);
  return found?.[1] ?? null;
}

function* computed(selector: Selector, object: Value, call: Call): Steps<Value> {
  const results = yield* call.shell.call(selector.block, { dollar: object, quiet: true });
  const value = results.length > 1 ? results : (results[0] ?? null);
  return formatted(selector, value);
}

/** The property that a table's expression names, when its label is another. */
const sourceOf = ({ name, options }: Selector): string =>
  options === null ? name : textOf(optionOf(options, EXPRESSION) ?? name);

const formatted = ({ options }: Selector, value: Value): Value => {
  const format = options === null ? undefined : optionOf(options, ['formatstring', 'f']);
  if (format === undefined || format === null) return value;
  const text = textOf(format);
  if (value instanceof DateTime) return formatDate(value, text) ?? value;
  return isNumber(value) ? formatNumber(value, text) : value;
};
