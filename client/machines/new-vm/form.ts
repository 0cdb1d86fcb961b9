import type { Id } from '../../../server/protocol/id.ts';
import type { InputOf } from '../../../server/protocol/operation/index.ts';
import { vmNameFault } from '../vm-name.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export type DiskChoice = 'library' | 'empty' | 'existing' | 'none';

/** What somebody has filled in so far; numbers as they were typed. */
export interface NewVmForm {
  readonly name: string;
  readonly host: Id<'host'>;
  readonly memory: string;
  readonly virtualSwitch: Id<'virtual-switch'> | null;
  readonly disk: DiskChoice;
  readonly image: Id<'library-image'> | null;
  readonly size: string;
  readonly existing: Id<'virtual-disk'> | null;
  readonly iso: Id<'library-image'> | null;
}

/** The pages of the real wizard, in its order. */
export const PAGES = [
  { id: 'begin', title: 'Before You Begin' },
  { id: 'name', title: 'Specify Name and Location' },
  { id: 'memory', title: 'Assign Memory' },
  { id: 'networking', title: 'Configure Networking' },
  { id: 'disk', title: 'Connect Virtual Hard Disk' },
  { id: 'installation', title: 'Installation Options' },
  { id: 'summary', title: 'Summary' },
] as const;

export type PageId = (typeof PAGES)[number]['id'];

/** 512 MB and 127 GB are the wizard's own defaults. */
export const emptyForm = (host: Id<'host'>): NewVmForm => ({
  name: 'New Virtual Machine',
  host,
  memory: '512',
  virtualSwitch: null,
  disk: 'empty',
  image: null,
  size: '127',
  existing: null,
  iso: null,
});

export const LEAST_MEMORY = 8;
export const MOST_MEMORY = 1024 * 1024;
const MOST_SIZE = 64 * 1024;

const whole = (text: string): number | null =>
  /^\d{1,9}$/u.test(text.trim()) ? Number(text) : null;

/** What stops one page from being left, in a sentence; null when it is filled in. */
export const pageFault = (page: PageId, form: NewVmForm): string | null => {
  switch (page) {
    case 'name':
      return vmNameFault(form.name);
    case 'memory':
      return memoryFault(form.memory);
    case 'disk':
      return diskFault(form);
    case 'begin':
    case 'networking':
    case 'installation':
    case 'summary':
      return null;
  }
};

export const memoryFault = (text: string): string | null => {
  const memory = whole(text);
  if (memory === null) return 'Specify the memory in MB, as a whole number.';
  return memory < LEAST_MEMORY || memory > MOST_MEMORY
    ? `Specify an amount from ${LEAST_MEMORY} MB through ${MOST_MEMORY} MB.`
    : null;
};

const diskFault = ({ disk, image, size, existing }: NewVmForm): string | null => {
  if (disk === 'library' && image === null) return 'Choose an image, or another kind of disk.';
  if (disk === 'existing' && existing === null) return 'Choose a disk, or another kind of disk.';
  if (disk !== 'empty') return null;
  const gigabytes = whole(size);
  return gigabytes === null || gigabytes < 1 || gigabytes > MOST_SIZE
    ? `Specify a size from 1 GB through ${MOST_SIZE} GB.`
    : null;
};

/** The first page that is not filled in; null when the machine can be made. */
export const firstFault = (form: NewVmForm): { page: PageId; fault: string } | null => {
  for (const { id } of PAGES) {
    const fault = pageFault(id, form);
    if (fault !== null) return { page: id, fault };
  }
  return null;
};

/** The operation that the filled-in form stands for. */
export const operationOf = (form: NewVmForm): InputOf<'vm.create'> => ({
  host: form.host,
  name: form.name.trim(),
  memory: Number(form.memory) * MIB,
  virtualSwitch: form.virtualSwitch,
  disk: diskOf(form),
  // An image is installed already; a disk without a system may get one from a disc.
  iso: form.disk === 'empty' || form.disk === 'none' ? form.iso : null,
});

const diskOf = ({ disk, image, size, existing }: NewVmForm): InputOf<'vm.create'>['disk'] => {
  if (disk === 'library' && image !== null) return { from: 'library', image };
  if (disk === 'existing' && existing !== null) return { from: 'existing', disk: existing };
  if (disk === 'empty') return { from: 'empty', size: Number(size) * GIB };
  return { from: 'none' };
};
