import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { DiskId, HostId } from '../../protocol/id.ts';
import type { RecordOf, Values } from '../../protocol/record/index.ts';
import type { DiskContent } from '../../protocol/record/vm.ts';
import type { Turn } from '../engine/turn.ts';
import { DISK_LIMITS } from '../hardware/limits.ts';
import { MIB } from '../hardware/page.ts';
import type { StorageFault } from './fault.ts';
import { storageFault } from './fault.ts';
import { fileAt } from './host-file.ts';
import { giveSpace, takeSpace } from './volume.ts';

// Virtual hard disk files: made, opened, grown and deleted by vhdmp.sys. A disk knows what is
// installed on it, so whichever virtual machine has it boots that. It never decides who attaches it.

type VirtualDisk = Values<'virtual-disk'>;

/** A new dynamic or differencing file: header, log, metadata and block table (chosen, about right). */
const EMPTY_FILE = 4 * MIB;

/** The smallest disk Hyper-V makes. */
const SMALLEST = 3 * MIB;

export const NO_CONTENT: DiskContent = {
  os: null,
  sysprepped: false,
  computerName: null,
  integrationComponents: null,
};

export interface NewDisk {
  readonly host: HostId;
  /** Full Windows path; nothing may be there yet. */
  readonly path: string;
  readonly format: VirtualDisk['format'];
  readonly type: VirtualDisk['type'];
  /** Bytes; a differencing disk has its parent's. */
  readonly maximumSize?: number;
  readonly parent?: DiskId;
  /** Bytes that the file takes already, for a copy. */
  readonly fileSize?: number;
  readonly content?: DiskContent;
}

export function createDisk(turn: Turn, wanted: NewDisk): Result<DiskId, StorageFault> {
  const { host, path, format, type } = wanted;
  const parent = wanted.parent === undefined ? null : turn.get('virtual-disk', wanted.parent);
  if (parent === undefined) return fail(storageFault('ParentNotFound', { path }));
  if (diskAt(turn, host, path) !== undefined || fileAt(turn, host, path) !== undefined)
    return fail(storageFault('FileExists', { path }));
  if (parent !== null && parent.format !== format) {
    return fail(storageFault('FormatMismatch', { path, parent: parent.path }));
  }
  const maximumSize = parent?.maximumSize ?? wanted.maximumSize ?? 0;
  if (maximumSize < SMALLEST || maximumSize > DISK_LIMITS[format]) {
    return fail(storageFault('InvalidSize', { path, maximumSize }));
  }
  const fileSize = type === 'Fixed' ? maximumSize : (wanted.fileSize ?? EMPTY_FILE);
  const taken = takeSpace(turn, host, { path, bytes: fileSize });
  if (!taken.ok) return taken;

  const { name, nextDisk } = turn.must('host', host);
  turn.patch('host', host, { nextDisk: nextDisk + 1 });
  const id: DiskId = `virtual-disk:${name}/${nextDisk}`;
  turn.insert('virtual-disk', id, {
    host,
    vm: null,
    path,
    format,
    type,
    maximumSize,
    fileSize,
    parent: parent?.id ?? null,
    content: wanted.content ?? parent?.content ?? NO_CONTENT,
    inUse: false,
    revision: 0,
    parentRevision: parent?.revision ?? null,
  });
  return ok(id);
}

/** The disk at a path, whatever the case of its letters. */
export function diskAt(
  turn: Turn,
  host: HostId,
  path: string,
): RecordOf<'virtual-disk'> | undefined {
  const wanted = path.toLowerCase();
  return turn.where('virtual-disk', 'host', host).find(disk => disk.path.toLowerCase() === wanted);
}

/** The disk, its parent, its parent's parent…; a parent that is gone ends it early. */
export function chainOf(turn: Turn, disk: DiskId): RecordOf<'virtual-disk'>[] {
  const chain: RecordOf<'virtual-disk'>[] = [];
  let next: DiskId | null = disk;
  while (next !== null) {
    const link: RecordOf<'virtual-disk'> | undefined = turn.get('virtual-disk', next);
    if (link === undefined) break;
    chain.push(link);
    next = link.parent;
  }
  return chain;
}

