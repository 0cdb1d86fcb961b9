import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { DiskId, HostId, VmId } from '../../protocol/id.ts';
import type { ArgsOf, Refusal } from '../../protocol/operation/index.ts';
import { CLOCK } from '../engine/clock.ts';
import type { Turn } from '../engine/turn.ts';
import { differFromImage } from '../storage/library.ts';
import { createDisk, deleteDisk, diskAt } from '../storage/virtual-disk.ts';
import { VM_LIMITS } from '../hardware/limits.ts';
import { diskAttached, notFound, outOfRange, quotaReached, wrongHost } from './refusal.ts';
import { register } from './registry.ts';

type CreateArgs = ArgsOf<'vm.create'>;

/** New-VM: everything that could be wrong is looked at before anything is made. */
export function createVm(turn: Turn, args: CreateArgs): Result<VmId, Refusal> {
  const checked = check(turn, args);
  if (!checked.ok) return checked;
  const disk = makeDisk(turn, args);
  if (!disk.ok) return disk;
  const image = args.iso === null ? null : turn.must('library-image', args.iso);
  const made = register(turn, {
    host: args.host,
    name: args.name,
    memory: args.memory,
    processors: args.processors,
    disk: disk.value,
    media: image?.path ?? null,
    virtualSwitch: args.virtualSwitch,
  });
  if (!made.ok && disk.value !== null && args.disk.from !== 'existing') {
    deleteDisk(turn, disk.value);
  }
  return made;
}

function check(turn: Turn, args: CreateArgs): Result<null, Refusal> {
  const { vmLimit } = turn.must('clock', CLOCK);
  if (turn.all('vm').length >= vmLimit) return quotaReached(vmLimit);
  const range = checkMemory(args.name, args.memory);
  if (!range.ok) return range;
  const count = checkProcessors(turn, args.host, { name: args.name, count: args.processors });
  if (!count.ok) return count;
  const { host, iso, virtualSwitch } = args;
  if (virtualSwitch !== null) {
    const target = turn.get('virtual-switch', virtualSwitch);
    if (target === undefined) return notFound(virtualSwitch);
    if (target.host !== host) return wrongHost(virtualSwitch, host);
  }
  if (iso !== null) {
    const image = turn.get('library-image', iso);
    if (image?.type !== 'Iso') return notFound(iso);
    if (image.host !== host) return wrongHost(iso, host);
  }
  return checkDisk(turn, args);
}

/** Msvm_MemorySettingData: 8 MB to 1 TB on Server 2012, in steps of 2 MB. */
export function checkMemory(name: string, memory: number): Result<null, Refusal> {
  const { memory: most, memoryMinimum: least, memoryStep: step } = VM_LIMITS;
  if (memory >= least && memory <= most && memory % step === 0) return ok(null);
  return outOfRange(
    name,
    'Memory',
    'The amount of memory must be 8 MB to 1048576 MB, in steps of 2 MB.',
  );
}

/** 64 at most, and never more than the host has logical processors (recalled). */
export function checkProcessors(
  turn: Turn,
  host: HostId,
  { name, count }: { readonly name: string; readonly count: number },
): Result<null, Refusal> {
  const { logicalProcessors } = turn.must('host', host);
  const most = Math.min(VM_LIMITS.virtualProcessors, logicalProcessors);
  if (count <= most) return ok(null);
  return outOfRange(name, 'Processor', `The number of virtual processors must be 1 to ${most}.`);
}

function checkDisk(turn: Turn, { host, disk }: CreateArgs): Result<null, Refusal> {
  if (disk.from === 'library') {
    const image = turn.get('library-image', disk.image);
    if (image === undefined || image.type !== 'Vhdx') return notFound(disk.image);
    return image.host === host ? ok(null) : wrongHost(disk.image, host);
  }
  if (disk.from !== 'existing') return ok(null);
  const existing = turn.get('virtual-disk', disk.disk);
  if (existing === undefined) return notFound(disk.disk);
  if (existing.host !== host) return wrongHost(disk.disk, host);
  return existing.vm === null ? ok(null) : diskAttached(existing.path);
}

function makeDisk(turn: Turn, { host, name, disk }: CreateArgs): Result<DiskId | null, Refusal> {
  switch (disk.from) {
    case 'none':
      return ok(null);
    case 'existing':
      return ok(disk.disk);
    case 'library':
      return differFromImage(turn, { image: disk.image, path: freePath(turn, host, name) });
    case 'empty':
      return createDisk(turn, {
        host,
        path: disk.path ?? freePath(turn, host, name),
        format: disk.path?.toLowerCase().endsWith('.vhd') === true ? 'VHD' : 'VHDX',
        type: 'Dynamic',
        maximumSize: disk.size,
      });
  }
}

/** `Web.vhdx` in the host's folder for disks; with a number where a disk has that name already. */
function freePath(turn: Turn, host: HostId, name: string): string {
  const { virtualHardDiskPath } = turn.must('host', host);
  // Signs that no Windows file name may have.
  const stem = name.replaceAll(/[\\/:*?"<>|]/gu, '_');
  for (let number = 1; ; number += 1) {
    const path = `${virtualHardDiskPath}\\${stem}${number === 1 ? '' : ` ${number}`}.vhdx`;
    if (diskAt(turn, host, path) === undefined) return path;
  }
}
