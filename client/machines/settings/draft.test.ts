import { expect, test } from 'vitest';
import { VM_CHANGES } from '../../../server/sim/vmms/vm-state.ts';
import { CHANGEABLE, conflicts, edited, fieldFault, frozen, NO_EDITS, settled } from './draft.ts';

test('an edit back to what is there is no edit', () => {
  const there = edited(NO_EDITS, 'memory', '512', '1024');

  const back = edited(there, 'memory', '512', '512');

  expect([there.size, back.size]).toEqual([1, 0]);
});

test('what somebody else saved meanwhile is a conflict, and mine alone is none', () => {
  const draft = edited(edited(NO_EDITS, 'memory', '512', '1024'), 'name', 'A', 'B');

  const found = conflicts(draft, key => (key === 'memory' ? '2048' : 'A'));

  expect(found).toEqual([{ key: 'memory', mine: '1024', theirs: '2048' }]);
});

test('somebody saving the very same value is no conflict', () => {
  const draft = edited(NO_EDITS, 'memory', '512', '1024');

  expect(conflicts(draft, () => '1024')).toEqual([]);
});

test('a settled conflict is gone, whichever way it was settled', () => {
  const draft = edited(NO_EDITS, 'memory', '512', '1024');
  const conflict = { key: 'memory', mine: '1024', theirs: '2048' } as const;

  const mine = settled(draft, conflict, 'mine');
  const theirs = settled(draft, conflict, 'theirs');

  expect(conflicts(mine, () => '2048')).toEqual([]);
  expect(mine.get('memory')?.mine).toBe('1024');
  expect(theirs.size).toBe(0);
});

test('further typing does not hide that the ground has moved', () => {
  const draft = edited(edited(NO_EDITS, 'memory', '512', '1024'), 'memory', '2048', '4096');

  expect(conflicts(draft, () => '2048')).toHaveLength(1);
});

test('pages can be changed in the states in which the machine allows it', () => {
  expect(CHANGEABLE.memory).toEqual(VM_CHANGES.memoryStartup);
  expect(CHANGEABLE.processor).toEqual(VM_CHANGES.processorShare);
  expect(CHANGEABLE.dvd).toEqual(VM_CHANGES.dvd);
  expect(CHANGEABLE.network).toEqual(VM_CHANGES.networkConnection);
  expect(CHANGEABLE.services).toEqual(VM_CHANGES.integrationService);
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
] as const)('%s = %o is taken: %s', (key, text, taken) => {
  expect(fieldFault(key, text) === null).toBe(taken);
});
