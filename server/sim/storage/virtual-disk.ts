import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { DiskId, HostId } from '../../protocol/id.ts';
import type { RecordOf, Values } from '../../protocol/record/index.ts';
import type { DiskContent } from '../../protocol/record/disk.ts';
import type { Turn } from '../engine/turn.ts';
import { DISK_LIMITS } from '../hardware/limits.ts';
import { MIB } from '../hardware/page.ts';
import type { BlockMap } from './block-map.ts';
import { joined, spanned, without } from './block-map.ts';
import type { DiskShape } from './disk-format.ts';
import { blocksWithin, defaultBlockSize, fileSizeOf, grainOf, isBlockSize } from './disk-format.ts';
import type { StorageFault } from './fault.ts';
import { storageFault } from './fault.ts';
import { fileAt } from './host-file.ts';
import { giveSpace, takeSpace } from './volume.ts';

// Virtual hard disk files: made, opened, grown and deleted by vhdmp.sys. A disk knows what is
// installed on it, so whichever virtual machine has it boots that. It never decides who attaches it.

type VirtualDisk = Values<'virtual-disk'>;

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
  readonly blockSize?: number;
  readonly logicalSectorSize?: 512 | 4096;
  readonly physicalSectorSize?: 512 | 4096;
  /** Bytes that the file of a copy has about: as many blocks as fit are there, from the first. */
  readonly fileSize?: number;
  /** What a copy holds. */
  readonly blocks?: BlockMap;
  readonly content?: DiskContent;
  readonly partitioned?: number;
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
  const shape = shapeOf(wanted, parent);
  if (!shape.ok) return shape;
  const { maximumSize, blockSize, logicalSectorSize } = shape.value;
  const blocks = wanted.blocks ?? firstBlocks(shape.value, wanted.fileSize);
  const fileSize = fileSizeOf(shape.value, blocks);
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
    blockSize,
    logicalSectorSize,
    physicalSectorSize:
      parent?.physicalSectorSize ?? wanted.physicalSectorSize ?? (format === 'VHD' ? 512 : 4096),
    parent: parent?.id ?? null,
    content: wanted.content ?? parent?.content ?? NO_CONTENT,
    partitioned: wanted.partitioned ?? parent?.partitioned ?? 0,
    blocks,
    unused: [],
    inUse: false,
    job: null,
    revision: 0,
    parentRevision: parent?.revision ?? null,
  });
  return ok(id);
}

/** The form of a new disk, or why there is none like it. */
function shapeOf(wanted: NewDisk, parent: VirtualDisk | null): Result<DiskShape, StorageFault> {
  const { path, format, type } = wanted;
  const logicalSectorSize = parent?.logicalSectorSize ?? wanted.logicalSectorSize ?? 512;
  const maximumSize = parent?.maximumSize ?? wanted.maximumSize ?? 0;
  const isWhole = maximumSize % logicalSectorSize === 0;
  if (maximumSize < SMALLEST || maximumSize > DISK_LIMITS[format] || !isWhole) {
    return fail(storageFault('InvalidSize', { path, maximumSize }));
  }
  const usual = defaultBlockSize(format, type);
  const blockSize = type === 'Fixed' ? usual : (wanted.blockSize ?? usual);
  if (type !== 'Fixed' && !isBlockSize(format, blockSize)) {
    return fail(storageFault('InvalidBlockSize', { path, blockSize }));
  }
  return ok({ format, type, maximumSize, blockSize, logicalSectorSize });
}

