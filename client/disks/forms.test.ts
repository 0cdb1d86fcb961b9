import { expect, test } from 'vitest';
import type { Seen } from '../state/lab-store.ts';
import type { DiskFile } from './disk-files.ts';
import { chainOf } from './disk-files.ts';
import { actionsFor, commandOf, emptyEdit, pageFault as editFault } from './edit-disk-form.ts';
import { emptyForm, firstFault, operationOf, pageFault, withFormat } from './new-disk-form.ts';

const GIB = 1024 ** 3;
const FORM = emptyForm('host:HV01', 'C:\\VHDs\\');

const disk = (values: Partial<Seen<'virtual-disk'>>): Seen<'virtual-disk'> => ({
  id: 'virtual-disk:HV01/1',
  rev: 1,
  cause: 0,
  format: 'VHDX',
  type: 'Dynamic',
  maximumSize: 10 * GIB,
  ...values,
});

const file = (values: Partial<Seen<'virtual-disk'>>): DiskFile => ({
  path: 'C:\\a.vhdx',
  disk: disk(values),
  image: null,
});

test('an untouched form is a dynamic VHDX of 127 GB in the folder of the host', () => {
  expect(firstFault(FORM)).toBeNull();
  expect(operationOf(FORM)).toEqual({
    host: 'host:HV01',
    path: 'C:\\VHDs\\New Virtual Hard Disk.vhdx',
    type: 'Dynamic',
    size: 127 * GIB,
  });
});

test('another format is another extension and another largest size', () => {
  const vhd = withFormat({ ...FORM, size: '3000' }, 'VHD');

  expect(vhd.name).toBe('New Virtual Hard Disk.vhd');
  expect(pageFault('configure', vhd)).toContain('2040 GB');
  expect(pageFault('name', { ...vhd, name: 'a.vhdx' })).toContain('.vhd');
  expect(pageFault('name', { ...FORM, folder: 'VHDs' })).not.toBeNull();
});

test('a differencing disk needs a parent, and has no size of its own', () => {
  const child = { ...FORM, type: 'Differencing' } as const;

  expect(pageFault('configure', child)).not.toBeNull();
  expect(operationOf({ ...child, parent: 'C:\\base.vhdx' })).not.toHaveProperty('size');
});

test('what Edit Disk offers follows format and type', () => {
  expect(actionsFor(file({}))).toEqual(['compact', 'convert', 'expand', 'shrink']);
  expect(actionsFor(file({ format: 'VHD', type: 'Fixed' }))).toEqual(['convert', 'expand']);
  expect(actionsFor(file({ type: 'Differencing' }))).toContain('merge');
  expect(actionsFor(undefined)).toEqual([]);
});

test('a size is larger for expanding and smaller for shrinking', () => {
  const form = { ...emptyEdit('host:HV01', 'C:\\a.vhdx'), size: '10' };

  for (const action of ['expand', 'shrink'] as const)
    expect(editFault('configure', { ...form, action }, file({}))).not.toBeNull();
  expect(editFault('configure', { ...form, action: 'expand', size: '11' }, file({}))).toBeNull();
  expect(commandOf({ ...form, action: 'shrink', size: '9' })).toEqual({
    op: 'disk.resize',
    args: { host: 'host:HV01', path: 'C:\\a.vhdx', size: 9 * GIB },
  });
});

test('a chain ends where a parent is gone', () => {
  const base = disk({ id: 'virtual-disk:HV01/2', parent: null });
  const child = disk({ parent: base.id });
  const orphan = disk({ id: 'virtual-disk:HV01/3', parent: 'virtual-disk:HV01/9' });

  expect(chainOf(child, [base, child]).map(({ id }) => id)).toEqual([child.id, base.id]);
  expect(chainOf(orphan, [orphan])).toEqual([orphan]);
});
