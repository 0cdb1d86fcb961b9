import type { Id } from '../../server/protocol/id.ts';
import type { InputOf } from '../../server/protocol/operation/index.ts';

const GIB = 1024 ** 3;

/** What somebody has filled in so far; numbers as they were typed. */
export interface NewDiskForm {
  readonly host: Id<'host'>;
  readonly format: 'VHD' | 'VHDX';
  readonly type: 'Fixed' | 'Dynamic' | 'Differencing';
  readonly name: string;
  readonly folder: string;
  readonly size: string;
  readonly parent: string;
}

/** The pages of the real wizard, in its order. */
export const PAGES = [
  { id: 'begin', title: 'Before You Begin' },
  { id: 'format', title: 'Choose Disk Format' },
  { id: 'type', title: 'Choose Disk Type' },
  { id: 'name', title: 'Specify Name and Location' },
  { id: 'configure', title: 'Configure Disk' },
  { id: 'summary', title: 'Summary' },
] as const;

export type PageId = (typeof PAGES)[number]['id'];

/** VHDX, dynamically expanding, 127 GB are the wizard's own defaults. */
export const emptyForm = (host: Id<'host'>, folder: string): NewDiskForm => ({
  host,
  format: 'VHDX',
  type: 'Dynamic',
  name: 'New Virtual Hard Disk.vhdx',
  folder,
  size: '127',
  parent: '',
});

export const MOST: { readonly [F in NewDiskForm['format']]: number } = { VHD: 2040, VHDX: 65_536 };

export const pathOf = ({ folder, name }: NewDiskForm): string =>
  `${folder.trim().replace(/\\+$/u, '')}\\${name.trim()}`;

const PATH = /^[A-Za-z]:\\(?:[^\\/:*?"<>|]+\\)*[^\\/:*?"<>|]+\.vhdx?$/iu;

/** Another format is another extension. */
export const withFormat = (form: NewDiskForm, format: NewDiskForm['format']): NewDiskForm => ({
  ...form,
  format,
  name: form.name.replace(/\.vhdx?$/iu, `.${format.toLowerCase()}`),
});

/** What stops one page from being left, in a sentence; null when it is filled in. */
export const pageFault = (page: PageId, form: NewDiskForm): string | null => {
  if (page === 'name') return nameFault(form);
  if (page !== 'configure') return null;
  if (form.type === 'Differencing')
    return form.parent === '' ? 'Choose the parent of the differencing disk.' : null;
  const size = /^\d{1,6}$/u.test(form.size.trim()) ? Number(form.size) : 0;
  return size < 1 || size > MOST[form.format]
    ? `Specify a size from 1 GB through ${MOST[form.format]} GB.`
    : null;
};

const nameFault = (form: NewDiskForm): string | null => {
  const path = pathOf(form);
  if (!PATH.test(path)) return 'Specify a name that ends in .vhd or .vhdx, and a full path.';
  return path.toLowerCase().endsWith(`.${form.format.toLowerCase()}`)
    ? null
    : `The name of a disk of the format ${form.format} ends in .${form.format.toLowerCase()}.`;
};

export const firstFault = (form: NewDiskForm): { page: PageId; fault: string } | null => {
  for (const { id } of PAGES) {
    const fault = pageFault(id, form);
    if (fault !== null) return { page: id, fault };
  }
  return null;
};

/** The operation that the filled-in form stands for. */
export const operationOf = (form: NewDiskForm): InputOf<'disk.create'> => {
  const { host, type, parent, size } = form;
  const path = pathOf(form);
  return type === 'Differencing'
    ? { host, path, type, parent }
    : { host, path, type, size: Number(size) * GIB };
};