function firstBlocks(shape: DiskShape, fileSize = 0): BlockMap {
  if (fileSize === 0 || shape.type === 'Fixed') return [];
  return joined([[0, blocksWithin(shape, fileSize)]], []);
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

/** Why a chain of disks, the last child first, is none. */
export function chainFault(chain: readonly RecordOf<'virtual-disk'>[]): StorageFault | null {
  for (const [at, { path, parent, parentRevision, maximumSize }] of chain.entries()) {
    const next = chain[at + 1];
    if (parent === null) return null;
    if (next === undefined) return storageFault('ParentNotFound', { path });
    if (next.revision !== parentRevision) {
      return storageFault('ChainCorrupted', { path, parent: next.path });
    }
    if (next.maximumSize !== maximumSize) {
      return storageFault('SizeMismatch', { path, parent: next.path });
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
  const busy = [top, ...parents].find(({ inUse, job }) => inUse || job !== null);
  if (busy !== undefined) return storageFault('SharingViolation', { path: busy.path });
  if (isRead(turn, top.id)) return storageFault('SharingViolation', { path: top.path });
  return null;
}

/** Whether anybody has the file, or one that is based on it, open. */
export function isBusy(turn: Turn, disk: RecordOf<'virtual-disk'>): boolean {
  return disk.inUse || disk.job !== null || isRead(turn, disk.id);
}

/** Whether a differencing disk above this one is open. */
function isRead(turn: Turn, disk: DiskId): boolean {
  return turn.where('virtual-disk', 'parent', disk).some(child => isBusy(turn, child));
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
    turn.patch('virtual-disk', disk.id, { inUse: false, job: null });
  }
}

/**
 * What a guest writes: blocks that were not there are allocated, as far as the volume has room. Of a
 * differencing disk they are its own from then on.
 */
export function writeDisk(
  turn: Turn,
  id: DiskId,
  { at, bytes }: { readonly at: number; readonly bytes: number },
): Result<null, StorageFault> {
  const disk = turn.must('virtual-disk', id);
  const length = Math.min(bytes, disk.maximumSize - at);
  const written = [spanned(at, length, grainOf(disk))];
  const unused = without(disk.unused, written);
  return replaceBlocks(turn, disk, { blocks: joined(disk.blocks, written), unused });
}

/** Other blocks in the file; the volume gives or gets back what that changes. */
export function replaceBlocks(
  turn: Turn,
  disk: RecordOf<'virtual-disk'>,
  { blocks, unused }: { readonly blocks: BlockMap; readonly unused: BlockMap },
): Result<null, StorageFault> {
  const { id, host, path } = disk;
  const fileSize = fileSizeOf(disk, blocks);
  const bytes = fileSize - disk.fileSize;
  if (bytes > 0) {
    const taken = takeSpace(turn, host, { path, bytes });
    if (!taken.ok) return taken;
  } else if (bytes < 0) giveSpace(turn, host, { path, bytes: -bytes });
  turn.patch('virtual-disk', id, { blocks, unused, fileSize });
  return ok(null);
}

/** A guest has deleted what it wrote there; the blocks stay in the file until it is compacted. */
export function forgetWritten(
  turn: Turn,
  id: DiskId,
  { at, bytes }: { readonly at: number; readonly bytes: number },
): void {
  const disk = turn.must('virtual-disk', id);
  const [first, count] = spanned(at, bytes, grainOf(disk));
  // Of the blocks at both ends others may hold a part.
  const inner = [[first + 1, count - 2] as const];
  const there = without(disk.blocks, without(disk.blocks, inner));
  turn.patch('virtual-disk', id, { unused: joined(disk.unused, there) });
}

/** Setup made one partition of the whole disk. */
export function partitionWhole(turn: Turn, id: DiskId): void {
  const { maximumSize } = turn.must('virtual-disk', id);
  turn.patch('virtual-disk', id, { partitioned: maximumSize });
}

/** What is installed on the disk now: after an installation, or once setup has specialised it. */
export function writeContent(turn: Turn, disk: DiskId, content: DiskContent): void {
  turn.patch('virtual-disk', disk, { content });
}

/**
 * Deletes the file; an open one stays. Differencing disks made from it lose their parent, and drives
 * that had it name a path at which nothing is.
 */
export function deleteDisk(turn: Turn, disk: DiskId): Result<null, StorageFault> {
  const file = turn.get('virtual-disk', disk);
  if (file === undefined) return fail(storageFault('FileNotFound', { disk }));
  if (isBusy(turn, file)) {
    return fail(storageFault('SharingViolation', { path: file.path }));
  }
  giveSpace(turn, file.host, { path: file.path, bytes: file.fileSize });
  for (const drive of turn.where('disk-drive', 'disk', disk)) {
    turn.patch('disk-drive', drive.id, { disk: null, media: file.path });
  }
  turn.remove('virtual-disk', disk);
  return ok(null);
}
