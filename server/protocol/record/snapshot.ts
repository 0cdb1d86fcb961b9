import { bool, int, json, table, text, textOrNull } from '../field.ts';
import type { Id } from '../id.ts';
import type { SavedState } from './vm.ts';

/** A drive as it was, with the disk that nobody writes to any more. */
export interface SnapshotDrive {
  readonly type: 'HardDisk' | 'Dvd';
  readonly controller: 'IDE' | 'SCSI';
  readonly controllerNumber: number;
  readonly location: number;
  readonly disk: Id<'virtual-disk'> | null;
  readonly media: string | null;
  readonly [field: string]: string | number | null;
}

export const snapshotTable = table({
  kind: 'vm-snapshot',
  about: 'A snapshot of a virtual machine: configuration, disks as they were, and its memory.',
  scopes: ['vm'],
  indexes: ['host', 'vm'],
  fields: {
    host: text<Id<'host'>>({ list: true }),
    vm: text<Id<'vm'>>({ list: true }),
    name: text({ list: true }),
    parent: textOrNull<Id<'vm-snapshot'>>({ list: true }),
    /** Taken or applied last: what the machine is now stands below it. */
    current: bool({ list: true }),
    createdAt: int({ list: true }),
    /** What a machine is to which it was applied: Saved with a memory, else Off. */
    state: text<'Off' | 'Saved'>({ list: true }),
    /** Its configuration; memory and device state lie in a folder named like it. */
    path: text(),
    /** Bytes of these files. */
    size: int(),
    configuration: json<{ readonly [field: string]: string | number | readonly string[] }>(),
    drives: json<readonly SnapshotDrive[]>(),
    content: json<SavedState>({ class: 'hidden' }),
  },
});
