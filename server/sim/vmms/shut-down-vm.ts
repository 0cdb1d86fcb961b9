import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { JobId, PersonId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import { requestShutdown } from '../devices/integration-service.ts';
import type { Procedure } from '../engine/procedure.ts';
import { tell } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { SEND_SHUTDOWN, SHUTDOWN_PATIENCE } from './duration.ts';
import { heartbeatOf } from './heartbeat.ts';
import { beginFor, vmOf } from './procedure.ts';
import { invalidState, noShutdownService, shutdownTimeout } from './refusal.ts';
import { settled } from './settled.ts';
import { move } from './transition.ts';
import { isActive, next } from './vm-state.ts';

const DONE = ok(null);

/** The guest is asked, and does the rest: its worker process ends when the guest powers off. */
export const SHUT_DOWN_VM: Procedure = {
  name: 'shut-down-vm',
  steps: [
    {
      component: 'ic',
      title: 'Asking the guest to shut down',
      duration: SEND_SHUTDOWN,
      run: (turn, job) => {
        const asked = requestShutdown(turn, vmOf(job), {
          force: job.args['force'] === true,
          reason: 'Shut down by VMMS',
        });
        return asked.ok ? DONE : noShutdownService(turn.must('vm', vmOf(job)));
      },
    },
    {
      component: 'guest',
      title: 'Waiting for the guest to shut down',
      duration: 'told',
      patience: {
        span: SHUTDOWN_PATIENCE,
        over: (turn, job) => shutdownTimeout(turn.must('vm', vmOf(job))),
      },
      run: (turn, job) => {
        // It may have powered off by itself before it was asked.
        if (!isActive(turn.must('vm', vmOf(job)).state)) tell(turn, SHUT_DOWN_VM, job);
        return DONE;
      },
    },
  ],
  // The end of the worker process has moved the virtual machine to Off already.
  done: () => {},
  failed: (turn, job) => {
    const { id, state } = turn.must('vm', vmOf(job));
    if (next(state, 'shutDownFailed') !== undefined) {
      move(turn, id, 'shutDownFailed', { job: null });
    }
    settled(turn, id);
  },
};

export function shutDownVm(
  turn: Turn,
  vm: RecordOf<'vm'>,
  asked: { readonly force: boolean; readonly person: PersonId | null },
): Result<JobId, Refusal> {
  if (next(vm.state, 'shutDown') === undefined) return invalidState(vm, 'shutDown');
  if (!isShutdownReady(turn, vm)) return noShutdownService(vm);
  move(turn, vm.id, 'shutDown');
  return ok(
    beginFor(turn, SHUT_DOWN_VM, vm, {
      title: `Shutting down virtual machine ${vm.name}`,
      person: asked.person,
      args: { force: asked.force },
    }),
  );
}

/** The service must be offered, must have found its other end in the guest, and the guest must live. */
export function isShutdownReady(turn: Turn, vm: RecordOf<'vm'>): boolean {
  const guid = vm.id.slice('vm:'.length);
  const service = turn.get('integration-service', `integration-service:${guid}/shutdown`);
  return (
    service !== undefined &&
    service.enabled &&
    service.status === 'Ok' &&
    heartbeatOf(turn, vm.id) === 'OkApplicationsUnknown'
  );
}
