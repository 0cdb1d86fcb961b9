import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { JobId, PersonId, VmId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { must } from '../../base/assert.ts';
import type { Job, Procedure } from '../engine/procedure.ts';
import { begin } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { availableMemory } from '../hardware/memory.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { exitWorker, spawnWorker } from '../vmwp/worker-process.ts';
import { CHECK_CONFIGURATION, RUN_PROCESSORS, START_WORKER } from './duration.ts';
import { hypervisorNotRunning, invalidState, notEnoughMemory } from './refusal.ts';
import { move } from './transition.ts';
import { next } from './vm-state.ts';

const DONE = ok(null);

export function vmOf(job: Job): VmId {
  return must(job.vm, 'the procedure is a virtual machine’s');
}

export const START_VM: Procedure = {
  name: 'start-vm',
  steps: [
    {
      component: 'vmms',
      title: 'Checking the configuration and resources',
      duration: CHECK_CONFIGURATION,
      run: (turn, job) => checkResources(turn, turn.must('vm', vmOf(job))),
    },
    {
      component: 'vmms',
      title: 'Starting the worker process',
      duration: START_WORKER,
      run: (turn, job) => {
        const vm = vmOf(job);
        turn.patch('vm', vm, { workerProcess: spawnWorker(turn, vm) });
        return DONE;
      },
      undo: (turn, job) => {
        const { workerProcess } = turn.must('vm', vmOf(job));
        if (workerProcess === null) return;
        turn.patch('vm', vmOf(job), { workerProcess: null });
        exitWorker(turn, workerProcess);
      },
    },
    {
      component: 'vid',
      title: 'Starting the virtual processors',
      duration: RUN_PROCESSORS,
      run: () => DONE,
    },
  ],
  done: (turn, job) => {
    const vm = vmOf(job);
    logVmEvent(turn, 18500, vm);
    move(turn, vm, 'started', {
      job: null,
      runningSince: turn.now,
      uptimeBefore: 0,
      heartbeat: 'NoContact',
    });
  },
  failed: (turn, job) => {
    const vm = vmOf(job);
    logVmEvent(turn, 12030, vm);
    move(turn, vm, 'startFailed', { job: null });
  },
};

export function startVm(
  turn: Turn,
  vm: RecordOf<'vm'>,
  person: PersonId | null,
): Result<JobId, Refusal> {
  if (next(vm.state, 'start') === undefined) return invalidState(vm, 'start');
  const checked = checkResources(turn, vm);
  if (!checked.ok) return checked;
  move(turn, vm.id, 'start');
  const job = begin(turn, START_VM, {
    host: vm.host,
    vm: vm.id,
    vmName: vm.name,
    title: `Starting virtual machine ${vm.name}`,
    person,
  });
  turn.patch('vm', vm.id, { job });
  return ok(job);
}

function checkResources(turn: Turn, vm: RecordOf<'vm'>): Result<null, Refusal> {
  if (!turn.must('host', vm.host).hypervisorRunning) return hypervisorNotRunning(vm);
  const free = availableMemory(turn, vm.host);
  if (vm.memoryStartup > free) return notEnoughMemory(vm, free);
  return DONE;
}
