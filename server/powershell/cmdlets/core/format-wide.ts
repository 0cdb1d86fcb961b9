import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { isScalar } from '../../format/cell.ts';
import type { WideLayout } from '../../format/layout.ts';
import { FormattedRow } from '../../format/row.ts';
import { tableFields } from '../../format/view.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import { atIndex, cellsOf, groupingOf, rowsOf } from './layout-of.ts';
import { perCall } from './per-call.ts';
import { selectorsOf, valueOf } from './selector.ts';

const selectors = perCall(call => selectorsOf(call, 'Property').slice(0, 1));
const layouts = perCall(call => {
  const { bound } = call;
  const by = groupingOf(call);
  const layout: WideLayout = {
    kind: 'wide',
    field: atIndex({ label: '' }, 0),
    columns: bound.number('Column') ?? null,
    auto: bound.flag('AutoSize'),
    group: by === null ? null : atIndex({ label: by.name }, 1),
  };
  return { by, layout };
});

export const formatWide: Cmdlet = {
  name: 'Format-Wide',
  synopsis: 'Shows one property of each object, several in a line.',
  examples: [{ line: 'Get-VM | Format-Wide Name -AutoSize', about: 'Just the names.' }],
  *process(call) {
    for (const row of rowsOf(call.bound.value('InputObject') ?? null)) yield* put(call, row);
  },
};

function* put(call: Call, object: Value): Steps<void> {
  const { shell } = call;
  if (isScalar(object) && selectors(call).length === 0) return yield* shell.write(object);
  const { values } = yield* cellsOf(call, selectors(call), object, tableFields(object));
  const { by, layout } = layouts(call);
  const group = by === null ? null : yield* valueOf(by, object, call);
  yield* shell.write(new FormattedRow(layout, [values[0] ?? textOf(object), group]));
}
