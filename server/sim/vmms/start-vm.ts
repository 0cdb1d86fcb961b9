import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { JobId, PersonId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Job, Procedure } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { createBus, removeBus } from '../vmwp/build.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { powerOffDevices, powerOnDevices } from '../vmwp/power.ts';
import { loadState } from '../vmwp/saved-state.ts';
import { dropSavedState } from '../vmwp/vm-file.ts';
import { checkResources } from './check-resources.ts';
import { CREATE_BUS, POWER_ON, READ_STATE } from './duration.ts';
import { heartbeatOf } from './heartbeat.ts';
import { memoryFileTime } from './memory-file-time.ts';
import { beginFor, vmOf } from './procedure.ts';
import { invalidState } from './refusal.ts';
import { settled } from './settled.ts';
import { BUILD, RUN } from './start-steps.ts';
import { move } from './transition.ts';
import { next } from './vm-state.ts';

// Start-VM: from Off to a BIOS at its reset vector, or from Saved to where the guest stood.

const DONE = ok(null);

const MIB = 1024 * 1024;

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
  const vm = turn.must('vm', vmOf(job));
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
