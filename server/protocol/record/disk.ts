import { bool, int, intOrNull, json, table, text, textOrNull } from '../field.ts';
import type { Id } from '../id.ts';

export type DiskFormat = 'VHD' | 'VHDX';
export type DiskType = 'Fixed' | 'Dynamic' | 'Differencing';

/** What is installed on a disk: the guest is a property of the disk. */
export interface DiskContent {
  /** Key of the guest operating system table; null is an empty disk. */
  readonly os: string | null;
  /** First boot still has to run setup's specialise pass. */
  readonly sysprepped: boolean;
  readonly computerName: string | null;
  /** Version of the integration components on it; null has none. */
  readonly integrationComponents: string | null;
  readonly [key: string]: string | boolean | null;
}

export const virtualDiskTable = table({
  kind: 'virtual-disk',
  about: 'A virtual hard disk file on a host’s volume.',
  scopes: ['host', 'vm'],
  indexes: ['host', 'path', 'parent'],
  fields: {
    host: text<Id<'host'>>(),
    /** The VM that has it attached, so that the VM's own scope shows it. */
    vm: textOrNull<Id<'vm'>>(),
    path: text(),
    format: text<DiskFormat>(),
    type: text<DiskType>(),
    maximumSize: int(),
    fileSize: int(),
    /** Bytes; 0 for a fixed disk, which has no blocks of its own. */
    blockSize: int(),
    logicalSectorSize: int(),
    physicalSectorSize: int(),
    parent: textOrNull<Id<'virtual-disk'>>(),
    content: json<DiskContent>(),
    /** Bytes from its beginning to the end of its last partition; 0 has none. */
    partitioned: int(),
    /** Blocks that are in the file; of a fixed disk those that hold data. */
    blocks: json<readonly (readonly [first: number, count: number])[]>(),
    /** Of these, blocks in which the guest has deleted everything again. */
    unused: json<readonly (readonly [first: number, count: number])[]>(),
    /** Opened by the storage VSP: the file's lock. */
    inUse: bool(),
    /** The job of VMMS that works on the file, and has it to itself. */
    job: textOrNull<Id<'job'>>(),
    /** Moves when it is opened for writing: stands for the data-write GUID of its header. */
    revision: int({ class: 'hidden' }),
    /** The parent's revision when this differencing disk was made; another one breaks the chain. */
    parentRevision: intOrNull({ class: 'hidden' }),
  },
});
