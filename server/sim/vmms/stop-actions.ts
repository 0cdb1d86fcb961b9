import type { HostId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { isVmmsListening } from './door.ts';
import { saveVm } from './save-vm.ts';
import { isShutdownReady, shutDownVm } from './shut-down-vm.ts';
import { isInSnapshot } from './snapshot-jobs.ts';
import { turnOffVm } from './turn-off-vm.ts';

/** VMMS notes which virtual machines run, so that the next boot can start those again. */
export function noteWhoRuns(turn: Turn, host: HostId): void {
  for (const { id, state } of turn.where('vm', 'host', host)) {
    const runs = state === 'Running' || state === 'Paused' || state === 'Starting';
    turn.patch('vm', id, { wasRunningAtHostStop: runs });
  }
}

/**
 * The automatic stop action of one virtual machine. One in transition is left alone: when it has
 * settled, its host asks again.
 */
export function stopForHost(turn: Turn, vm: RecordOf<'vm'>): void {
  if (!isVmmsListening(turn, vm.host)) return;
  if (vm.state !== 'Running' && vm.state !== 'Paused') return;
  if (isInSnapshot(turn, vm)) return;
  if (vm.automaticStopAction === 'Save' && saveVm(turn, vm, null).ok) return;
  // Nobody in the guest can be asked, or what it asks for cannot be done: the plug is pulled (chosen).
  if (vm.automaticStopAction === 'ShutDown' && isShutdownReady(turn, vm)) {
    if (shutDownVm(turn, vm, { force: true, person: null }).ok) return;
  }
  turnOffVm(turn, vm, null);
}
