import type { OperationName } from '../../server/protocol/operation/index.ts';
import type { VmState } from '../../server/protocol/record/vm.ts';
import type { Seen } from '../state/lab-store.ts';

// What can be done to a virtual machine, by its state, as Hyper-V Manager of Server 2012 has it. The real
// product leaves out what is not possible; here it stays, greyed, and says why. A test compares the rows
// with the machine's own state table.

export type VmActionId =
  | 'connect'
  | 'settings'
  | 'start'
  | 'turnOff'
  | 'shutDown'
  | 'save'
  | 'pause'
  | 'resume'
  | 'reset'
  | 'deleteSavedState'
  | 'rename'
  | 'delete';

/** What runs on one's own screen needs no state; the others are one operation each. */
export interface VmActionRow {
  readonly id: VmActionId;
  /** With an ellipsis where it asks first. */
  readonly label: string;
  readonly op: Extract<OperationName, `vm.${string}`> | null;
  /** States in which it may be done. */
  readonly when: readonly VmState[];
  /** Why not, in the states that are not on the way to another one. */
  readonly otherwise: Partial<Record<VmState, string>>;
}

/** What the real list has and no lab here does, in its order and words. */
export const VM_MISSING: readonly string[] = ['Move…', 'Export…', 'Enable Replication…'];

export const NOT_IN_THIS_LAB = 'not simulated yet';

const EVERY: readonly VmState[] = [
  'Off',
  'Starting',
  'Running',
  'Pausing',
  'Paused',
  'Resuming',
  'Saving',
  'Saved',
  'Stopping',
  'Reset',
];

const OFF = 'it is off';
const SAVED = 'it is saved';
const RUNNING = 'it is running';
const PAUSED = 'it is paused';

export const VM_ACTIONS: readonly VmActionRow[] = [
  { id: 'connect', label: 'Connect…', op: null, when: EVERY, otherwise: {} },
  { id: 'settings', label: 'Settings…', op: null, when: EVERY, otherwise: {} },
  {
    id: 'start',
    label: 'Start',
    op: 'vm.start',
    when: ['Off', 'Saved'],
    otherwise: { Running: 'already running', Paused: 'paused: resume it' },
  },
  {
    id: 'turnOff',
    label: 'Turn Off…',
    op: 'vm.turnOff',
    when: ['Starting', 'Running', 'Paused', 'Stopping', 'Reset'],
    otherwise: { Off: OFF, Saved: SAVED },
  },
  {
    id: 'shutDown',
    label: 'Shut Down…',
    op: 'vm.shutDown',
    when: ['Running'],
    otherwise: { Off: OFF, Saved: SAVED, Paused: 'paused: the guest cannot answer' },
  },
  {
    id: 'save',
    label: 'Save',
    op: 'vm.save',
    when: ['Running', 'Paused'],
    otherwise: { Off: OFF, Saved: 'already saved' },
  },
  {
    id: 'pause',
    label: 'Pause',
    op: 'vm.pause',
    when: ['Running'],
    otherwise: { Off: OFF, Saved: SAVED, Paused: 'already paused' },
  },
  {
    id: 'resume',
    label: 'Resume',
    op: 'vm.resume',
    when: ['Paused'],
    otherwise: { Off: OFF, Saved: 'saved: start it', Running: RUNNING },
  },
  {
    id: 'reset',
    label: 'Reset…',
    op: 'vm.reset',
    when: ['Running', 'Paused'],
    otherwise: { Off: OFF, Saved: SAVED },
  },
  {
    id: 'deleteSavedState',
    label: 'Delete Saved State…',
    op: 'vm.deleteSavedState',
    when: ['Saved'],
    otherwise: { Off: 'none is saved', Running: 'none is saved', Paused: 'none is saved' },
  },
  { id: 'rename', label: 'Rename…', op: 'vm.rename', when: EVERY, otherwise: {} },
  {
    id: 'delete',
    label: 'Delete…',
    op: 'vm.delete',
    when: ['Off', 'Saved'],
    otherwise: { Running: RUNNING, Paused: PAUSED },
  },
];

/** What the product shows only in its state, because it would be no choice otherwise. */
const ONLY_IN: Partial<Record<VmActionId, readonly VmState[]>> = {
  pause: EVERY.filter(state => state !== 'Paused' && state !== 'Resuming'),
  resume: ['Paused', 'Resuming'],
  deleteSavedState: ['Saved'],
};

export interface Offered {
  readonly row: VmActionRow;
  /** Why it cannot be done now; null when it can. */
  readonly reason: string | null;
}

/** What stands around the virtual machine and forbids more than its state does. */
export interface Around {
  readonly host: Seen<'host'> | null;
  readonly vmms: Seen<'service'> | null;
}

export const offeredFor = (vm: Seen<'vm'>, around: Around): readonly Offered[] => {
  const { state } = vm;
  if (state === undefined) return [];
  return VM_ACTIONS.filter(row => ONLY_IN[row.id]?.includes(state) ?? true).map(row => ({
    row,
    reason: reasonAgainst(row, vm, around),
  }));
};

export const reasonAgainst = (
  row: VmActionRow,
  vm: Seen<'vm'>,
  { host, vmms }: Around,
): string | null => {
  const state = vm.state ?? 'Off';
  if (row.op !== null) {
    if (host !== null && host.state !== 'Running')
      return `${host.name ?? 'the host'} is not running`;
    if (vmms !== null && vmms.state !== 'Running') return 'VMMS does not run';
  }
  if (!row.when.includes(state)) return row.otherwise[state] ?? `it is ${ON_THE_WAY[state]}`;
  if (row.id === 'shutDown' && vm.heartbeat !== 'OkApplicationsUnknown') return 'needs a heartbeat';
  return null;
};

const ON_THE_WAY: Readonly<Record<VmState, string>> = {
  Off: 'off',
  Starting: 'starting',
  Running: 'running',
  Pausing: 'pausing',
  Paused: 'paused',
  Resuming: 'resuming',
  Saving: 'being saved',
  Saved: 'saved',
  Stopping: 'stopping',
  Reset: 'being reset',
};
