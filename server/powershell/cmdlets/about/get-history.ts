import type { Cmdlet } from '../../engine/cmdlet.ts';
import { property } from '../../value/property.ts';
import { type Property, PSObject } from '../../value/ps-object.ts';

export const getHistory: Cmdlet = {
  name: 'Get-History',
  synopsis: 'Lists the lines that were entered in this session.',
  examples: [{ line: 'Get-History -Count 5', about: 'The last five lines.' }],
  *process({ bound, shell }) {
    const ids = bound.values('Id')?.map(Number);
    const count = bound.number('Count');
    const wanted = shell.session.history.filter(({ id }) => ids === undefined || ids.includes(id));
    const shown = count === undefined ? wanted : wanted.slice(Math.max(wanted.length - count, 0));
    for (const { id, line } of shown) yield* shell.write(new HistoryInfo(id, line));
    for (const id of ids ?? [])
      if (!wanted.some(one => one.id === id))
        yield* shell.error(
          shell.fault({
            message: `Cannot locate the history for Id ${id}.`,
            id: 'GetHistoryNoHistoryForId',
            category: 'ObjectNotFound',
            exception: 'System.ArgumentException',
            target: id,
          }),
        );
  },
};

class HistoryInfo extends PSObject {
  readonly typeNames = ['Microsoft.PowerShell.Commands.HistoryInfo', 'System.Object'];
  readonly #id: number;
  readonly #line: string;

  constructor(id: number, line: string) {
    super();
    this.#id = id;
    this.#line = line;
  }

  properties(): readonly Property[] {
    return [
      property('Id', 'long', () => this.#id),
      property('CommandLine', 'string', () => this.#line),
    ];
  }

  text(): string {
    return this.#line;
  }
}
