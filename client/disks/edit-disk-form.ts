import type { Id } from '../../server/protocol/id.ts';
import type { InputOf } from '../../server/protocol/operation/index.ts';
import type { DiskFile } from './disk-files.ts';

const GIB = 1024 ** 3;

export const ACTIONS = [
  [
    'compact',
    'Compact',
    'This option compacts the file size of a virtual hard disk. The storage capacity of the virtual hard disk remains the same.',
  ],
  [
    'convert',
    'Convert',
    'This option converts a virtual hard disk by copying the contents to a new virtual hard disk. The new virtual hard disk can use a different type and format than the original virtual hard disk.',
  ],
  ['expand', 'Expand', 'This option expands the capacity of the virtual hard disk.'],
  [
    'shrink',
    'Shrink',
    'This option shrinks the virtual hard disk by reducing the storage capacity.',
  ],
  [
    'merge',
    'Merge',
    'This option merges the changes stored in a differencing disk into its parent disk.',
  ],
  [
    'reconnect',
    'Reconnect',
    'This option points a differencing disk at its parent, where that lies now.',
  ],
] as const;

export type EditAction = (typeof ACTIONS)[number][0];

export interface EditForm {
  readonly host: Id<'host'>;
  readonly path: string;
  readonly action: EditAction;
  readonly size: string;
  readonly to: string;
  readonly type: 'Fixed' | 'Dynamic';
  readonly parent: string;
  readonly ignoreMismatch: boolean;
}

export const PAGES = [
  { id: 'locate', title: 'Locate Disk' },
  { id: 'action', title: 'Choose Action' },
  { id: 'configure', title: 'Configure Disk' },
  { id: 'summary', title: 'Summary' },
] as const;

export type PageId = (typeof PAGES)[number]['id'];

export const emptyEdit = (host: Id<'host'>, path: string): EditForm => ({
  host,
  path,
  action: 'convert',
  size: '',
  to: '',
  type: 'Dynamic',
  parent: '',
  ignoreMismatch: false,
});

/** What Edit Disk offers for a file, as the real wizard does by format and type. */
export const actionsFor = (file: DiskFile | undefined): readonly EditAction[] => {
  if (file === undefined) return [];
  const { type = 'Dynamic', format = 'VHDX' } = file.disk ?? {};
  if (type === 'Differencing') return ['compact', 'convert', 'merge', 'reconnect'];
  const shrink: readonly EditAction[] = format === 'VHDX' ? ['shrink'] : [];
  return type === 'Fixed'
    ? ['convert', 'expand', ...shrink]
    : ['compact', 'convert', 'expand', ...shrink];
};

const PATH = /^[A-Za-z]:\\(?:[^\\/:*?"<>|]+\\)*[^\\/:*?"<>|]+\.vhdx?$/iu;

/** What stops one page from being left, in a sentence; null when it is filled in. */
export const pageFault = (page: PageId, form: EditForm, file?: DiskFile): string | null => {
  if (page === 'locate') return file === undefined ? 'Choose a virtual hard disk.' : null;
  if (page === 'action')
    return actionsFor(file).includes(form.action) ? null : 'Choose what to do with this disk.';
  if (page !== 'configure') return null;
  switch (form.action) {
    case 'convert':
      return PATH.test(form.to.trim()) ? null : 'Specify a full path that ends in .vhd or .vhdx.';
    case 'expand':
    case 'shrink':
      return sizeFault(form, file);
    case 'reconnect':
      return form.parent === '' ? 'Choose the parent.' : null;
    case 'compact':
    case 'merge':
      return null;
  }
};

const sizeFault = ({ action, size }: EditForm, file: DiskFile | undefined): string | null => {
  const gigabytes = /^\d{1,6}$/u.test(size.trim()) ? Number(size) : 0;
  const now = (file?.disk?.maximumSize ?? file?.image?.maximumSize ?? 0) / GIB;
  if (gigabytes < 1) return 'Specify the new size in GB, as a whole number.';
  if (action === 'expand' && gigabytes <= now) return `Specify more than ${Math.floor(now)} GB.`;
  if (action === 'shrink' && gigabytes >= now) return `Specify less than ${Math.ceil(now)} GB.`;
  return null;
};

export const firstFault = (
  form: EditForm,
  file?: DiskFile,
): { page: PageId; fault: string } | null => {
  for (const { id } of PAGES) {
    const fault = pageFault(id, form, file);
    if (fault !== null) return { page: id, fault };
  }
  return null;
};

export type EditCommand =
  | { readonly op: 'disk.compact'; readonly args: InputOf<'disk.compact'> }
  | { readonly op: 'disk.convert'; readonly args: InputOf<'disk.convert'> }
  | { readonly op: 'disk.resize'; readonly args: InputOf<'disk.resize'> }
  | { readonly op: 'disk.merge'; readonly args: InputOf<'disk.merge'> }
  | { readonly op: 'disk.setParent'; readonly args: InputOf<'disk.setParent'> };

/** The operation that the filled-in form stands for. */
export const commandOf = (form: EditForm): EditCommand => {
  const { host, path, to, type, parent, ignoreMismatch } = form;
  switch (form.action) {
    case 'compact':
      return { op: 'disk.compact', args: { host, path } };
    case 'convert':
      return { op: 'disk.convert', args: { host, path, to: to.trim(), type } };
    case 'expand':
    case 'shrink':
      return { op: 'disk.resize', args: { host, path, size: Number(form.size) * GIB } };
    case 'merge':
      return { op: 'disk.merge', args: { host, path } };
    case 'reconnect':
      return { op: 'disk.setParent', args: { host, path, parent, ignoreMismatch } };
  }
};
