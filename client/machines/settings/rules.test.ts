import { expect, test } from 'vitest';
import { VM_CHANGES } from '../../../server/sim/vmms/vm-state.ts';
import { CHANGEABLE, fieldFault, frozen } from './rules.ts';

test('pages can be changed in the states in which the machine allows it', () => {
  expect(CHANGEABLE.memory).toEqual(VM_CHANGES.memoryStartup);
  expect(CHANGEABLE.processor).toEqual(VM_CHANGES.processorShare);
  expect(CHANGEABLE.dvd).toEqual(VM_CHANGES.dvd);
  expect(CHANGEABLE.drive).toEqual(VM_CHANGES.drive);
  expect(CHANGEABLE['scsi disk']).toEqual(VM_CHANGES.scsiDisk);
  expect(CHANGEABLE['scsi controller']).toEqual(VM_CHANGES.scsiController);
  expect(CHANGEABLE.network).toEqual(VM_CHANGES.networkConnection);
  expect(CHANGEABLE.services).toEqual(VM_CHANGES.integrationService);
  expect(CHANGEABLE.bios).toEqual(VM_CHANGES.bootOrder);
  expect(CHANGEABLE.stop).toEqual(VM_CHANGES.automaticStop);
  expect(CHANGEABLE['processor count']).toEqual(VM_CHANGES.processorCount);
  for (const state of VM_CHANGES.notes) expect(frozen('name', state)).toBeNull();
  for (const state of VM_CHANGES.automaticStart) expect(frozen('start', state)).toBeNull();
  for (const state of VM_CHANGES.rename) expect(frozen('name', state)).toBeNull();
  expect(frozen('processor count', 'Running')).toContain('only while the virtual machine is off');
});

test.each([
  ['memory', '512', true],
  ['memory', '7', false],
  ['memory', 'much', false],
  ['count', '65', false],
  ['limit', '100', true],
  ['weight', '0', false],
  ['dvd', '', true],
  ['name', ' ', false],
  ['notes', 'n'.repeat(1000), true],
  ['notes', 'n'.repeat(1001), false],
  ['start-delay', '30', true],
  ['start-delay', '2147483648', false],
  ['start-delay', '-1', false],
] as const)('%s = %o is taken: %s', (key, text, taken) => {
  expect(fieldFault(key, text) === null).toBe(taken);
});
