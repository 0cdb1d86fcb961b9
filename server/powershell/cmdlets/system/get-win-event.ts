import type { Json } from '../../../base/json.ts';
import type { Fact } from '../../../protocol/fact.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { Terminating } from '../../engine/error-record.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { DateTime } from '../../value/date-time.ts';
import { Hashtable } from '../../value/hashtable.ts';
import { isNumber, plainNumber } from '../../value/number.ts';
import { itemsOf, textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { computersOf } from './computers.ts';

/** Facts that a shell looks back over at most. */
const LOOKED_OVER = 8_192;

const LEVELS: Readonly<Record<string, number>> = {
  Critical: 1,
  Error: 2,
  Warning: 3,
  Information: 4,
};

interface LogEntry {
  readonly fact: Fact;
  readonly id: number;
  readonly level: number;
  readonly log: string;
  readonly provider: string;
}

export const getWinEvent: Cmdlet = {
  name: 'Get-WinEvent',
  synopsis: 'Lists events of the logs of a host, the newest first.',
  examples: [
    {
      line: 'Get-WinEvent Microsoft-Windows-Hyper-V-Worker-Admin -MaxEvents 10',
      about: 'What worker processes logged.',
    },
  ],
  *process(call) {
    const { bound, shell } = call;
    const hosts = new Set((yield* computersOf(call)).map(({ id }) => id));
    const wanted = filterOf(call);
    const entries = shell.lab
      .events(LOOKED_OVER)
      .filter(({ host }) => host !== null && hosts.has(host))
      .map(entryOf)
      .filter(entry => wanted.every(fits => fits(entry)));
    const ordered = bound.flag('Oldest') ? entries : entries.toReversed();
    const most = bound.number('MaxEvents') ?? Infinity;
    if (ordered.length === 0)
      yield* shell.error(
        shell.fault({
          message: 'No events were found that match the specified selection criteria.',
          id: 'NoMatchingEventsFound',
          category: 'ObjectNotFound',
          exception: 'System.Exception',
        }),
      );
    for (const entry of ordered.slice(0, most)) yield* shell.write(objectOf(call, entry));
  },
};

const entryOf = (fact: Fact): LogEntry => {
  const { id, level, channel, source } = fact.data;
  return {
    fact,
    id: typeof id === 'number' ? id : 0,
    level: LEVELS[said(level)] ?? 4,
    log: said(channel),
    provider: said(source),
  };
};

const said = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

type Fits = (entry: LogEntry) => boolean;

const filterOf = (call: Call): readonly Fits[] => {
  const { bound } = call;
  const table = firstTable(bound.values('FilterHashtable'));
  const logs = bound.texts('LogName');
  const providers = bound.texts('ProviderName');
  return [
    ...(logs === undefined ? [] : [named(logs, ({ log }: LogEntry) => log)]),
    ...(providers === undefined ? [] : [named(providers, ({ provider }: LogEntry) => provider)]),
    ...(table === undefined ? [] : tableFilters(call, table)),
  ];
};

const firstTable = (values: readonly Value[] | undefined): Hashtable | undefined => {
  const [first] = values ?? [];
  return first instanceof Hashtable ? first : undefined;
};

const named = (names: readonly string[], of: (entry: LogEntry) => string): Fits => {
  const patterns = names.map(name => new Wildcard(name));
  return entry => patterns.some(pattern => pattern.matches(of(entry)));
};

const tableFilters = (call: Call, table: Hashtable): readonly Fits[] =>
  [...table.entries()].map(({ key, value }) => {
    const texts = (itemsOf(value) ?? [value]).map(one => textOf(one));
    const numbers = (itemsOf(value) ?? [value]).flatMap(one =>
      isNumber(one) ? [plainNumber(one)] : [],
    );
    switch (textOf(key).toLowerCase()) {
      case 'logname':
        return named(texts, ({ log }) => log);
      case 'providername':
        return named(texts, ({ provider }) => provider);
      case 'id':
        return ({ id }) => numbers.includes(id);
      case 'level':
        return ({ level }) => numbers.includes(level);
      default:
        throw new Terminating(
          call.shell.fault({
            message: `The key ${textOf(key)} of -FilterHashtable is not simulated; LogName, ProviderName, Id and Level are.`,
            id: 'NotSimulated',
            category: 'NotImplemented',
          }),
        );
    }
  });

const objectOf = ({ shell }: Call, { fact, id, level, log, provider }: LogEntry): CustomObject => {
  const result = new CustomObject('System.Diagnostics.Eventing.Reader.EventLogRecord');
  const host = fact.host === null ? undefined : shell.lab.get('host', fact.host);
  result.note('TimeCreated', DateTime.fromUnix(shell.lab.calendar(fact.at)));
  result.note('Id', id);
  result.note('LevelDisplayName', Object.keys(LEVELS)[level - 1] ?? '');
  result.note('Level', level);
  result.note('Message', said(fact.data['message']) || fact.summary);
  result.note('ProviderName', provider);
  result.note('LogName', log);
  result.note('MachineName', host?.name ?? '');
  result.note('RecordId', fact.n);
  return result;
};
