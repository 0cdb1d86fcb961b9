import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Field, TableLayout } from '../../format/layout.ts';
import { FormattedRow } from '../../format/row.ts';
import { isScalar } from '../../format/cell.ts';
import { tableOf, viewOf } from '../../format/view.ts';
import { perCall } from './per-call.ts';
import { cellsOf, shapeOf } from './layout-of.ts';
import { selectorOf, selectorsOf, valueOf } from './selector.ts';
import type { Value } from '../../value/value.ts';
import { textOf } from '../../value/text.ts';

const selectors = perCall(call => selectorsOf(call, 'Property'));
const layouts = perCall(() => new Map<string, TableLayout>());

export const formatTable: Cmdlet = {
  name: 'Format-Table',
  synopsis: 'Shows objects as a table.',
  examples: [
    { line: 'Get-VM | Format-Table Name, State -AutoSize', about: 'As narrow as it goes.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    const object = bound.value('InputObject') ?? null;
    if (object === null) return;
    if (isScalar(object) && selectors(call).length === 0) return yield* shell.write(object);
    const cells = yield* cellsOf(call, selectors(call), object);
    const by = bound.value('GroupBy');
    const group = by === undefined ? null : yield* valueOf(selectorOf(by, call), object, call);
    const key = shapeOf(cells);
    const known = layouts(call).get(key);
    const layout = known ?? layoutOf(call, cells.fields, object);
    if (known === undefined) layouts(call).set(key, layout);
    yield* shell.write(new FormattedRow(layout, [...cells.values, group]));
  },
};

const layoutOf = ({ bound }: Call, fields: readonly Field[], object: Value): TableLayout => {
  const view = bound.has('Property') ? null : viewOf(object);
  const by = bound.value('GroupBy');
  const groupField: Field | null =
    by === undefined
      ? null
      : {
          label: textOf(by),
          of: row =>
            Array.isArray(row) ? ((row as readonly Value[])[fields.length] ?? null) : null,
        };
  return tableOf(fields, {
    auto: bound.flag('AutoSize') || (view?.kind === 'table' && view.auto),
    headers: !bound.flag('HideTableHeaders'),
    wrap: bound.flag('Wrap'),
    group: groupField,
  });
};
