import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { sortOrder } from '../../value/compare.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { ownProperty, propertiesOf } from '../../value/member.ts';
import { PSObject } from '../../value/ps-object.ts';
import { itemsOf } from '../../value/text.ts';
import { typeName } from '../../value/type-names.ts';
import type { Value } from '../../value/value.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { perCall } from './per-call.ts';
import { selected, selectorsOf } from './selector.ts';

interface Progress {
  seen: number;
  written: number;
  /** The end of what came, for -Last and -SkipLast. */
  readonly held: Value[];
  readonly unique: Value[];
}

const progress = perCall((): Progress => ({ seen: 0, written: 0, held: [], unique: [] }));
const selectors = perCall(call => selectorsOf(call, 'Property'));

export const selectObject: Cmdlet = {
  name: 'Select-Object',
  synopsis: 'Picks objects of a pipeline, or properties of objects.',
  examples: [
    { line: 'Get-VM | Select-Object Name, State', about: 'Two properties of each machine.' },
    { line: 'Get-VM | Select-Object -First 3', about: 'Three machines.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    const object = bound.value('InputObject') ?? null;
    const at = progress(call);
    const index = at.seen;
    at.seen += 1;
    const wanted = bound.values('Index');
    if (wanted !== undefined && !wanted.includes(index)) return;
    const last = bound.number('Last') ?? bound.number('SkipLast');
    if (last !== undefined) {
      yield* hold(call, object, last);
    } else {
      if (index < (bound.number('Skip') ?? 0)) return;
      const first = bound.number('First');
      if (first !== undefined && at.written >= first) return;
      at.written += 1;
      yield* write(call, object);
      if (first !== undefined && at.written >= first && !bound.flag('Wait')) shell.stopUpstream();
    }
  },
  *end(call) {
    const { bound } = call;
    if (!bound.has('Last')) return;
    const { held } = progress(call);
    const skip = bound.number('Skip') ?? 0;
    for (const object of held.slice(0, Math.max(0, held.length - skip))) yield* write(call, object);
  },
};

/** -Last keeps the end; -SkipLast lets through what is no end any more. */
function* hold(call: Call, object: Value, count: number): Steps<void> {
  const { held } = progress(call);
  const most = count + (call.bound.number('Skip') ?? 0);
  held.push(object);
  if (held.length <= most) return;
  const [oldest = null] = held.splice(0, 1);
  if (call.bound.has('SkipLast')) yield* write(call, oldest);
}

function* write(call: Call, object: Value): Steps<void> {
  const { bound, shell } = call;
  const expand = bound.text('ExpandProperty');
  const values =
    expand === undefined ? [yield* made(call, object)] : expanded(call, object, expand);
  for (const value of values ?? []) {
    if (bound.flag('Unique') && isKnown(call, value)) continue;
    yield* shell.write(value);
  }
  if (values !== null) return;
  yield* shell.error(
    shell.fault({
      message: `Property "${expand ?? ''}" cannot be found.`,
      id: 'ExpandPropertyNotFound',
      category: 'InvalidArgument',
      exception: 'System.Management.Automation.PSArgumentException',
      target: object,
    }),
  );
}

const expanded = (_call: Call, object: Value, name: string): readonly Value[] | null => {
  const value = ownProperty(object, name);
  if (value === undefined) return null;
  return itemsOf(value) ?? [value];
};

function* made(call: Call, object: Value): Steps<Value> {
  const by = selectors(call);
  if (by.length === 0) return object;
  const excluded = (call.bound.texts('ExcludeProperty') ?? []).map(text => new Wildcard(text));
  const result = new CustomObject(`Selected.${typeName(object)}`);
  for (const selector of by) {
    for (const [name, value] of yield* selected(selector, object, call))
      if (!excluded.some(pattern => pattern.matches(name)) && !result.notes.has(name.toLowerCase()))
        result.note(name, value);
  }
  return result;
}

const isKnown = (call: Call, value: Value): boolean => {
  const { unique } = progress(call);
  if (unique.some(other => isSame(other, value))) return true;
  unique.push(value);
  return false;
};

/** Objects are the same when all their properties are. */
const isSame = (a: Value, b: Value): boolean => {
  if (!(a instanceof PSObject && b instanceof PSObject)) return sortOrder(a, b, false) === 0;
  const [mine, others] = [propertiesOf(a), propertiesOf(b)];
  return (
    mine.length === others.length &&
    mine.every((one, index) => sortOrder(one.get(), others[index]?.get() ?? null, false) === 0)
  );
};
