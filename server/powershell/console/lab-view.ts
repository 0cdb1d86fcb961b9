import type { Json } from '../../base/json.ts';
import type { Broadcast } from '../../lab/broadcast.ts';
import type { LiveLab } from '../../lab/live-lab.ts';
import { clockOf } from '../../lab/clock-record.ts';
import type { Fact } from '../../protocol/fact.ts';
import type { RecordKind, RecordOf } from '../../protocol/record/index.ts';
import { type SimTime, TICKS_PER_SECOND } from '../../protocol/time.ts';
import type { ShellLab } from '../engine/lab.ts';

/** A shell's view of a lab that may be loaded again under it: always of the one that is there now. */
export function labView(live: () => LiveLab): ShellLab {
  const records = () => live().machine.world.records;
  const recordOf = <K extends RecordKind>(row: { readonly record: object }): RecordOf<K> =>
    row.record as RecordOf<K>;
  return {
    get era() {
      return clockOf(live().machine.world).era;
    },
    get now() {
      return live().machine.now;
    },
    calendar: (at: SimTime) =>
      clockOf(live().machine.world).calendarStart + Math.floor((at * 1_000) / TICKS_PER_SECOND),
    get: <K extends RecordKind>(kind: K, id: string) => {
      const row = records().row(kind, id);
      return row === undefined ? undefined : recordOf<K>(row);
    },
    all: <K extends RecordKind>(kind: K) =>
      records()
        .rows(kind)
        .map(row => recordOf<K>(row)),
    by: <K extends RecordKind>(kind: K, column: string, value: Json) =>
      records()
        .where(kind, column, value)
        .map(row => recordOf<K>(row)),
    events: limit => eventsOf(live().broadcast, limit),
  };
}

/** A console is seen by everyone, whoever drives it. */
export const eventsOf = ({ recent }: Pick<Broadcast, 'recent'>, limit: number): readonly Fact[] =>
  recent.filter(({ kind, audience }) => kind === 'event' && audience === 'everyone').slice(-limit);
