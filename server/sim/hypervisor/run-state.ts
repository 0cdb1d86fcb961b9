import type { VpState } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import { isSuspended } from './processors.ts';

/** An idle processor waits in HLT. */
export function stateOf(suspended: boolean, load: number): VpState {
  if (suspended) return 'Suspended';
  return load > 0 ? 'Running' : 'Waiting';
}

/** An interrupt ends a processor's sleep; what it has to do it does from now on. */
export function wake(turn: Turn, { id }: RecordOf<'virtual-processor'>): void {
  const vp = turn.must('virtual-processor', id);
  if (vp.state !== 'Waiting' || isSuspended(vp) || vp.load === 0) return;
  turn.patch('virtual-processor', id, { state: 'Running', loadSince: turn.now });
}
