import type { HostId } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { stopHypervisor } from '../hypervisor/launch.ts';
import { forgetRuns } from '../vmwp/power-loss.ts';
import { removeMemoryFiles } from '../vmwp/vm-file.ts';
import { abandonDiskJobs } from './disk-jobs.ts';
import { dropService } from './service.ts';
import { move, STOPPED } from './transition.ts';
import { isActive } from './vm-state.ts';

/** A host without power: its memory forgets everything. What is on its volumes stays. */
export function cutPower(turn: Turn, host: HostId): void {
  for (const vm of turn.where('vm', 'host', host)) {
    if (isActive(vm.state)) lose(turn, vm);
    turn.patch('vm', vm.id, { status: 'Operating normally', job: null });
  }
  abandonDiskJobs(turn, host);
  forgetRuns(turn, host);
  stopHypervisor(turn, host);
  dropService(turn, host);
}

function lose(turn: Turn, vm: RecordOf<'vm'>): void {
  removeMemoryFiles(turn, vm.id);
  move(turn, vm.id, 'ended', STOPPED);
}
