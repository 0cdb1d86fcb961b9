import { useMemo } from 'react';
import { useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';

/** A virtual hard disk file of a host: a disk, or an image of its library that nobody has used yet. */
export interface DiskFile {
  readonly path: string;
  readonly disk: Seen<'virtual-disk'> | null;
  readonly image: Seen<'library-image'> | null;
}

/** Every file that a host has, by its path. */
export const useDiskFiles = (host: string): readonly DiskFile[] => {
  const disks = useRecords('virtual-disk');
  const images = useRecords('library-image');
  return useMemo(() => {
    const known = disks.flatMap(disk =>
      disk.host === host && disk.path !== undefined ? [{ path: disk.path, disk, image: null }] : [],
    );
    const paths = new Set(known.map(({ path }) => path.toLowerCase()));
    const unused = images.flatMap(image =>
      image.host === host &&
      image.type === 'Vhdx' &&
      image.path !== undefined &&
      !paths.has(image.path.toLowerCase())
        ? [{ path: image.path, disk: null, image }]
        : [],
    );
    return [...known, ...unused].toSorted((a, b) =>
      a.path.localeCompare(b.path, 'en', { numeric: true }),
    );
  }, [disks, images, host]);
};

/** The disk, what it is based on, what that is based on…; a parent that is gone ends it. */
export const chainOf = (
  disk: Seen<'virtual-disk'>,
  disks: readonly Seen<'virtual-disk'>[],
): readonly Seen<'virtual-disk'>[] => {
  const chain = [disk];
  for (let next = disk.parent; next;) {
    const parent = disks.find(({ id }) => id === next);
    if (parent === undefined || chain.includes(parent)) break;
    chain.push(parent);
    next = parent.parent;
  }
  return chain;
};
