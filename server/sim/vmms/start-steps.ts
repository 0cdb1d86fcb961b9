import { ok } from '../../base/result.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { ticks } from '../../protocol/time.ts';
import type { Job, Step } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { closeDisks, connectNetwork, disconnectNetwork, openDisks } from '../vmwp/attachment.ts';
import {
  assignMemory,
  buildPartition,
  createDevices,
  freeMemory,
  removePartition,
} from '../vmwp/build.ts';
import { runProcessors, suspendProcessors } from '../vmwp/power.ts';
import {
  isReservedWhileRunning,
  removeMemoryFiles,
  reserveMemoryFile,
  savedStateOf,
} from '../vmwp/vm-file.ts';
import { exitWorker, spawnWorker } from '../vmwp/worker-process.ts';
import { checkResources } from './check-resources.ts';
import {
  ALLOCATE_BASE,
  ALLOCATE_PER_GIB,
  CHECK_CONFIGURATION,
  CONNECT_NETWORK,
  CREATE_DEVICES,
  CREATE_PARTITION,
  OPEN_STORAGE,
  RUN_PROCESSORS,
  START_WORKER,
} from './duration.ts';
import { vmOf } from './procedure.ts';

// What a start and a restore have in common: VMMS looks, starts a worker process, and the worker
// process has the partition built and opens what the virtual machine is attached to; at the end its
// processors run. Between the two lies what makes the one cold and the other not.

const DONE = ok(null);

const GIB = 1024 * 1024 * 1024;

function vmRecord(turn: Turn, job: Job): RecordOf<'vm'> {
  return turn.must('vm', vmOf(job));
}

export const BUILD: readonly Step[] = [
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
      // What was saved stays: only the room that this start took is given back.
      if (savedStateOf(turn, id) === undefined) removeMemoryFiles(turn, id);
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

export const RUN: Step = {
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
