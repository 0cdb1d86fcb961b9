import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { sortOrder } from '../../value/compare.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { Note } from '../../value/property.ts';
import { PSObject } from '../../value/ps-object.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import { perCall } from './per-call.ts';
import { selectorsOf, valueOf } from './selector.ts';

const differences = perCall((): Value[] => []);
const selectors = perCall(call => selectorsOf(call, 'Property'));

export const compareObject: Cmdlet = {
  name: 'Compare-Object',
  synopsis: 'Shows what is in one of two lists and not in the other.',
  examples: [
    {
      line: 'Compare-Object (Get-VM).Name (Get-Content names.txt)',
      about: 'Names on one side only.',
    },
  ],
  *process(call) {
    differences(call).push(...(call.bound.values('DifferenceObject') ?? []));
  },
  *end(call) {
    const { bound, shell } = call;
    const left = yield* keyed(call, bound.values('ReferenceObject') ?? []);
    const right = yield* keyed(call, differences(call));
    for (const one of right) {
      const same = left.findIndex(other => isSame(one.keys, other.keys));
      if (same < 0) {
        if (!bound.flag('ExcludeDifferent')) yield* shell.write(sideOf(call, one, '=>'));
        continue;
      }
      left.splice(same, 1);
      if (bound.flag('IncludeEqual')) yield* shell.write(sideOf(call, one, '=='));
    }
    if (bound.flag('ExcludeDifferent')) return;
    for (const one of left) yield* shell.write(sideOf(call, one, '<='));
  },
};

interface Keyed {
  readonly object: Value;
  readonly keys: readonly Value[];
}

function* keyed(call: Call, objects: readonly Value[]): Steps<Keyed[]> {
  const by = selectors(call);
  const all: Keyed[] = [];
  for (const object of objects) {
    const keys: Value[] = [];
    for (const one of by) keys.push(yield* valueOf(one, object, call));
    all.push({ object, keys: by.length === 0 ? [object] : keys });
  }
  return all;
}

const isSame = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.every((key, index) => sortOrder(textOf(key), textOf(b[index] ?? null)) === 0);

const sideOf = (call: Call, { object, keys }: Keyed, side: string): Value => {
  if (call.bound.flag('PassThru')) {
    if (object instanceof PSObject)
      object.notes.set('sideindicator', new Note('SideIndicator', side));
    return object;
  }
  const result = new CustomObject();
  const by = selectors(call);
  if (by.length === 0) result.note('InputObject', object);
  else for (const [index, { name }] of by.entries()) result.note(name, keys[index] ?? null);
  result.note('SideIndicator', side);
  return result;
};
