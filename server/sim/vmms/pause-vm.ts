import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { JobId, PersonId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Procedure } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { resetMachine, runProcessors, suspendProcessors } from '../vmwp/power.ts';
import { SUSPEND } from './close-steps.ts';
import { RESET_DEVICES, RUN_PROCESSORS } from './duration.ts';
import { heartbeatOf } from './heartbeat.ts';
import { beginFor, vmOf } from './procedure.ts';
import { invalidState } from './refusal.ts';
import { settled } from './settled.ts';
import { move } from './transition.ts';
import type { VmOutcome, VmRequest } from './vm-state.ts';
import { next } from './vm-state.ts';

const DONE = ok(null);

/** Processors stand, memory stays: the uptime stops counting. */
export const PAUSE_VM: Procedure = {
  name: 'pause-vm',
  steps: [{ ...SUSPEND, undo: (turn, job) => runProcessors(turn, vmOf(job)) }],
  done: (turn, job) => {
    const { id, runningSince, uptimeBefore } = turn.must('vm', vmOf(job));
    logVmEvent(turn, 18516, id);
    move(turn, id, 'paused', {
      job: null,
      heartbeat: 'Paused',
      runningSince: null,
      uptimeBefore: uptimeBefore + (runningSince === null ? 0 : turn.now - runningSince),
    });
    settled(turn, id);
  },
  failed: (turn, job) => stay(turn, vmOf(job), 'pauseFailed'),
};

export const RESUME_VM: Procedure = {
  name: 'resume-vm',
  steps: [
    {
      component: 'vid',
      title: 'Starting the virtual processors',
      duration: RUN_PROCESSORS,
      run: (turn, job) => {
        runProcessors(turn, vmOf(job));
        return DONE;
      },
      undo: (turn, job) => suspendProcessors(turn, vmOf(job)),
    },
  ],
  done: (turn, job) => {
    const vm = vmOf(job);
    logVmEvent(turn, 18518, vm);
    move(turn, vm, 'resumed', {
      job: null,
      runningSince: turn.now,
      heartbeat: heartbeatOf(turn, vm),
    });
    settled(turn, vm);
  },
  failed: (turn, job) => stay(turn, vmOf(job), 'resumeFailed'),
};

/** The reset button: the same worker process and partition, at the reset vector again. */
export const RESET_VM: Procedure = {
  name: 'reset-vm',
  steps: [
    SUSPEND,
    {
      component: 'vmwp',
      title: 'Resetting devices',
      duration: RESET_DEVICES,
      run: (turn, job) => {
        resetMachine(turn, vmOf(job));
        return DONE;
      },
    },
    {
      component: 'vid',
      title: 'Starting the virtual processors',
      duration: RUN_PROCESSORS,
      run: (turn, job) => {
        runProcessors(turn, vmOf(job));
        return DONE;
      },
    },
  ],
  done: (turn, job) => {
    const vm = vmOf(job);
    logVmEvent(turn, 18512, vm);
    move(turn, vm, 'wasReset', {
      job: null,
      heartbeat: 'NoContact',
      runningSince: turn.now,
      uptimeBefore: 0,
      guestOsName: null,
      integrationServicesVersion: null,
      ipAddresses: [],
    });
    settled(turn, vm);
  },
  failed: (turn, job) => stay(turn, vmOf(job), 'wasReset'),
};

function stay(turn: Turn, id: RecordOf<'vm'>['id'], trigger: VmOutcome): void {
  if (next(turn.must('vm', id).state, trigger) === undefined) return;
  move(turn, id, trigger, { job: null });
  settled(turn, id);
}

const PROCEDURES = {
  pause: { procedure: PAUSE_VM, verb: 'Pausing' },
  resume: { procedure: RESUME_VM, verb: 'Resuming' },
  reset: { procedure: RESET_VM, verb: 'Resetting' },
} as const satisfies { readonly [R in VmRequest]?: { procedure: Procedure; verb: string } };

export function changeRunning(
  turn: Turn,
  vm: RecordOf<'vm'>,
  request: keyof typeof PROCEDURES,
  person: PersonId | null,
): Result<JobId, Refusal> {
  if (next(vm.state, request) === undefined) return invalidState(vm, request);
  const { procedure, verb } = PROCEDURES[request];
  move(turn, vm.id, request);
  return ok(beginFor(turn, procedure, vm, { title: `${verb} virtual machine ${vm.name}`, person }));
}
