import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { JobId, PersonId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Procedure } from '../engine/procedure.ts';
import { begin } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { exitWorker } from '../vmwp/worker-process.ts';
import { END_WORKER } from './duration.ts';
import { invalidState } from './refusal.ts';
import { vmOf } from './start-vm.ts';
import { move } from './transition.ts';
import { next } from './vm-state.ts';

export const TURN_OFF_VM: Procedure = {
  name: 'turn-off-vm',
  steps: [
    {
      component: 'vmwp',
      title: 'Ending the worker process',
      duration: END_WORKER,
      run: (turn, job) => {
        const { workerProcess } = turn.must('vm', vmOf(job));
        turn.patch('vm', vmOf(job), { workerProcess: null });
        if (workerProcess !== null) exitWorker(turn, workerProcess);
        return ok(null);
      },
    },
  ],
  done: (turn, job) => {
    logVmEvent(turn, 18502, vmOf(job));
    move(turn, vmOf(job), 'stopped', {
      job: null,
      runningSince: null,
      uptimeBefore: 0,
      heartbeat: null,
    });
  },
  failed: (turn, job) => move(turn, vmOf(job), 'ended', { job: null }),
};

export function turnOffVm(
  turn: Turn,
  vm: RecordOf<'vm'>,
  person: PersonId | null,
): Result<JobId, Refusal> {
  if (next(vm.state, 'turnOff') === undefined) return invalidState(vm, 'turnOff');
  move(turn, vm.id, 'turnOff');
  const job = begin(turn, TURN_OFF_VM, {
    host: vm.host,
    vm: vm.id,
    vmName: vm.name,
    title: `Turning off virtual machine ${vm.name}`,
    person,
  });
  turn.patch('vm', vm.id, { job });
  return ok(job);
}
