import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { DiskId, VmId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { connectPort, disconnectPort } from '../network/vmswitch.ts';
import { closeDisk, diskAt, openDisk } from '../storage/virtual-disk.ts';
import { logVmEvent } from './event-log.ts';

// What a virtual machine is attached to on its host: files, which are locked while it runs, and
// ports of virtual switches.

const DONE = ok(null);

/** Opens every disk, or none. */
export function openDisks(turn: Turn, vm: VmId): Result<null, Refusal> {
  for (const drive of turn.where('disk-drive', 'vm', vm)) {
    const disk = drive.type === 'HardDisk' ? diskIn(turn, drive) : null;
    if (disk === null) continue;
    const opened = openDisk(turn, disk);
    if (opened.ok) continue;
    const path = turn.get('virtual-disk', disk)?.path ?? drive.media ?? disk;
    const { kind, message: error } = opened.fault;
    logVmEvent(turn, kind === 'FileNotFound' ? 12240 : 12140, vm, { path, error });
    return fail({ ...opened.fault, message: attachmentMessage(path, error) });
  }
  return DONE;
}

/** A configuration names a path: a disk that lies there now is its disk, whoever made it. */
function diskIn(turn: Turn, { id, vm, host, disk, media }: RecordOf<'disk-drive'>): DiskId | null {
  if (disk !== null || media === null) return disk;
  const found = diskAt(turn, host, media);
  if (found === undefined || found.vm !== null) return `virtual-disk:${media}`;
  turn.patch('disk-drive', id, { disk: found.id, media: null });
  turn.patch('virtual-disk', found.id, { vm });
  return found.id;
}

/** VMMS's sentence for a disk that cannot be opened (recalled). */
function attachmentMessage(path: string, error: string): string {
  return `Failed to open attachment '${path}'. Error: '${error}'.`;
}

/** Closes those that this virtual machine has open. */
export function closeDisks(turn: Turn, vm: VmId): void {
  for (const { disk } of turn.where('disk-drive', 'vm', vm)) {
    if (disk !== null && turn.get('virtual-disk', disk)?.vm === vm) closeDisk(turn, disk);
  }
}

export function connectNetwork(turn: Turn, vm: VmId): Result<null, Refusal> {
  for (const { id } of turn.where('network-adapter', 'vm', vm)) {
    const connected = connectPort(turn, id);
    if (!connected.ok) return connected;
  }
  return DONE;
}

export function disconnectNetwork(turn: Turn, vm: VmId): void {
  for (const { id } of turn.where('network-adapter', 'vm', vm)) disconnectPort(turn, id);
}
