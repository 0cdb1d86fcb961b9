import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { isScalar } from '../../format/cell.ts';
import type { Field, TableLayout } from '../../format/layout.ts';
import { FormattedRow } from '../../format/row.ts';
import { tableFields, tableOf, viewOf } from '../../format/view.ts';
import type { Value } from '../../value/value.ts';
import { atIndex, cellsOf, groupingOf, named, rowsOf } from './layout-of.ts';
import { perCall } from './per-call.ts';
import { type Selector, selectorsOf, valueOf } from './selector.ts';

/** The first object decides about the columns of all. */
interface Columns {
  readonly layout: TableLayout;
  readonly selectors: readonly Selector[];
  readonly fields: readonly Field[];
}

const columns = perCall((): { of: Columns | null } => ({ of: null }));
const grouping = perCall(call => ({ by: groupingOf(call) }));

export const formatTable: Cmdlet = {
  name: 'Format-Table',
  synopsis: 'Shows objects as a table.',
  examples: [
    { line: 'Get-VM | Format-Table Name, State -AutoSize', about: 'As narrow as it goes.' },
  ],
  *process(call) {
    for (const row of rowsOf(call.bound.value('InputObject') ?? null)) yield* put(call, row);
  },
};

function* put(call: Call, object: Value): Steps<void> {
  const { bound, shell } = call;
  if (isScalar(object) && !bound.has('Property')) return yield* shell.write(object);
  const at = columns(call);
  at.of ??= yield* columnsFor(call, object);
  const { layout, selectors, fields } = at.of;
  const { values } = yield* cellsOf(call, selectors, object, fields);
  const { by } = grouping(call);
  const group = by === null ? null : yield* valueOf(by, object, call);
  yield* shell.write(new FormattedRow(layout, [...values, group]));
}

function* columnsFor(call: Call, first: Value): Steps<Columns> {
  const { bound } = call;
  const selectors = yield* named(call, selectorsOf(call, 'Property'), first);
  // Sized to its content, a view's own widths do not count.
  const fields = tableFields(first).map(({ width, ...field }) =>
    width === undefined || bound.flag('AutoSize') ? field : { ...field, width },
  );
  const cells = yield* cellsOf(call, selectors, first, fields);
  const view = bound.has('Property') ? null : viewOf(first);
  const { by } = grouping(call);
  const layout = tableOf(cells.fields, {
    auto: bound.flag('AutoSize') || (view?.kind === 'table' && view.auto),
    headers: !bound.flag('HideTableHeaders'),
    wrap: bound.flag('Wrap'),
    group: by === null ? null : atIndex({ label: by.name }, cells.fields.length),
  });
  return { layout, selectors, fields };
}
