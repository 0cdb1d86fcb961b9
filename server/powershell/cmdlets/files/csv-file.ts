import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import type { Steps } from '../../engine/steps.ts';
import {
  type CsvHeader,
  csvLinesOf,
  csvObjectsOf,
  delimiterOf,
  namesOf,
} from '../core/convert-csv.ts';
import { csvRows } from '../core/csv-text.ts';
import { perCall } from '../core/per-call.ts';
import { encodingOf, filesOf, Gathered, inAscii, linesOf, pathsOf, targetOf } from './access.ts';
import { textIn } from './content.ts';
import { noFile } from './faults.ts';
import { keep } from './out-file.ts';

const gathered = perCall(() => new Gathered());
const header = perCall((): CsvHeader => ({ names: null }));

const fileOf = ({ bound }: Call): string => bound.text('LiteralPath') ?? bound.text('Path') ?? '';

/** The columns of the file that is added to. */
function* columnsOf(call: Call): Steps<readonly string[] | null> {
  const place = yield* targetOf(call, fileOf(call));
  if (place === null) return null;
  const files = yield* filesOf(call, place.host);
  const lines = linesOf(files.at(place.path)?.text?.content ?? '');
  const [first] = lines.filter(line => !line.startsWith('#TYPE'));
  return first === undefined ? null : (csvRows(first, delimiterOf(call))[0] ?? null);
}

export const exportCsv: Cmdlet = {
  name: 'Export-Csv',
  synopsis: 'Writes objects to a file, a line of comma-separated values for each.',
  examples: [
    { line: 'Get-VM | Export-Csv C:\\Lists\\machines.csv -NoTypeInformation', about: 'A list.' },
  ],
  *begin(call) {
    if (call.bound.flag('Append')) header(call).names = yield* columnsOf(call);
  },
  *process(call) {
    const { names } = header(call);
    const object = call.bound.value('InputObject') ?? null;
    const own = new Set(namesOf(object).map(name => name.toLowerCase()));
    const missing = names?.find(name => !own.has(name.toLowerCase()));
    if (call.bound.flag('Append') && missing !== undefined && !call.bound.flag('Force'))
      throw new Terminating(mismatch(call, missing));
    for (const line of csvLinesOf(call, header(call))) gathered(call).add(call, `${line}\r\n`);
  },
  *end(call) {
    const encoding = encodingOf(call, 'ASCII');
    yield* keep(call, gathered(call), {
      as: text => (encoding === 'ASCII' ? inAscii(text) : text),
      path: fileOf(call),
      append: call.bound.flag('Append'),
      encoding,
    });
  },
};

/** Recalled. */
const mismatch = (call: Call, column: string): ReturnType<Call['shell']['fault']> =>
  call.shell.fault({
    message: `Cannot append CSV content to the following file: ${fileOf(call)}. The appended object does not have a property that corresponds to the following column: ${column}. To continue with mismatched properties, add the -Force parameter, and then retry the command.`,
    id: 'CannotAppendCsvWithMismatchedPropertyNames',
    category: 'InvalidData',
    exception: 'System.InvalidOperationException',
    target: column,
  });

export const importCsv: Cmdlet = {
  name: 'Import-Csv',
  synopsis: 'Makes objects of the lines of a file of comma-separated values.',
  examples: [
    { line: 'Import-Csv C:\\Lists\\racks.csv | Where-Object Rack -eq R1', about: 'Some.' },
  ],
  *process(call) {
    for (const written of pathsOf(call)) {
      const place = yield* targetOf(call, written);
      if (place === null) continue;
      const entry = (yield* filesOf(call, place.host)).at(place.path);
      if (entry === undefined) {
        yield* call.shell.error(noFile(call, place.path));
        continue;
      }
      const text = yield* textIn(call, entry);
      if (text !== null)
        for (const object of csvObjectsOf(call, linesOf(text))) yield* call.shell.write(object);
    }
  },
};
