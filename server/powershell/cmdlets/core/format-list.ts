import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { isScalar } from '../../format/cell.ts';
import { FormattedRow } from '../../format/row.ts';
import { allFields, listFields, listOf } from '../../format/view.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { itemsOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import { atIndex, cellsOf, groupingOf, rowsOf } from './layout-of.ts';
import { perCall } from './per-call.ts';
import { selectorsOf, valueOf } from './selector.ts';

const selectors = perCall(call => selectorsOf(call, 'Property'));

/** A row is the lines of one object, and its group. */
const layouts = perCall(call => {
  const by = groupingOf(call);
  const group = by === null ? null : atIndex({ label: by.name }, 1);
  return { by, layout: listOf(linesOf, group) };
});

const linesOf = (row: Value) => {
  const lines = itemsOf(row)?.[0] ?? null;
  return allFields(lines).map(({ label, of }) => ({ label, of: () => of(lines) }));
};

export const formatList: Cmdlet = {
  name: 'Format-List',
  synopsis: 'Shows objects as lists of properties.',
  examples: [{ line: 'Get-VM SQL01 | Format-List *', about: 'Everything there is to know.' }],
  *process(call) {
    for (const row of rowsOf(call.bound.value('InputObject') ?? null)) yield* put(call, row);
  },
};

function* put(call: Call, object: Value): Steps<void> {
  const { shell } = call;
  if (isScalar(object) && selectors(call).length === 0) return yield* shell.write(object);
  const { fields, values } = yield* cellsOf(call, selectors(call), object, listFields(object));
  const lines = CustomObject.of(
    fields.map(({ label }, index) => [label, values[index] ?? null] as const),
  );
  const { by, layout } = layouts(call);
  const group = by === null ? null : yield* valueOf(by, object, call);
  yield* shell.write(new FormattedRow(layout, [lines, group]));
}
