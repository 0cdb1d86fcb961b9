import { assert, must } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { DiskId, HostId, Id } from '../../protocol/id.ts';
import type { GuestSystem, HostSpec } from '../../protocol/lab-file.ts';
import { GUEST_SYSTEMS } from '../../protocol/lab-file.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { DiskContent } from '../../protocol/record/disk.ts';
import type { Turn } from '../engine/turn.ts';
import type { StorageFault } from './fault.ts';
import { storageFault } from './fault.ts';
import { createDisk, diskAt } from './virtual-disk.ts';
import { giveSpace, takeSpace } from './volume.ts';

// A host's library: sysprepped virtual hard disks to make virtual machines from, and installation
// ISOs for their DVD drives.

const LIBRARY_PATH = 'C:\\Library';

/** Integration components that come with each system, or null for one that has none. */
const COMPONENTS: { readonly [S in GuestSystem]: string | null } = {
  ws2012: '6.2.9200.16384',
  // Built in, older than the host: update required (recalled).
  ws2008r2: '6.1.7601.17514',
  msdos: null,
};

export function libraryImageId(host: HostId, name: string): Id<'library-image'> {
  return `library-image:${host.slice('host:'.length)}/${name}`;
}

/** Puts the images of the lab file on the host's system volume. */
export function foundLibrary(turn: Turn, host: HostId, spec: HostSpec): void {
  for (const image of spec.libraryImages) {
    const path = `${LIBRARY_PATH}\\${image.name}.${image.type.toLowerCase()}`;
    const taken = takeSpace(turn, host, { path, bytes: image.size });
    assert(taken.ok, `the lab file was checked to fit: ${path}`);
    turn.insert('library-image', libraryImageId(host, image.name), {
      host,
      name: image.name,
      path,
      type: image.type,
      os: image.os,
      osName: GUEST_SYSTEMS[image.os],
      size: image.size,
      maximumSize: image.type === 'Vhdx' ? image.maximumSize : 0,
      disk: null,
    });
  }
}

/** What a disk made from a prepared image holds. MS-DOS has no setup to specialise. */
export function imageContent(os: string): DiskContent {
  const system = must(
    Object.hasOwn(GUEST_SYSTEMS, os) ? (os as GuestSystem) : null,
    `${os} is a system of the library`,
  );
  return {
    os: system,
    sysprepped: system !== 'msdos',
    computerName: null,
    integrationComponents: COMPONENTS[system],
  };
}

export interface FromImage {
  readonly image: Id<'library-image'>;
  /** Full Windows path of the new file. */
  readonly path: string;
}

/** A copy of the image's file, of its own from then on. */
export function copyImage(turn: Turn, { image, path }: FromImage): Result<DiskId, StorageFault> {
  const { host, os, size, maximumSize, type } = turn.must('library-image', image);
  assert(type === 'Vhdx', `${image} is no virtual hard disk`);
  return createDisk(turn, {
    host,
    path,
    format: 'VHDX',
    type: 'Dynamic',
    maximumSize,
    fileSize: size,
    content: imageContent(os),
    partitioned: maximumSize,
  });
}

/** A differencing disk on top of the image: made at once, small, and the image is read only. */
export function differFromImage(
  turn: Turn,
  { image, path }: FromImage,
): Result<DiskId, StorageFault> {
  const { host } = turn.must('library-image', image);
  const parent = imageDisk(turn, image);
  if (!parent.ok) return parent;
  return createDisk(turn, {
    host,
    path,
    format: 'VHDX',
    type: 'Differencing',
    parent: parent.value,
  });
}

/** The disk at a path: a virtual hard disk, or an image of the library, which is one, too. */
export function diskOrImageAt(
  turn: Turn,
  host: HostId,
  path: string,
): Result<RecordOf<'virtual-disk'>, StorageFault> {
  const disk = diskAt(turn, host, path);
  if (disk !== undefined) return ok(disk);
  const key = path.toLowerCase();
  const image = turn
    .where('library-image', 'host', host)
    .find(one => one.type === 'Vhdx' && one.path.toLowerCase() === key);
  if (image === undefined) return fail(storageFault('FileNotFound', { path }));
  const made = imageDisk(turn, image.id);
  return made.ok ? ok(turn.must('virtual-disk', made.value)) : made;
}

/** The image's own file as a virtual hard disk: its space is taken already. */
function imageDisk(turn: Turn, image: Id<'library-image'>): Result<DiskId, StorageFault> {
  const { host, path, os, size, maximumSize, type, disk } = turn.must('library-image', image);
  assert(type === 'Vhdx', `${image} is no virtual hard disk`);
  if (disk !== null) return ok(disk);
  giveSpace(turn, host, { path, bytes: size });
  const made = createDisk(turn, {
    host,
    path,
    format: 'VHDX',
    type: 'Dynamic',
    maximumSize,
    fileSize: size,
    content: imageContent(os),
    partitioned: maximumSize,
  });
  if (made.ok) turn.patch('library-image', image, { disk: made.value });
  return made;
}
