import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { HostId, Id } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import type { StorageFault } from './fault.ts';
import { storageFault } from './fault.ts';

// NTFS volumes of a host: how much is free, and who takes it. What is in a file is its owner's affair.

/** The volume a full Windows path lies on. */
export function volumeOf(host: HostId, path: string): Id<'volume'> {
  return `volume:${host.slice('host:'.length)}/${path.slice(0, 1).toUpperCase()}`;
}

/** Takes space for a file, or says that there is none or no such volume. */
export function takeSpace(
  turn: Turn,
  host: HostId,
  { path, bytes }: { readonly path: string; readonly bytes: number },
): Result<null, StorageFault> {
  const volume = turn.get('volume', volumeOf(host, path));
  if (volume === undefined || path[1] !== ':') return fail(storageFault('PathNotFound', { path }));
  if (volume.free < bytes) {
    return fail(storageFault('DiskFull', { path, needed: bytes, free: volume.free }));
  }
  turn.patch('volume', volume.id, { free: volume.free - bytes });
  return ok(null);
}

export function giveSpace(
  turn: Turn,
  host: HostId,
  { path, bytes }: { readonly path: string; readonly bytes: number },
): void {
  const volume = turn.must('volume', volumeOf(host, path));
  turn.patch('volume', volume.id, { free: Math.min(volume.capacity, volume.free + bytes) });
}