/** Opens a disk for its virtual machine: for writing, its parents for reading, and locks the files. */
export function openDisk(turn: Turn, disk: DiskId): Result<null, StorageFault> {
  const chain = chainOf(turn, disk);
  const [top, ...parents] = chain;
  if (top === undefined) return fail(storageFault('FileNotFound', { disk }));
  const fault = chainFault(chain) ?? lockFault(turn, top, parents);
  if (fault !== null) return fail(fault);

  // Whatever was made from it as a parent will not match it any more.
  turn.patch('virtual-disk', top.id, { inUse: true, revision: top.revision + 1 });
  turn.fact({
    kind: 'state',
    from: 'vhdmp',
    host: top.host,
    vm: top.vm,
    summary: `Opened ${top.path}`,
    data: { path: top.path, format: top.format, type: top.type, parents: parents.map(p => p.path) },
  });
  return ok(null);
}

function chainFault(chain: readonly RecordOf<'virtual-disk'>[]): StorageFault | null {
  for (const [at, { path, parent, parentRevision }] of chain.entries()) {
    const next = chain[at + 1];
    if (parent === null) return null;
    if (next === undefined) return storageFault('ParentNotFound', { path });
    if (next.revision !== parentRevision) {
      return storageFault('ChainCorrupted', { path, parent: next.path });
    }
  }
  return null;
}

/** One writer, or any number of readers, on each file. */
function lockFault(
  turn: Turn,
  top: RecordOf<'virtual-disk'>,
  parents: readonly RecordOf<'virtual-disk'>[],
): StorageFault | null {
  const busy = [top, ...parents].find(({ inUse }) => inUse);
  if (busy !== undefined) return storageFault('SharingViolation', { path: busy.path });
  if (isRead(turn, top.id)) return storageFault('SharingViolation', { path: top.path });
  return null;
}

/** Whether a differencing disk above this one is open. */
function isRead(turn: Turn, disk: DiskId): boolean {
  return turn
    .where('virtual-disk', 'parent', disk)
    .some(child => child.inUse || isRead(turn, child.id));
}

export function closeDisk(turn: Turn, disk: DiskId): void {
  const open = turn.get('virtual-disk', disk);
  if (open === undefined || !open.inUse) return;
  turn.patch('virtual-disk', disk, { inUse: false });
  turn.fact({
    kind: 'state',
    from: 'vhdmp',
    host: open.host,
    vm: open.vm,
    summary: `Closed ${open.path}`,
    data: { path: open.path, fileSize: open.fileSize },
  });
}

/** The host lost its power: nobody has a file open any more. */
export function forgetOpenDisks(turn: Turn, host: HostId): void {
  for (const disk of turn.where('virtual-disk', 'host', host)) {
    turn.patch('virtual-disk', disk.id, { inUse: false });
  }
}

/** Lets a dynamic or differencing file grow by what was written, as far as its volume has room. */
export function growDisk(turn: Turn, disk: DiskId, bytes: number): Result<null, StorageFault> {
  const { host, path, type, fileSize, maximumSize } = turn.must('virtual-disk', disk);
  if (type === 'Fixed') return ok(null);
  const grown = Math.min(bytes, maximumSize + EMPTY_FILE - fileSize);
  if (grown <= 0) return ok(null);
  const taken = takeSpace(turn, host, { path, bytes: grown });
  if (!taken.ok) return taken;
  turn.patch('virtual-disk', disk, { fileSize: fileSize + grown });
  return ok(null);
}

/** What is installed on the disk now: after an installation, or once setup has specialised it. */
export function writeContent(turn: Turn, disk: DiskId, content: DiskContent): void {
  turn.patch('virtual-disk', disk, { content });
}

/** Deletes the file; an open one stays. Differencing disks made from it lose their parent. */
export function deleteDisk(turn: Turn, disk: DiskId): Result<null, StorageFault> {
  const file = turn.get('virtual-disk', disk);
  if (file === undefined) return fail(storageFault('FileNotFound', { disk }));
  if (file.inUse || isRead(turn, disk)) {
    return fail(storageFault('SharingViolation', { path: file.path }));
  }
  giveSpace(turn, file.host, { path: file.path, bytes: file.fileSize });
  turn.remove('virtual-disk', disk);
  return ok(null);
}
