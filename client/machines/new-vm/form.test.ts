import { expect, test } from 'vitest';
import { OPERATIONS } from '../../../server/protocol/operation/index.ts';
import { emptyForm, firstFault, type NewVmForm, operationOf, pageFault } from './form.ts';

const form = (more: Partial<NewVmForm> = {}): NewVmForm => ({ ...emptyForm('host:HV1'), ...more });

test('the wizard’s own defaults make a machine at once', () => {
  expect(firstFault(form())).toBeNull();
  expect(operationOf(form())).toEqual({
    host: 'host:HV1',
    name: 'New Virtual Machine',
    memory: 512 * 1024 ** 2,
    virtualSwitch: null,
    disk: { from: 'empty', size: 127 * 1024 ** 3 },
    iso: null,
  });
});

test.each<[Partial<NewVmForm>, object]>([
  [
    { disk: 'library', image: 'library-image:a' },
    { from: 'library', image: 'library-image:a' },
  ],
  [
    { disk: 'existing', existing: 'virtual-disk:a' },
    { from: 'existing', disk: 'virtual-disk:a' },
  ],
  [{ disk: 'none' }, { from: 'none' }],
])('%o asks for the disk %o', (more, disk) => {
  expect(operationOf(form(more)).disk).toEqual(disk);
});

test('every filled-in form is an operation that the border takes', () => {
  const forms = [
    form({ name: ' SQL01 ', memory: '4096' }),
    form({ disk: 'none', iso: 'library-image:iso' }),
    form({ size: '65536' }),
  ];

  for (const filled of forms) {
    expect(firstFault(filled)).toBeNull();
    expect(OPERATIONS['vm.create'].args.safeParse(operationOf(filled)).success).toBe(true);
  }
});

test.each<[Partial<NewVmForm>, string]>([
  [{ name: ' ' }, 'name'],
  [{ memory: '7' }, 'memory'],
  [{ memory: '1.5' }, 'memory'],
  [{ memory: '2000000' }, 'memory'],
  [{ disk: 'library' }, 'disk'],
  [{ disk: 'existing' }, 'disk'],
  [{ size: '0' }, 'disk'],
  [{ size: 'big' }, 'disk'],
])('%o is stopped at the page %s', (more, page) => {
  expect(firstFault(form(more))?.page).toBe(page);
});

test('a size that is not used is not asked for', () => {
  expect(pageFault('disk', form({ disk: 'none', size: '' }))).toBeNull();
});

test('a machine from an image takes no disc along', () => {
  const from = form({ disk: 'library', image: 'library-image:a', iso: 'library-image:iso' });

  expect(operationOf(from).iso).toBeNull();
});
