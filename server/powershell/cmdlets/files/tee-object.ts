import type { Cmdlet } from '../../engine/cmdlet.ts';
import type { Value } from '../../value/value.ts';
import { papers } from '../core/out-sinks.ts';
import { perCall } from '../core/per-call.ts';
import { Gathered } from './access.ts';
import { inLines, keep } from './out-file.ts';

const objects = perCall((): Value[] => []);
const gathered = perCall(() => new Gathered());

export const teeObject: Cmdlet = {
  name: 'Tee-Object',
  synopsis: 'Keeps objects in a variable, or their text in a file, on their way through.',
  examples: [
    { line: 'Get-VM | Tee-Object -Variable all | Start-VM', about: 'Kept in $all.' },
    { line: 'Get-VM | Tee-Object C:\\Lists\\all.txt', about: 'Printed and kept.' },
  ],
  *process(call) {
    const object = call.bound.value('InputObject') ?? null;
    if (call.bound.has('Variable')) objects(call).push(object);
    else {
      const { formatting, pages } = papers(call);
      yield* formatting.put(object);
      gathered(call).add(call, pages.text);
      pages.text = '';
    }
    yield* call.shell.write(object);
  },
  *end(call) {
    const { bound, shell } = call;
    const name = bound.text('Variable');
    if (name !== undefined) {
      const all = objects(call);
      shell.session.setVariable(name, all.length === 1 ? (all[0] ?? null) : all);
      return;
    }
    const { formatting, pages } = papers(call);
    yield* formatting.end();
    gathered(call).add(call, pages.text);
    yield* keep(call, gathered(call), {
      as: inLines,
      path: bound.text('LiteralPath') ?? bound.text('FilePath') ?? '',
      append: bound.flag('Append'),
      encoding: 'Unicode',
    });
  },
};
