import type { DiskId, VmId } from '../../protocol/id.ts';
import type { GuestSystem } from '../../protocol/lab-file.ts';
import type { DiskContent } from '../../protocol/record/disk.ts';
import type { Turn } from '../engine/turn.ts';
import { isOperatingSystem } from './operating-system.ts';

// What the BIOS of a generation 1 virtual machine finds when it goes through the boot order. The
// guest is a property of the medium: nothing else says what will run.

export type BootMedium =
  | {
      readonly type: 'Disk';
      readonly disk: DiskId;
      readonly content: DiskContent;
      readonly os: GuestSystem;
    }
  | { readonly type: 'Iso'; readonly os: GuestSystem };

interface BootChoice {
  readonly medium: BootMedium | null;
  /** A DVD that could boot waits for a key first, because a disk could boot too. */
  readonly pressAnyKey: boolean;
}

/**
 * The DVD's boot code asks for a key only where a bootable hard disk follows it; nobody presses one
 * here, so the disk wins. Generation 1 boots from IDE only: a SCSI disk is not seen by the BIOS.
 */
export function findBootMedium(turn: Turn, vm: VmId): BootChoice {
  const disk = bootableDisk(turn, vm);
  const iso = bootableIso(turn, vm);
  const { bootOrder } = turn.must('vm', vm);
  for (const device of bootOrder) {
    if (device === 'CD' && iso !== null) {
      return disk === null
        ? { medium: iso, pressAnyKey: false }
        : { medium: disk, pressAnyKey: true };
    }
    if (device === 'IDE' && disk !== null) return { medium: disk, pressAnyKey: false };
  }
  return { medium: null, pressAnyKey: false };
}

/** The first hard disk on IDE: where setup installs to, and what the BIOS calls drive 80h. */
export function firstDisk(turn: Turn, vm: VmId): DiskId | null {
  const drives = turn
    .where('disk-drive', 'vm', vm)
    .filter(drive => drive.type === 'HardDisk' && drive.controller === 'IDE')
    .toSorted((a, b) => a.controllerNumber - b.controllerNumber || a.location - b.location);
  return drives.find(drive => drive.disk !== null)?.disk ?? null;
}

function bootableDisk(turn: Turn, vm: VmId): BootMedium | null {
  const disk = firstDisk(turn, vm);
  if (disk === null) return null;
  const { content } = turn.must('virtual-disk', disk);
  if (content.os === null || !isOperatingSystem(content.os)) return null;
  return { type: 'Disk', disk, content, os: content.os };
}

function bootableIso(turn: Turn, vm: VmId): BootMedium | null {
  const { host } = turn.must('vm', vm);
  for (const drive of turn.where('disk-drive', 'vm', vm)) {
    if (drive.type !== 'Dvd' || drive.media === null) continue;
    const image = turn
      .where('library-image', 'host', host)
      .find(each => each.type === 'Iso' && each.path === drive.media);
    if (image !== undefined && isOperatingSystem(image.os)) return { type: 'Iso', os: image.os };
  }
  return null;
}
