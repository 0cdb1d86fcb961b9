import type { VmState } from '../../protocol/record/vm.ts';

// The states of a virtual machine, as Msvm_ComputerSystem.EnabledState moves through them.

/** What people ask for; each is one operation. */
export type VmRequest =
  | 'start'
  | 'turnOff'
  | 'shutDown'
  | 'save'
  | 'pause'
  | 'resume'
  | 'reset'
  | 'deleteSavedState';

/** What comes of it, or happens by itself. */
export type VmOutcome =
  | 'started'
  | 'restored'
  | 'startFailed'
  | 'restoreFailed'
  | 'stopped'
  | 'shutDownFailed'
  | 'saved'
  | 'saveFailed'
  | 'paused'
  | 'pauseFailed'
  | 'resumed'
  | 'resumeFailed'
  | 'wasReset'
  | 'applied'
  | 'appliedSaved'
  | 'ended';

export type VmTrigger = VmRequest | VmOutcome;

/** Sources: the state tables of Msvm_ComputerSystem and of Hyper-V Manager's actions by state. */
export const VM_TRANSITIONS = {
  Off: { start: 'Starting', applied: 'Off', appliedSaved: 'Saved' },
  Starting: {
    started: 'Running',
    restored: 'Running',
    startFailed: 'Off',
    restoreFailed: 'Saved',
    turnOff: 'Stopping',
    ended: 'Off',
  },
  Running: {
    turnOff: 'Stopping',
    shutDown: 'Stopping',
    save: 'Saving',
    pause: 'Pausing',
    reset: 'Reset',
    stopped: 'Off',
    ended: 'Off',
  },
  Pausing: { paused: 'Paused', pauseFailed: 'Running', stopped: 'Off', ended: 'Off' },
  Paused: {
    resume: 'Resuming',
    save: 'Saving',
    turnOff: 'Stopping',
    reset: 'Reset',
    stopped: 'Off',
    ended: 'Off',
  },
  Resuming: { resumed: 'Running', resumeFailed: 'Paused', stopped: 'Off', ended: 'Off' },
  Saving: { saved: 'Saved', saveFailed: 'Running', stopped: 'Off', ended: 'Off' },
  Saved: { start: 'Starting', deleteSavedState: 'Off', applied: 'Off', appliedSaved: 'Saved' },
  Stopping: { stopped: 'Off', shutDownFailed: 'Running', turnOff: 'Stopping', ended: 'Off' },
  Reset: { wasReset: 'Running', turnOff: 'Stopping', stopped: 'Off', ended: 'Off' },
} as const satisfies Readonly<Record<VmState, Partial<Record<VmTrigger, VmState>>>>;

/** The state a trigger leads to, or undefined where it is not allowed. */
export function next(state: VmState, trigger: VmTrigger): VmState | undefined {
  const row: Partial<Record<VmTrigger, VmState>> = VM_TRANSITIONS[state];
  return row[trigger];
}

const EVERY_STATE = Object.keys(VM_TRANSITIONS) as readonly VmState[];

/** Changes of the configuration and the states in which Server 2012 allows them. */
export const VM_CHANGES = {
  rename: EVERY_STATE,
  delete: ['Off', 'Saved'],
  memoryStartup: ['Off'],
  processorCount: ['Off'],
  notes: EVERY_STATE,
  automaticStart: EVERY_STATE,
  automaticStop: ['Off'],
  bootOrder: ['Off'],
  processorShare: ['Off', 'Running', 'Paused'],
  dvd: ['Off', 'Running', 'Paused'],
  drive: ['Off'],
  scsiDisk: ['Off', 'Running'],
  scsiController: ['Off'],
  takeSnapshot: ['Off', 'Running', 'Saved'],
  applySnapshot: ['Off', 'Running', 'Paused', 'Saved'],
  deleteSnapshot: ['Off', 'Running', 'Paused', 'Saved'],
  renameSnapshot: EVERY_STATE,
  networkConnection: ['Off', 'Running', 'Paused', 'Saved'],
  integrationService: ['Off', 'Running', 'Paused'],
} as const satisfies Readonly<Record<string, readonly VmState[]>>;

export type VmChange = keyof typeof VM_CHANGES;

export function mayChange(state: VmState, change: VmChange): boolean {
  return (VM_CHANGES[change] as readonly VmState[]).includes(state);
}

/** States in which a worker process and a partition stand behind the virtual machine. */
export function isActive(state: VmState): boolean {
  return state !== 'Off' && state !== 'Saved';
}
