import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { JobId, PersonId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Procedure } from '../engine/procedure.ts';
import { abandonJob } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { removeMemoryFiles } from '../vmwp/vm-file.ts';
import { CLOSE, SUSPEND } from './close-steps.ts';
import { beginFor, jobOf, vmOf } from './procedure.ts';
import { invalidState } from './refusal.ts';
import { settled } from './settled.ts';
import { move, STOPPED } from './transition.ts';
import { next } from './vm-state.ts';

/** The power cut: processors suspended, everything torn down, nothing asked of the guest. */
export const TURN_OFF_VM: Procedure = {
  name: 'turn-off-vm',
  steps: [SUSPEND, ...CLOSE],
  done: (turn, job) => {
    const vm = vmOf(job);
    removeMemoryFiles(turn, vm);
    logVmEvent(turn, 18502, vm);
    move(turn, vm, 'stopped', STOPPED);
    settled(turn, vm);
  },
  // Nothing of it can fail: whatever is not there any more needs no taking away.
  failed: () => {},
};

/** Whatever the virtual machine was about, it is about that no more: it is turned off instead. */
export function turnOffVm(
  turn: Turn,
  vm: RecordOf<'vm'>,
  person: PersonId | null,
): Result<JobId, Refusal> {
  if (next(vm.state, 'turnOff') === undefined) return invalidState(vm, 'turnOff');
  const job = jobOf(turn, vm);
  if (job?.procedure === TURN_OFF_VM.name) return invalidState(vm, 'turnOff');
  if (job !== undefined) abandonJob(turn, job, 'The virtual machine was turned off.');
  move(turn, vm.id, 'turnOff');
  return ok(
    beginFor(turn, TURN_OFF_VM, vm, { title: `Turning off virtual machine ${vm.name}`, person }),
  );
}
