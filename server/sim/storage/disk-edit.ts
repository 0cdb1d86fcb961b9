import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { DiskId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { DISK_LIMITS } from '../hardware/limits.ts';
import type { BlockMap } from './block-map.ts';
import { joined, resized, without } from './block-map.ts';
import { fileSizeOf, grainOf } from './disk-format.ts';
import type { StorageFault } from './fault.ts';
import { storageFault } from './fault.ts';
import { chainFault, chainOf, deleteDisk, isBusy, replaceBlocks } from './virtual-disk.ts';
import { giveSpace, takeSpace } from './volume.ts';

// What Edit Disk does to virtual hard disk files that nobody has open: another size, fewer blocks, a
// child's blocks in its parent.

type Disk = RecordOf<'virtual-disk'>;
type Done = Result<null, StorageFault>;

const DONE = ok(null);

/** The disks of a chain, the last child first, when each fits its parent and nobody is at work. */
export function idleChain(turn: Turn, disk: Disk): Result<Disk[], StorageFault> {
  const chain = chainOf(turn, disk.id);
  const fault = chainFault(chain);
  if (fault !== null) return fail(fault);
  const busy = isBusy(turn, disk) ? disk : chain.find(one => one.inUse || one.job !== null);
  if (busy !== undefined) return fail(storageFault('SharingViolation', { path: busy.path }));
  return ok(chain);
}

/** Everything that a disk and its parents hold, in blocks of that size. */
export function wholeMap(chain: readonly Disk[], blockSize: number): BlockMap {
  let map: BlockMap = [];
  for (const disk of chain) {
    map = joined(map, resized(without(disk.blocks, disk.unused), grainOf(disk), blockSize));
  }
  return map;
}

/**
 * Whether a disk may have that size: VHDX alone shrinks, and no partition is cut. A differencing disk
 * has its parent's size. MS Learn, Resize-VHD.
 */
export function checkResize(turn: Turn, disk: Disk, size: number): Done {
  const { path, format, type, maximumSize, partitioned, logicalSectorSize } = disk;
  if (isBusy(turn, disk)) return fail(storageFault('SharingViolation', { path }));
  if (type === 'Differencing') return fail(storageFault('InvalidType', { path, type }));
  if (size <= 0 || size > DISK_LIMITS[format] || size % logicalSectorSize !== 0) {
    return fail(storageFault('InvalidSize', { path, size }));
  }
  if (size >= maximumSize) return DONE;
  if (format === 'VHD') return fail(storageFault('InvalidType', { path, format }));
  if (size < partitioned) return fail(storageFault('WouldTruncateData', { path, size }));
  return DONE;
}

/** The size to which a disk shrinks at most: the end of its last partition. */
export function minimumSize(disk: Disk): Result<number, StorageFault> {
  const { path, partitioned, maximumSize } = disk;
  if (partitioned === 0) return fail(storageFault('NoMinimumSize', { path }));
  if (partitioned >= maximumSize) return fail(storageFault('AtMinimumSize', { path }));
  return ok(partitioned);
}

/** A partition stays as it is: what was added is not partitioned yet. */
export function resizeDisk(turn: Turn, id: DiskId, size: number): Done {
  const disk = turn.must('virtual-disk', id);
  const grain = grainOf(disk);
  const beyond = [[Math.ceil(size / grain), Number.MAX_SAFE_INTEGER / 2] as const];
  const blocks = without(disk.blocks, beyond);
  const unused = without(disk.unused, beyond);
  const fileSize = fileSizeOf({ ...disk, maximumSize: size }, blocks);
  const { host, path } = disk;
  const more = fileSize - disk.fileSize;
  if (more > 0) {
    const taken = takeSpace(turn, host, { path, bytes: more });
    if (!taken.ok) return taken;
  } else giveSpace(turn, host, { path, bytes: -more });
  turn.patch('virtual-disk', id, { maximumSize: size, fileSize, blocks, unused });
  return DONE;
}

/** Blocks in which the guest has nothing any more leave the file. */
export function compactDisk(turn: Turn, id: DiskId): Done {
  const disk = turn.must('virtual-disk', id);
  const blocks = without(disk.blocks, disk.unused);
  return replaceBlocks(turn, disk, { blocks, unused: [] });
}

/** The disk that a merge ends in: the parent, or the one of its parents at that path. */
export function mergeTarget(chain: readonly Disk[], into: string | null): Disk | null {
  const [, ...parents] = chain;
  if (into === null) return parents[0] ?? null;
  const key = into.toLowerCase();
  return parents.find(({ path }) => path.toLowerCase() === key) ?? null;
}

/**
 * Takes the blocks of a disk, and of those between, into one of its parents. Every other child of
 * those has lost what it was based on; the merged files go.
 */
export function mergeDisk(turn: Turn, id: DiskId, target: DiskId): Done {
  const chain = chainOf(turn, id);
  const depth = chain.findIndex(disk => disk.id === target);
  const merged = chain.slice(0, depth);
  const parent = turn.must('virtual-disk', target);
  const grain = grainOf(parent);
  let blocks: BlockMap = parent.blocks;
  for (const disk of merged) blocks = joined(blocks, resized(disk.blocks, grainOf(disk), grain));
  const replaced = replaceBlocks(turn, parent, { blocks, unused: [] });
  if (!replaced.ok) return replaced;
  const { content, partitioned } = turn.must('virtual-disk', id);
  turn.patch('virtual-disk', target, { content, partitioned, revision: parent.revision + 1 });
  for (const disk of merged) {
    turn.patch('virtual-disk', disk.id, { job: null });
    deleteDisk(turn, disk.id);
  }
  return DONE;
}

/**
 * A child and its only parent become one file, also while it is open: whoever had the child has the
 * parent from then on, and is told nothing.
 */
export function absorb(turn: Turn, child: Disk): Result<DiskId, StorageFault> {
  const [, parent] = chainOf(turn, child.id);
  const fault = chainFault(chainOf(turn, child.id));
  if (fault !== null || parent === undefined) {
    return fail(fault ?? storageFault('ParentNotFound', { path: child.path }));
  }
  const grain = grainOf(parent);
  const blocks = joined(parent.blocks, resized(child.blocks, grainOf(child), grain));
  const unused = without(parent.unused, resized(child.blocks, grainOf(child), grain));
  const replaced = replaceBlocks(turn, parent, { blocks, unused });
  if (!replaced.ok) return replaced;
  const { content, partitioned, inUse, vm } = child;
  const revision = parent.revision + 1;
  turn.patch('virtual-disk', parent.id, { content, partitioned, inUse, vm, revision });
  for (const below of turn.where('virtual-disk', 'parent', child.id)) {
    turn.patch('virtual-disk', below.id, { parent: parent.id, parentRevision: revision });
  }
  giveSpace(turn, child.host, { path: child.path, bytes: child.fileSize });
  turn.remove('virtual-disk', child.id);
  return ok(parent.id);
}

/** Points a differencing disk at its parent, where that lies now. Set-VHD -ParentPath. */
export function setParent(
  turn: Turn,
  disk: Disk,
  { parent, ignoreMismatch }: { readonly parent: Disk; readonly ignoreMismatch: boolean },
): Done {
  const { id, path, type } = disk;
  if (type !== 'Differencing') return fail(storageFault('InvalidType', { path, type }));
  if (isBusy(turn, disk)) return fail(storageFault('SharingViolation', { path }));
  if (chainOf(turn, parent.id).some(one => one.id === id)) {
    return fail(storageFault('ChainCycle', { path, parent: parent.path }));
  }
  if (parent.maximumSize !== disk.maximumSize) {
    return fail(storageFault('SizeMismatch', { path, parent: parent.path }));
  }
  const isOther = parent.id !== disk.parent || parent.revision !== disk.parentRevision;
  if (isOther && !ignoreMismatch) {
    return fail(storageFault('ChainCorrupted', { path, parent: parent.path }));
  }
  turn.patch('virtual-disk', id, { parent: parent.id, parentRevision: parent.revision });
  return DONE;
}
