import type { Json } from '../../base/json.ts';
import type { Id } from '../../protocol/id.ts';
import type { RecordKind, RecordOf } from '../../protocol/record/index.ts';
import type { ShellLab } from '../engine/lab.ts';

/**
 * A lab as one machine was when a snapshot was taken: its configuration and its drives. A drive of a
 * snapshot has an id that no drive has, so that nothing is done to the machine's own through it.
 */
export const snapshotView = (snapshot: RecordOf<'vm-snapshot'>, lab: ShellLab): ShellLab => {
  const { vm: id, host } = snapshot;
  const then = (): object => ({ ...lab.get('vm', id), ...snapshot.configuration });
  const drives = snapshot.drives.map((drive): RecordOf<'disk-drive'> => ({
    ...drive,
    id: `disk-drive:${snapshot.id}/${drive.controller}/${drive.controllerNumber}/${drive.location}`,
    host,
    vm: id,
  }));
  return {
    era: lab.era,
    get now() {
      return lab.now;
    },
    calendar: at => lab.calendar(at),
    events: limit => lab.events(limit),
    all: kind => lab.all(kind),
    get: <K extends RecordKind>(kind: K, wanted: Id<K>) => {
      const found: object | undefined =
        kind === 'vm' && wanted === id
          ? then()
          : kind === 'disk-drive'
            ? drives.find(drive => drive.id === wanted)
            : lab.get(kind, wanted);
      return found as RecordOf<K> | undefined;
    },
    by: <K extends RecordKind>(kind: K, column: string, value: Json) => {
      const found: readonly object[] =
        kind === 'disk-drive' && column === 'vm' && value === id
          ? drives
          : lab.by(kind, column, value);
      return found as readonly RecordOf<K>[];
    },
  };
};
