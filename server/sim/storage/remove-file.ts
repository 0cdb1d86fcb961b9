import type { Result } from '../../base/result.ts';
import type { DiskId, HostId } from '../../protocol/id.ts';
import type { ArgsOf } from '../../protocol/operation/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { StorageFault } from './fault.ts';
import { removeFile } from './host-file.ts';
import { deleteDisk, diskAt } from './virtual-disk.ts';

/** Removes whatever is at a path: a text file, a folder, or a virtual hard disk that is not open. */
export function removeAny(turn: Turn, args: ArgsOf<'file.remove'>): Result<null, StorageFault> {
  const { host, path } = args;
  const disk = diskOfPeople(turn, host, path);
  if (disk === undefined) return removeFile(turn, args);
  const deleted = deleteDisk(turn, disk);
  if (!deleted.ok) return deleted;
  turn.fact({
    kind: 'state',
    from: 'management-os',
    host,
    summary: `Removed ${path}`,
    data: { path, files: 1 },
  });
  return deleted;
}

/** A virtual hard disk at that very path, which is a file like any other; images of the library stay. */
function diskOfPeople(turn: Turn, host: HostId, path: string): DiskId | undefined {
  const disk = diskAt(turn, host, path);
  const isImage = turn.where('library-image', 'host', host).some(image => image.disk === disk?.id);
  return isImage ? undefined : disk?.id;
}
