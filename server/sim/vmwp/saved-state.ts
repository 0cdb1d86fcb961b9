import { must } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { VmId } from '../../protocol/id.ts';
import type { SavedState } from '../../protocol/record/vm.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { SavedDevices } from '../devices/power.ts';
import { restoreDevices, saveDevices } from '../devices/power.ts';
import type { Turn } from '../engine/turn.ts';
import type { SavedGuest } from '../guest/power.ts';
import { captureGuest, restoreGuest } from '../guest/power.ts';
import type { PartitionStream } from '../hypervisor/call.ts';
import * as vid from '../vid/saved-state.ts';
import { partitionOfVm } from './build.ts';
import { savedStateOf, writeDeviceState } from './vm-file.ts';

// What a saved virtual machine is: the hypervisor's word on its processors, its devices and bus, and
// what ran in it. The memory's own file holds no more than its size here; the guest stands for it.

export function saveState(turn: Turn, vm: VmId): Result<null, Refusal> {
  const state = captureState(turn, vm);
  return state.ok ? writeDeviceState(turn, vm, state.value) : state;
}

/** What a saved state file is to hold; the virtual machine stands, and may go on afterwards. */
export function captureState(turn: Turn, vm: VmId): Result<SavedState, Refusal> {
  const partition = must(partitionOfVm(turn, vm), 'what is saved has a partition');
  const stream = vid.saveState(turn, partition);
  if (!stream.ok) return stream;
  return ok({
    partition: stream.value,
    devices: saveDevices(turn, partition),
    guest: captureGuest(turn, partition),
  });
}

/** Puts everything back into a new partition, suspended as it was saved. */
export function loadState(turn: Turn, vm: VmId): Result<null, Refusal> {
  const partition = must(partitionOfVm(turn, vm), 'what is restored has a partition');
  const { host } = turn.must('vm', vm);
  const saved = must(savedStateOf(turn, vm), 'a Saved virtual machine has its files');
  // The file was written by saveState, and by nobody else.
  const restored = vid.restoreState(turn, partition, saved['partition'] as PartitionStream);
  if (!restored.ok) return restored;
  const devices = saved['devices'] as SavedDevices;
  const rebuilt = restoreDevices(turn, { host, vm, partition }, devices);
  if (!rebuilt.ok) return rebuilt;
  restoreGuest(turn, partition, saved['guest'] as SavedGuest);
  return ok(null);
}
