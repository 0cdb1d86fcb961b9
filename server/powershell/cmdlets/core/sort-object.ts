import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { sortOrder } from '../../value/compare.ts';
import type { Value } from '../../value/value.ts';
import { perCall } from './per-call.ts';
import { type Selector, isSet, selectorsOf, valueOf } from './selector.ts';

interface Row {
  readonly object: Value;
  readonly keys: readonly Value[];
}

const rows = perCall((): Row[] => []);
const selectors = perCall(call => selectorsOf(call, 'Property'));

export const sortObject: Cmdlet = {
  name: 'Sort-Object',
  synopsis: 'Sorts objects by their properties.',
  examples: [
    { line: 'Get-VM | Sort-Object Uptime -Descending', about: 'The longest running first.' },
  ],
  *process(call) {
    const object = call.bound.value('InputObject') ?? null;
    rows(call).push({ object, keys: yield* keysOf(call, object) });
  },
  *end(call) {
    const { bound, shell } = call;
    const by = selectors(call);
    const ignoreCase = !bound.flag('CaseSensitive');
    const order = (a: Row, b: Row): number => {
      for (let index = 0; index < a.keys.length; index += 1) {
        const found = sortOrder(a.keys[index] ?? null, b.keys[index] ?? null, ignoreCase);
        if (found !== 0) return isDescending(by[index], bound.flag('Descending')) ? -found : found;
      }
      return 0;
    };
    let last: Row | null = null;
    for (const row of rows(call).toSorted(order)) {
      if (bound.flag('Unique') && last !== null && order(last, row) === 0) continue;
      last = row;
      yield* shell.write(row.object);
    }
  },
};

function* keysOf(call: Call, object: Value): Steps<readonly Value[]> {
  const by = selectors(call);
  if (by.length === 0) return [object];
  const keys: Value[] = [];
  for (const one of by) keys.push(yield* valueOf(one, object, call));
  return keys;
}

const isDescending = (selector: Selector | undefined, otherwise: boolean): boolean => {
  if (selector === undefined) return otherwise;
  if (isSet(selector, 'descending')) return true;
  return isSet(selector, 'ascending') ? false : otherwise;
};
