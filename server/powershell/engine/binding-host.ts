import { Terminating, type ErrorRecord } from './error-record.ts';
import type { Extent } from '../syntax/extent.ts';
import { isOfType } from '../value/convert.ts';
import { ownProperty } from '../value/member.ts';
import { regexOf } from '../value/regex/regex.ts';
import { ScriptBlock } from '../value/script-block.ts';
import { SwitchValue } from '../value/switch-value.ts';
import { textOf } from '../value/text.ts';
import { fullTypeName } from '../value/type-table.ts';
import { typeNames } from '../value/type-names.ts';
import type { Value } from '../value/value.ts';
import type { BindingHost, BindingMistake, Converted } from './binder-port.ts';
import { castTo } from './cast.ts';
import type { Context } from './context.ts';
import { placeOf } from './faults.ts';
import { Collector } from './sink.ts';
import type { Asking, Steps } from './steps.ts';

export interface Bearer {
  readonly name: string;
  readonly implementedBy: string;
  readonly invokedAs: string;
  readonly extent: Extent;
}

/** Asks whoever holds the keyboard; null when there is nobody. */
export function* ask(prompt: string, secret: boolean): Steps<string | null> {
  const wait: Asking = { wait: 'ask', prompt, secret, answer: null };
  yield wait;
  return wait.answer;
}

/** What the binder may ask of the evaluator, for one command. */
export const bindingHost = (
  bearer: Bearer,
  cx: Context,
  { position, expectsInput }: { readonly position: number; readonly expectsInput: boolean },
): BindingHost => ({
  pipelinePosition: position,
  expectsInput,
  convert: (value, type) => converted(value, type, cx),
  typeNames,
  property: ownProperty,
  text: value => textOf(value),
  matches: (text, pattern) => matches(text, pattern),
  isScriptBlock: value => value instanceof ScriptBlock,
  *call(block, dollar) {
    const collector = new Collector(cx.core.meter);
    if (block instanceof ScriptBlock)
      yield* cx.core.evaluator.call({ block, dollar, dotted: true }, cx, collector);
    return collector.values;
  },
  print: text => cx.core.setup.screen.print(`${text}\n`),
  ask,
  error: mistake => mistakeRecord(mistake, bearer, cx),
});

const converted = (value: Value, type: string, cx: Context): Converted => {
  const full = fullTypeName(type) ?? type;
  if (isOfType(value, full)) return { ok: true, value };
  try {
    const made = castTo(value, full, cx);
    return { ok: true, value: made instanceof SwitchValue ? made.present : made };
  } catch (problem) {
    if (problem instanceof Terminating) return { ok: false, message: problem.message };
    throw problem;
  }
};

/** False when the pattern is no pattern. */
const matches = (text: string, pattern: string): boolean => {
  try {
    return regexOf(pattern, { ignoreCase: true }).test(text);
  } catch (problem) {
    if (problem instanceof Terminating) return false;
    throw problem;
  }
};

const mistakeRecord = (mistake: BindingMistake, bearer: Bearer, cx: Context): ErrorRecord => ({
  message: mistake.message,
  id: `${mistake.id},${bearer.implementedBy}`,
  category: mistake.category,
  exception: mistake.exception,
  activity: bearer.name,
  reason: mistake.exception.slice(mistake.exception.lastIndexOf('.') + 1),
  target: mistake.target,
  command: bearer.invokedAs,
  place: placeOf(cx.from, mistake.extent ?? bearer.extent),
});
