import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { DiskId, SnapshotId, VmId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { SnapshotDrive } from '../../protocol/record/snapshot.ts';
import type { Turn } from '../engine/turn.ts';
import { absorb } from '../storage/disk-edit.ts';
import { closeDisk, createDisk, deleteDisk, openDisk } from '../storage/virtual-disk.ts';

// The disks of snapshots. A snapshot keeps the disks of its drives as they are; from then on the
// machine writes to differencing disks above them, AVHD or AVHDX files beside their parents.

type Vm = RecordOf<'vm'>;
type Disk = RecordOf<'virtual-disk'>;
type Done = Result<null, Refusal>;

const DONE = ok(null);

/** The drives of a machine, as a snapshot keeps them. */
export function drivesNow(turn: Turn, vm: VmId): SnapshotDrive[] {
  return turn
    .where('disk-drive', 'vm', vm)
    .map(({ type, controller, controllerNumber, location, disk, media }) => ({
      type,
      controller,
      controllerNumber,
      location,
      disk,
      media,
    }));
}

/** Gives every disk of a machine a differencing disk above it, and has the machine write to that. */
export function branchDisks(turn: Turn, vm: Vm, snapshot: SnapshotId): Done {
  const made: DiskId[] = [];
  for (const { id: drive, disk } of turn.where('disk-drive', 'vm', vm.id)) {
    const parent = disk === null ? undefined : turn.get('virtual-disk', disk);
    if (parent === undefined) continue;
    const child = createDisk(turn, {
      host: vm.host,
      path: branchPath(parent.path, snapshot, made.length),
      format: parent.format,
      type: 'Differencing',
      parent: parent.id,
    });
    if (!child.ok) {
      for (const one of made) unbranch(turn, one);
      return child;
    }
    made.push(child.value);
    turn.patch('virtual-disk', child.value, { vm: vm.id });
    if (parent.inUse) {
      closeDisk(turn, parent.id);
      openDisk(turn, child.value);
    }
    turn.patch('disk-drive', drive, { disk: child.value });
    guestMoves(turn, vm.id, parent.id, child.value);
  }
  return DONE;
}

/** Takes one back, when another one of the same snapshot could not be made. */
function unbranch(turn: Turn, id: DiskId): void {
  const { parent, inUse, vm } = turn.must('virtual-disk', id);
  if (parent === null || vm === null) return;
  closeDisk(turn, id);
  for (const drive of turn.where('disk-drive', 'disk', id)) {
    turn.patch('disk-drive', drive.id, { disk: parent });
  }
  guestMoves(turn, vm, id, parent);
  deleteDisk(turn, id);
  if (inUse) openDisk(turn, parent);
}

/** `WEB01_<GUID>.avhdx`, beside the disk that it is based on. */
function branchPath(path: string, snapshot: SnapshotId, number: number): string {
  const dot = path.lastIndexOf('.');
  const stem = path.slice(0, dot).replace(/_[0-9A-F-]{36}$/u, '');
  const extension = path
    .slice(dot + 1)
    .toLowerCase()
    .replace(/^a?vhd/u, 'avhd');
  const guid = snapshot.slice('vm-snapshot:'.length).toUpperCase();
  // Each file has a GUID of its own; it is that of the snapshot, counted on.
  const last = (Number.parseInt(guid.slice(-4), 16) + number).toString(16).toUpperCase();
  return `${stem}_${guid.slice(0, -4)}${last.slice(-4).padStart(4, '0')}.${extension}`;
}

/** What runs in the machine has its system on the other file now. */
function guestMoves(turn: Turn, vm: VmId, from: DiskId, to: DiskId): void {
  for (const guest of turn.where('guest', 'vm', vm)) {
    if (guest.bootDisk === from) turn.patch('guest', guest.id, { bootDisk: to });
  }
}

/** The disks of a machine, frozen ones and those it writes to. */
function disksOf(turn: Turn, vm: Vm): Disk[] {
  return turn.where('virtual-disk', 'host', vm.host).filter(disk => disk.vm === vm.id);
}

/** Those that a snapshot keeps as they are, and those that are in a drive. */
function needed(turn: Turn, vm: VmId): ReadonlySet<DiskId | null> {
  return new Set([
    ...turn.where('disk-drive', 'vm', vm).map(({ disk }) => disk),
    ...turn.where('vm-snapshot', 'vm', vm).flatMap(({ drives }) => drives.map(one => one.disk)),
  ]);
}

const childrenOf = (turn: Turn, disk: Disk): readonly Disk[] =>
  turn.where('virtual-disk', 'parent', disk.id);

const isBranch = ({ path }: Disk): boolean => /\.avhdx?$/iu.test(path);

/** Branches that lead nowhere any more: their files go at once. */
export function dropBranches(turn: Turn, vm: Vm): void {
  for (;;) {
    const keep = needed(turn, vm.id);
    const loose = disksOf(turn, vm).find(
      disk =>
        isBranch(disk) && !disk.inUse && !keep.has(disk.id) && childrenOf(turn, disk).length === 0,
    );
    if (loose === undefined) return;
    deleteDisk(turn, loose.id);
  }
}

/** A disk that is to be merged into its parent, because nothing keeps that as it is any more. */
export function nextMerge(turn: Turn, vm: Vm): Disk | null {
  const keep = needed(turn, vm.id);
  for (const parent of disksOf(turn, vm)) {
    if (keep.has(parent.id)) continue;
    const [child, ...others] = childrenOf(turn, parent);
    if (child === undefined || others.length > 0 || !isBranch(child)) continue;
    if (child.vm === vm.id && child.job === null && parent.job === null) return child;
  }
  return null;
}

/** Whoever had the child has the parent from then on. */
export function mergeChild(turn: Turn, vm: VmId, child: Disk): Done {
  const merged = absorb(turn, child);
  if (!merged.ok) return merged;
  for (const drive of turn.where('disk-drive', 'disk', child.id)) {
    turn.patch('disk-drive', drive.id, { disk: merged.value });
  }
  for (const snapshot of turn.where('vm-snapshot', 'vm', vm)) {
    if (!snapshot.drives.some(({ disk }) => disk === child.id)) continue;
    turn.patch('vm-snapshot', snapshot.id, {
      drives: snapshot.drives.map(drive =>
        drive.disk === child.id ? { ...drive, disk: merged.value } : drive,
      ),
    });
  }
  guestMoves(turn, vm, child.id, merged.value);
  return DONE;
}

/** Puts the drives of a snapshot back, each disk with a new branch above it. */
export function restoreDrives(turn: Turn, vm: Vm, snapshot: RecordOf<'vm-snapshot'>): Done {
  for (const { id } of turn.where('disk-drive', 'vm', vm.id)) turn.remove('disk-drive', id);
  const guid = vm.id.slice('vm:'.length);
  for (const drive of snapshot.drives) {
    const { controller, controllerNumber, location, disk } = drive;
    const id = `disk-drive:${guid}/${controller}/${controllerNumber}/${location}` as const;
    const isThere = disk === null || turn.get('virtual-disk', disk) !== undefined;
    turn.insert('disk-drive', id, {
      host: vm.host,
      vm: vm.id,
      type: drive.type,
      controller,
      controllerNumber,
      location,
      disk: isThere ? disk : null,
      media: drive.media,
    });
  }
  dropBranches(turn, vm);
  return DONE;
}
