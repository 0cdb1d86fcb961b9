import { expect, test } from 'vitest';
import { milliseconds, minutes, seconds } from '../../protocol/time.ts';
import * as durations from './duration.ts';
import { CODE } from './refusal.ts';
import { VM_CHANGES, VM_TRANSITIONS } from './vm-state.ts';

// The tables once more, by hand.

test('[VM40] what comes of a request leads on, and the end of a worker process to Off', () => {
  const requests = ['start', 'turnOff', 'shutDown', 'save', 'pause', 'resume', 'reset'];
  const isOutcome = (trigger: string): boolean =>
    !requests.includes(trigger) && trigger !== 'deleteSavedState';

  const outcomes = Object.entries(VM_TRANSITIONS).map(([state, row]) => [
    state,
    Object.entries(row)
      .filter(([trigger]) => isOutcome(trigger))
      .map(([trigger, to]) => `${trigger} ${to}`)
      .join(', '),
  ]);

  expect(Object.fromEntries(outcomes)).toEqual({
    Off: 'applied Off, appliedSaved Saved',
    Starting: 'started Running, restored Running, startFailed Off, restoreFailed Saved, ended Off',
    Running: 'stopped Off, ended Off',
    Pausing: 'paused Paused, pauseFailed Running, stopped Off, ended Off',
    Paused: 'stopped Off, ended Off',
    Resuming: 'resumed Running, resumeFailed Paused, stopped Off, ended Off',
    Saving: 'saved Saved, saveFailed Running, stopped Off, ended Off',
    Saved: 'applied Off, appliedSaved Saved',
    Stopping: 'stopped Off, shutDownFailed Running, ended Off',
    Reset: 'wasReset Running, stopped Off, ended Off',
  });
});

test('[VM41] a request leads to its transient state, which says what is being done', () => {
  const leads = Object.entries(VM_TRANSITIONS).flatMap(([state, row]) =>
    Object.entries(row).map(([trigger, to]) => `${state} ${trigger} ${to}`),
  );

  expect(leads).toEqual(
    expect.arrayContaining([
      'Off start Starting',
      'Saved start Starting',
      'Saved deleteSavedState Off',
      'Starting turnOff Stopping',
      'Running turnOff Stopping',
      'Running shutDown Stopping',
      'Running save Saving',
      'Running pause Pausing',
      'Running reset Reset',
      'Paused resume Resuming',
      'Paused save Saving',
      'Paused turnOff Stopping',
      'Paused reset Reset',
      'Stopping turnOff Stopping',
      'Reset turnOff Stopping',
    ]),
  );
});

const EVERY = [
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

test('[VM42] each change of a configuration has its states', () => {
  expect(VM_CHANGES).toEqual({
    rename: EVERY,
    delete: ['Off', 'Saved'],
    memoryStartup: ['Off'],
    processorCount: ['Off'],
    notes: EVERY,
    automaticStart: EVERY,
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
    renameSnapshot: EVERY,
    networkConnection: ['Off', 'Running', 'Paused', 'Saved'],
    integrationService: ['Off', 'Running', 'Paused'],
  });
});

test('[VM43] steps take their times, so that a start can be watched', () => {
  expect({ ...durations }).toEqual({
    CHECK_CONFIGURATION: milliseconds(200),
    START_WORKER: milliseconds(300),
    CREATE_PARTITION: milliseconds(150),
    ALLOCATE_BASE: milliseconds(100),
    ALLOCATE_PER_GIB: milliseconds(50),
    CREATE_DEVICES: milliseconds(250),
    OPEN_STORAGE: milliseconds(300),
    CONNECT_NETWORK: milliseconds(100),
    CREATE_BUS: milliseconds(150),
    POWER_ON: milliseconds(200),
    RUN_PROCESSORS: milliseconds(100),
    SUSPEND_PROCESSORS: milliseconds(50),
    POWER_OFF_DEVICES: milliseconds(200),
    CLOSE_BUS: milliseconds(100),
    CLOSE_ATTACHMENTS: milliseconds(100),
    TEAR_DOWN: milliseconds(150),
    END_WORKER: milliseconds(100),
    RESET_DEVICES: milliseconds(200),
    WRITE_STATE: milliseconds(300),
    READ_STATE: milliseconds(300),
    MEMORY_FILE_MEGABYTES_PER_SECOND: 200,
    SEND_SHUTDOWN: milliseconds(100),
    SHUTDOWN_PATIENCE: minutes(5),
    SERVICE_START: seconds(2),
    SERVICE_STOP: seconds(1),
    SERVICE_DRAIN: seconds(20),
    SERVICE_DRAIN_LOOK: milliseconds(500),
    HOST_POST: seconds(5),
    HYPERVISOR_LAUNCH: seconds(1),
    MANAGEMENT_OS_BOOT: seconds(10),
    MANAGEMENT_OS_SERVICES: seconds(2),
    MANAGEMENT_OS_STOP: seconds(5),
    HOST_PATIENCE: minutes(10),
  });
});

test('[VM44] refusals have the return codes of Msvm methods and of Win32', () => {
  expect(CODE).toEqual({
    failed: 32768,
    timeout: 32772,
    invalidParameter: 32773,
    invalidState: 32775,
    notReady: 32780,
    outOfMemory: 0x8007000e,
    sharingViolation: 0x80070020,
    noResources: 0x800705aa,
    rpcUnavailable: 0x800706ba,
  });
});
