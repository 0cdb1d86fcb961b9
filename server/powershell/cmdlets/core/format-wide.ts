import type { Cmdlet } from '../../engine/cmdlet.ts';
import type { WideLayout } from '../../format/layout.ts';
import { FormattedRow } from '../../format/row.ts';
import { perCall } from './per-call.ts';
import { cellsOf } from './layout-of.ts';
import { selectorsOf } from './selector.ts';
import { textOf } from '../../value/text.ts';

const selectors = perCall(call => selectorsOf(call, 'Property'));
const layouts = perCall(({ bound }): WideLayout => ({
  kind: 'wide',
  field: { label: '', of: row => row },
  columns: bound.number('Column') ?? null,
  auto: bound.flag('AutoSize'),
  group: null,
}));

export const formatWide: Cmdlet = {
  name: 'Format-Wide',
  synopsis: 'Shows one property of each object, several in a line.',
  examples: [{ line: 'Get-VM | Format-Wide Name -AutoSize', about: 'Just the names.' }],
  *process(call) {
    const object = call.bound.value('InputObject') ?? null;
    if (object === null) return;
    const { values } = yield* cellsOf(call, selectors(call).slice(0, 1), object);
    yield* call.shell.write(new FormattedRow(layouts(call), values[0] ?? textOf(object)));
  },
};
