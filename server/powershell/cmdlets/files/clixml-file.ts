import type { Cmdlet } from '../../engine/cmdlet.ts';
import { perCall } from '../core/per-call.ts';
import { encodingOf, filesOf, Gathered, pathsOf, targetOf } from './access.ts';
import { ClixmlWriter, readClixml } from './clixml.ts';
import { textIn } from './content.ts';
import { noFile } from './faults.ts';
import { keep } from './out-file.ts';

const gathered = perCall(() => ({ writer: new ClixmlWriter(), kept: new Gathered() }));

/** How deep an object is written when nothing is said, and at most. */
const DEPTH = 2;
const DEEPEST = 10;

export const exportClixml: Cmdlet = {
  name: 'Export-Clixml',
  synopsis: 'Writes objects to a file with their types and properties.',
  examples: [{ line: 'Get-VM | Export-Clixml C:\\Lists\\machines.xml', about: 'To read again.' }],
  *process(call) {
    const { bound } = call;
    const { writer, kept } = gathered(call);
    const depth = Math.min(DEEPEST, bound.number('Depth') ?? DEPTH);
    kept.add(call, `  ${writer.of(bound.value('InputObject') ?? null, depth)}\r\n`);
    yield* [];
  },
  *end(call) {
    const { bound } = call;
    yield* keep(call, gathered(call).kept, {
      as: text => ClixmlWriter.whole(text),
      path: bound.text('LiteralPath') ?? bound.text('Path') ?? '',
      encoding: encodingOf(call, 'Unicode'),
    });
  },
};

export const importClixml: Cmdlet = {
  name: 'Import-Clixml',
  synopsis: 'Makes objects of what Export-Clixml wrote.',
  examples: [{ line: 'Import-Clixml C:\\Lists\\machines.xml', about: 'As they were then.' }],
  *process(call) {
    const { shell } = call;
    for (const written of pathsOf(call)) {
      const place = yield* targetOf(call, written);
      if (place === null) continue;
      const entry = (yield* filesOf(call, place.host)).at(place.path);
      const text = entry === undefined ? null : yield* textIn(call, entry);
      if (entry === undefined) yield* shell.error(noFile(call, place.path));
      const objects = text === null ? [] : readClixml(text);
      if (objects === null)
        yield* shell.error(
          shell.fault({
            message:
              "Element 'Objs' with namespace name 'http://schemas.microsoft.com/powershell/2004/04' was not found.",
            id: 'System.Xml.XmlException',
            category: 'NotSpecified',
            exception: 'System.Xml.XmlException',
          }),
        );
      else for (const one of objects) yield* shell.write(one);
    }
  },
};
