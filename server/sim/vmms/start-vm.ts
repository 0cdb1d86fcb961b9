import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { JobId, PersonId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { ticks } from '../../protocol/time.ts';
import type { Job, Procedure, Step } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import {
  assignMemory,
  buildPartition,
  createBus,
  createDevices,
  freeMemory,
  removeBus,
  removePartition,
} from '../vmwp/build.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { closeDisks, connectNetwork, disconnectNetwork, openDisks } from '../vmwp/attachment.ts';
import {
  powerOffDevices,
  powerOnDevices,
  runProcessors,
  suspendProcessors,
} from '../vmwp/power.ts';
import { loadState } from '../vmwp/saved-state.ts';
import {
  dropSavedState,
  isReservedWhileRunning,
  removeMemoryFiles,
  reserveMemoryFile,
} from '../vmwp/vm-file.ts';
import { exitWorker, spawnWorker } from '../vmwp/worker-process.ts';
import { checkResources } from './check-resources.ts';
import {
  ALLOCATE_BASE,
  ALLOCATE_PER_GIB,
  CHECK_CONFIGURATION,
  CONNECT_NETWORK,
  CREATE_BUS,
  CREATE_DEVICES,
  CREATE_PARTITION,
  OPEN_STORAGE,
  POWER_ON,
  READ_STATE,
  RUN_PROCESSORS,
  START_WORKER,
} from './duration.ts';
import { heartbeatOf } from './heartbeat.ts';
import { memoryFileTime } from './memory-file-time.ts';
import { beginFor, vmOf } from './procedure.ts';
import { invalidState } from './refusal.ts';
import { settled } from './settled.ts';
import { move } from './transition.ts';
import { next } from './vm-state.ts';

// Start-VM, step by step: VMMS looks, starts a worker process, and the worker process has the
// partition built, gives it devices and a bus, and lets its processors run. Restoring is the same
// way with another end.

const DONE = ok(null);

const MIB = 1024 * 1024;

const GIB = 1024 * MIB;

function vmRecord(turn: Turn, job: Job): RecordOf<'vm'> {
  return turn.must('vm', vmOf(job));
}

const BUILD: readonly Step[] = [
  {
    component: 'vmms',
    title: 'Checking the configuration and resources',
    duration: CHECK_CONFIGURATION,
    run: (turn, job) => checkResources(turn, vmRecord(turn, job)),
  },
  {
    component: 'vmms',
    title: 'Starting the worker process',
    duration: START_WORKER,
    run: (turn, job) => {
      const vm = vmRecord(turn, job);
      if (isReservedWhileRunning(turn, vm.id)) {
        const reserved = reserveMemoryFile(turn, vm.id);
        if (!reserved.ok) return reserved;
      }
      turn.patch('vm', vm.id, { workerProcess: spawnWorker(turn, vm.id) });
      return DONE;
    },
    undo: (turn, job) => {
      const { id, workerProcess } = vmRecord(turn, job);
      if (job.procedure === START_VM.name) removeMemoryFiles(turn, id);
      if (workerProcess === null) return;
      turn.patch('vm', id, { workerProcess: null });
      exitWorker(turn, workerProcess);
    },
  },
  {
    component: 'vid',
    title: 'Creating the partition',
    duration: CREATE_PARTITION,
    run: (turn, job) => {
      const built = buildPartition(turn, vmOf(job));
      if (!built.ok) return built;
      turn.patch('vm', vmOf(job), { partition: built.value });
      return DONE;
    },
    undo: (turn, job) => {
      removePartition(turn, vmOf(job));
      turn.patch('vm', vmOf(job), { partition: null });
    },
  },
  {
    component: 'vid',
    title: 'Allocating memory',
    duration: (turn, job) => {
      const gibibytes = Math.ceil(vmRecord(turn, job).memoryStartup / GIB);
      return ticks(ALLOCATE_BASE + gibibytes * ALLOCATE_PER_GIB);
    },
    run: (turn, job) => {
      const assigned = assignMemory(turn, vmOf(job));
      if (!assigned.ok) return assigned;
      turn.patch('vm', vmOf(job), { memoryAssigned: vmRecord(turn, job).memoryStartup });
      return DONE;
    },
    undo: (turn, job) => {
      freeMemory(turn, vmOf(job));
      turn.patch('vm', vmOf(job), { memoryAssigned: 0 });
    },
  },
  {
    component: 'vmwp',
    title: 'Creating virtual processors and devices',
    duration: CREATE_DEVICES,
    run: (turn, job) => createDevices(turn, vmOf(job)),
  },
  {
    component: 'storvsp',
    title: 'Opening storage attachments',
    duration: OPEN_STORAGE,
    run: (turn, job) => openDisks(turn, vmOf(job)),
    undo: (turn, job) => closeDisks(turn, vmOf(job)),
  },
  {
    component: 'vmswitch',
    title: 'Connecting switch ports',
    duration: CONNECT_NETWORK,
    run: (turn, job) => connectNetwork(turn, vmOf(job)),
    undo: (turn, job) => disconnectNetwork(turn, vmOf(job)),
  },
];

const RUN: Step = {
  component: 'vid',
  title: 'Starting the virtual processors',
  duration: RUN_PROCESSORS,
  run: (turn, job) => {
    turn.patch('vm', vmOf(job), { heartbeat: 'NoContact' });
    runProcessors(turn, vmOf(job));
    return DONE;
  },
  undo: (turn, job) => {
    suspendProcessors(turn, vmOf(job));
    turn.patch('vm', vmOf(job), { heartbeat: null });
  },
};

function running(turn: Turn, job: Job, trigger: 'started' | 'restored'): void {
  const vm = vmOf(job);
  dropSavedState(turn, vm);
  move(turn, vm, trigger, {
    job: null,
    runningSince: turn.now,
    uptimeBefore: 0,
    heartbeat: heartbeatOf(turn, vm),
  });
  settled(turn, vm);
}

function failed(turn: Turn, job: Job): void {
  const vm = vmRecord(turn, job);
  logVmEvent(turn, 12030, vm.id);
  const trigger = job.procedure === RESTORE_VM.name ? 'restoreFailed' : 'startFailed';
  if (next(vm.state, trigger) !== undefined) move(turn, vm.id, trigger, { job: null });
  settled(turn, vm.id);
}

export const START_VM: Procedure = {
  name: 'start-vm',
  steps: [
    ...BUILD,
    {
      component: 'vmbusr',
      title: 'Creating the VMBus and queueing offers',
      duration: CREATE_BUS,
      run: (turn, job) => createBus(turn, vmOf(job)),
      undo: (turn, job) => removeBus(turn, vmOf(job)),
    },
    {
      component: 'vmwp',
      title: 'Powering on devices',
      duration: POWER_ON,
      run: (turn, job) => {
        powerOnDevices(turn, vmOf(job));
        return DONE;
      },
      undo: (turn, job) => powerOffDevices(turn, vmOf(job)),
    },
    RUN,
  ],
  done: (turn, job) => {
    logVmEvent(turn, 18500, vmOf(job));
    running(turn, job, 'started');
  },
  failed,
};

export const RESTORE_VM: Procedure = {
  name: 'restore-vm',
  steps: [
    ...BUILD,
    {
      component: 'vmwp',
      title: 'Reading memory contents',
      duration: (turn, job) => memoryFileTime(turn, vmOf(job)),
      run: () => DONE,
    },
    {
      component: 'vmwp',
      title: 'Restoring device state',
      duration: READ_STATE,
      run: (turn, job) => loadState(turn, vmOf(job)),
      undo: (turn, job) => {
        powerOffDevices(turn, vmOf(job));
        removeBus(turn, vmOf(job));
      },
    },
    RUN,
  ],
  done: (turn, job) => {
    logVmEvent(turn, 18596, vmOf(job));
    running(turn, job, 'restored');
  },
  failed,
};

export function startVm(
  turn: Turn,
  vm: RecordOf<'vm'>,
  person: PersonId | null,
): Result<JobId, Refusal> {
  if (next(vm.state, 'start') === undefined) return invalidState(vm, 'start');
  const checked = checkResources(turn, vm);
  if (!checked.ok) {
    logStartRefused(turn, vm, checked.fault);
    return checked;
  }
  const isSaved = vm.state === 'Saved';
  move(turn, vm.id, 'start');
  const verb = isSaved ? 'Restoring' : 'Starting';
  return ok(
    beginFor(turn, isSaved ? RESTORE_VM : START_VM, vm, {
      title: `${verb} virtual machine ${vm.name}`,
      person,
    }),
  );
}

/** The log keeps what was refused, although nothing else does. */
function logStartRefused(turn: Turn, vm: RecordOf<'vm'>, fault: Refusal): void {
  if (fault.kind === 'NotEnoughMemory') {
    logVmEvent(turn, 3122, vm.id, { megabytes: Math.floor(vm.memoryStartup / MIB) });
  }
  logVmEvent(turn, 12030, vm.id);
}
