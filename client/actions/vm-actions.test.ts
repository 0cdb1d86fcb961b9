import { expect, test } from 'vitest';
import type { VmState } from '../../server/protocol/record/vm.ts';
import {
  next,
  VM_CHANGES,
  VM_TRANSITIONS,
  type VmTrigger,
} from '../../server/sim/vmms/vm-state.ts';
import type { Seen } from '../state/lab-store.ts';
import { type Around, offeredFor, VM_ACTIONS, type VmActionId } from './vm-actions.ts';

const STATES = Object.keys(VM_TRANSITIONS) as VmState[];

const REQUESTS: readonly (VmActionId & VmTrigger)[] = [
  'start',
  'turnOff',
  'shutDown',
  'save',
  'pause',
  'resume',
  'reset',
  'deleteSavedState',
];

const aVm = (more: Partial<Seen<'vm'>>): Seen<'vm'> => ({
  id: 'vm:1',
  rev: 1,
  cause: 0,
  state: 'Off',
  heartbeat: 'OkApplicationsUnknown',
  ...more,
});

const AROUND: Around = {
  host: { id: 'host:HV1', rev: 1, cause: 0, name: 'HV1', state: 'Running' },
  vmms: { id: 'service:HV1/vmms', rev: 1, cause: 0, state: 'Running' },
};

const reason = (action: VmActionId, vm: Seen<'vm'>, around = AROUND): string | null | undefined =>
  offeredFor(vm, around).find(({ row }) => row.id === action)?.reason;

test.each(REQUESTS)(
  '%s is possible in the states in which the machine takes it, and in no other',
  request => {
    const row = VM_ACTIONS.find(({ id }) => id === request);

    const taken = STATES.filter(state => next(state, request) !== undefined);

    expect(row?.when.toSorted()).toEqual(taken.toSorted());
  },
);

test('rename and delete are possible where the machine allows the change', () => {
  const when = (id: VmActionId) => VM_ACTIONS.find(row => row.id === id)?.when.toSorted();

  expect(when('delete')).toEqual(VM_CHANGES.delete.toSorted());
  expect(when('rename')).toEqual(VM_CHANGES.rename.toSorted());
});

test.each(STATES)('in %s every action is possible or says why not', state => {
  const offered = offeredFor(aVm({ state }), AROUND);

  for (const { row, reason: why } of offered) {
    expect([row.id, why === null]).toEqual([row.id, row.when.includes(state)]);
    expect(why).not.toBe('');
  }
});

test('shutting down asks the guest, so it needs a heartbeat', () => {
  expect(reason('shutDown', aVm({ state: 'Running' }))).toBeNull();
  expect(reason('shutDown', aVm({ state: 'Running', heartbeat: 'NoContact' }))).toBe(
    'needs a heartbeat',
  );
});

test('without VMMS nothing can be managed, and looking is still possible', () => {
  const stopped: Around = {
    ...AROUND,
    vmms: { id: 'service:HV1/vmms', rev: 2, cause: 0, state: 'Stopped' },
  };

  expect(reason('start', aVm({}), stopped)).toBe('VMMS does not run');
  expect(reason('connect', aVm({}), stopped)).toBeNull();
});

test('pause and resume take each other’s place, as in the product', () => {
  const ids = (state: VmState) => offeredFor(aVm({ state }), AROUND).map(({ row }) => row.id);

  expect(ids('Running')).toContain('pause');
  expect(ids('Running')).not.toContain('resume');
  expect(ids('Paused')).toContain('resume');
  expect(ids('Paused')).not.toContain('pause');
});
