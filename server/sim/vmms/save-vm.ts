import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { JobId, PersonId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Procedure } from '../engine/procedure.ts';
import type { Turn } from '../engine/turn.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { runProcessors } from '../vmwp/power.ts';
import { saveState } from '../vmwp/saved-state.ts';
import {
  dropSavedState,
  memoryFileWritten,
  removeMemoryFiles,
  reserveMemoryFile,
} from '../vmwp/vm-file.ts';
import { CLOSE, SUSPEND } from './close-steps.ts';
import { WRITE_STATE } from './duration.ts';
import { memoryFileTime } from './memory-file-time.ts';
import { beginFor, vmOf } from './procedure.ts';
import { invalidState } from './refusal.ts';
import { settled } from './settled.ts';
import { move, STOPPED } from './transition.ts';
import { next } from './vm-state.ts';

const DONE = ok(null);

/** The processors stand, devices and memory go to files, the partition goes. */
export const SAVE_VM: Procedure = {
  name: 'save-vm',
  steps: [
    { ...SUSPEND, undo: (turn, job) => runProcessors(turn, vmOf(job)) },
    {
      component: 'vmwp',
      title: 'Saving device state',
      duration: WRITE_STATE,
      run: (turn, job) => saveState(turn, vmOf(job)),
    },
    {
      component: 'vmwp',
      title: 'Writing memory contents',
      duration: (turn, job) => memoryFileTime(turn, vmOf(job)),
      run: (turn, job) => {
        memoryFileWritten(turn, vmOf(job));
        return DONE;
      },
    },
    ...CLOSE,
  ],
  done: (turn, job) => {
    const vm = vmOf(job);
    logVmEvent(turn, 18510, vm);
    move(turn, vm, 'saved', STOPPED);
    settled(turn, vm);
  },
  failed: (turn, job) => {
    const vm = turn.must('vm', vmOf(job));
    if (next(vm.state, 'saveFailed') !== undefined) {
      dropSavedState(turn, vm.id);
      const runningSince = vm.runningSince ?? turn.now;
      move(turn, vm.id, 'saveFailed', { job: null, runningSince });
    }
    settled(turn, vm.id);
  },
};

export function saveVm(
  turn: Turn,
  vm: RecordOf<'vm'>,
  person: PersonId | null,
): Result<JobId, Refusal> {
  if (next(vm.state, 'save') === undefined) return invalidState(vm, 'save');
  const reserved = reserveMemoryFile(turn, vm.id);
  if (!reserved.ok) return reserved;
  move(turn, vm.id, 'save');
  return ok(beginFor(turn, SAVE_VM, vm, { title: `Saving virtual machine ${vm.name}`, person }));
}

/** Discards what was saved: the memory is lost, as by a power cut. */
export function deleteSavedState(turn: Turn, vm: RecordOf<'vm'>): Result<null, Refusal> {
  if (next(vm.state, 'deleteSavedState') === undefined) {
    return invalidState(vm, 'deleteSavedState');
  }
  removeMemoryFiles(turn, vm.id);
  move(turn, vm.id, 'deleteSavedState');
  return DONE;
}
