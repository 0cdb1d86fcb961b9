import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { propertiesOf, property } from '../../value/member.ts';
import { PSObject } from '../../value/ps-object.ts';
import { textOf } from '../../value/text.ts';
import { typeName } from '../../value/type-names.ts';
import type { Value } from '../../value/value.ts';
import { csvLine, csvRows } from './csv-text.ts';
import { perCall } from './per-call.ts';

const header = perCall((): { names: readonly string[] | null } => ({ names: null }));
const texts = perCall((): string[] => []);

const delimiterOf = ({ bound }: Call): string => textOf(bound.value('Delimiter') ?? ',');

/** The first object's properties are the columns of all. */
export const convertToCsv: Cmdlet = {
  name: 'ConvertTo-Csv',
  synopsis: 'Turns objects into lines of comma-separated values.',
  examples: [
    { line: 'Get-VM | ConvertTo-Csv -NoTypeInformation', about: 'A line for each machine.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    const object = bound.value('InputObject') ?? null;
    if (object === null) return;
    const at = header(call);
    if (at.names === null) {
      at.names = namesOf(object);
      if (!bound.flag('NoTypeInformation')) yield* shell.write(`#TYPE ${typeName(object)}`);
      yield* shell.write(csvLine(at.names, delimiterOf(call)));
    }
    const fields = at.names.map(name => textOf(property(object, name)));
    yield* shell.write(csvLine(fields, delimiterOf(call)));
  },
};

const namesOf = (object: Value): readonly string[] =>
  object instanceof PSObject ? propertiesOf(object).map(({ name }) => name) : ['Length'];

export const convertFromCsv: Cmdlet = {
  name: 'ConvertFrom-Csv',
  synopsis: 'Turns lines of comma-separated values into objects.',
  examples: [
    { line: "'Name,Size', 'WEB01,2' | ConvertFrom-Csv", about: 'An object for each line.' },
  ],
  *process(call) {
    texts(call).push(...(call.bound.texts('InputObject') ?? []));
  },
  *end(call) {
    const text = texts(call)
      .filter(line => !line.startsWith('#TYPE'))
      .join('\n');
    const rows = csvRows(text, delimiterOf(call));
    const given = call.bound.texts('Header');
    const [first = [], ...rest] = rows;
    const names = given ?? first;
    for (const row of given === undefined ? rest : rows)
      yield* call.shell.write(
        CustomObject.of(names.map((name, index) => [name, row[index] ?? null] as const)),
      );
  },
};
