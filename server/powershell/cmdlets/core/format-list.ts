import type { Cmdlet } from '../../engine/cmdlet.ts';
import type { ListLayout } from '../../format/layout.ts';
import { FormattedRow } from '../../format/row.ts';
import { isScalar } from '../../format/cell.ts';
import { listOf } from '../../format/view.ts';
import { cellsOf, shapeOf } from './layout-of.ts';
import { perCall } from './per-call.ts';
import { selectorsOf } from './selector.ts';

const selectors = perCall(call => selectorsOf(call, 'Property'));
const layouts = perCall(() => new Map<string, ListLayout>());

export const formatList: Cmdlet = {
  name: 'Format-List',
  synopsis: 'Shows objects as lists of properties.',
  examples: [{ line: 'Get-VM SQL01 | Format-List *', about: 'Everything there is to know.' }],
  *process(call) {
    const { bound, shell } = call;
    const object = bound.value('InputObject') ?? null;
    if (object === null) return;
    if (isScalar(object) && selectors(call).length === 0) return yield* shell.write(object);
    const cells = yield* cellsOf(call, selectors(call), object);
    const key = shapeOf(cells);
    const layout = layouts(call).get(key) ?? listOf(cells.fields);
    layouts(call).set(key, layout);
    yield* shell.write(new FormattedRow(layout, cells.values));
  },
};
