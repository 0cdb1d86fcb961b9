import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { propertiesOf, property } from '../../value/member.ts';
import { PSObject } from '../../value/ps-object.ts';
import { textOf } from '../../value/text.ts';
import { typeName } from '../../value/type-names.ts';
import type { Value } from '../../value/value.ts';
import { csvLine, csvRows } from './csv-text.ts';
import { perCall } from './per-call.ts';

const header = perCall((): CsvHeader => ({ names: null }));
const texts = perCall((): string[] => []);

export const delimiterOf = ({ bound }: Call): string => textOf(bound.value('Delimiter') ?? ',');

/** The first object's properties are the columns of all. */
export const convertToCsv: Cmdlet = {
  name: 'ConvertTo-Csv',
  synopsis: 'Turns objects into lines of comma-separated values.',
  examples: [
    { line: 'Get-VM | ConvertTo-Csv -NoTypeInformation', about: 'A line for each machine.' },
  ],
  *process(call) {
    for (const line of csvLinesOf(call, header(call))) yield* call.shell.write(line);
  },
};

/** Of which properties the columns are; null before the first object. */
export interface CsvHeader {
  names: readonly string[] | null;
}

/** The lines that an object makes: before the first those of its type and names. */
export const csvLinesOf = (call: Call, at: CsvHeader): readonly string[] => {
  const { bound } = call;
  const object = bound.value('InputObject') ?? null;
  if (object === null) return [];
  const lines: string[] = [];
  if (at.names === null) {
    at.names = namesOf(object);
    if (!bound.flag('NoTypeInformation')) lines.push(`#TYPE ${typeName(object)}`);
    lines.push(csvLine(at.names, delimiterOf(call)));
  }
  const fields = at.names.map(name => textOf(property(object, name)));
  return [...lines, csvLine(fields, delimiterOf(call))];
};

export const namesOf = (object: Value): readonly string[] =>
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
    for (const object of csvObjectsOf(call, texts(call))) yield* call.shell.write(object);
  },
};

/** The objects that lines of values make. */
export const csvObjectsOf = (call: Call, lines: readonly string[]): readonly CustomObject[] => {
  const text = lines.filter(line => !line.startsWith('#TYPE')).join('\n');
  const [, type] = /^#TYPE (\S+)/.exec(lines[0] ?? '') ?? [];
  const rows = csvRows(text, delimiterOf(call));
  const given = call.bound.texts('Header');
  const [first = [], ...rest] = rows;
  const names = given ?? first;
  return (given === undefined ? rest : rows).map(row => {
    const object = new CustomObject(type === undefined ? null : `CSV:${type}`);
    for (const [index, name] of names.entries()) object.note(name, row[index] ?? null);
    return object;
  });
};
