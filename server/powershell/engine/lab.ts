import type { Json } from '../../base/json.ts';
import type { Fact } from '../../protocol/fact.ts';
import type { Id } from '../../protocol/id.ts';
import type { RecordKind, RecordOf } from '../../protocol/record/index.ts';
import type { SimTime } from '../../protocol/time.ts';

/** What a shell sees of its lab: records as they are now, and the latest facts. Read only. */
export interface ShellLab {
  /** Which Windows Server it is: decides which cmdlets and parameters exist. */
  readonly era: '2012';
  readonly now: SimTime;
  /** Unix milliseconds of the lab's calendar at a lab time (UTC). */
  calendar(at: SimTime): number;
  get<K extends RecordKind>(kind: K, id: Id<K>): RecordOf<K> | undefined;
  /** All records of a kind, in the order of their ids. */
  all<K extends RecordKind>(kind: K): readonly RecordOf<K>[];
  /** Records whose indexed column has a value, e.g. `by('vm', 'host', 'host:HV01')`. */
  by<K extends RecordKind>(kind: K, column: string, value: Json): readonly RecordOf<K>[];
  /** The latest facts that matter to an event log, oldest first, at most `limit`. */
  events(limit: number): readonly Fact[];
}
