import { expect, test } from 'vitest';
import { labUnderFire, mostOf } from '../test/kill/lab-under-fire.ts';
import { checkLabFile } from './lab-files.ts';

const file = labUnderFire({ hosts: 2, vms: 3, seed: 'files' });
const limit = `virtualMachines: ${mostOf(3)}`;

test('a lab file asks for as many virtual machines as it allows itself, however few it begins with', () => {
  const wide = checkLabFile(file.replace(limit, 'virtualMachines: 8000'));
  const plain = checkLabFile(file.replace(`limits:\n  ${limit}\n`, ''));

  expect(wide).toEqual({ ok: true, value: { hosts: 2, vms: 8_000 } });
  expect(plain).toEqual({ ok: true, value: { hosts: 2, vms: 200 } });
});

test('a file with more than it allows itself is told so by line', () => {
  const narrow = checkLabFile(file.replace(limit, 'virtualMachines: 2'));

  expect(narrow).toMatchObject({ ok: false, fault: [{ path: 'limits.virtualMachines' }] });
});
