import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { releasePages } from '../hardware/memory.ts';
import type { Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { COST } from './cost.ts';
import { rangesOf, systemPages } from './gpa.ts';
import { childrenOf } from './partition.ts';
import { refund } from './pool.ts';
import { retire } from './schedule.ts';

/**
 * Ends a partition's life. What its parent has left in it goes first: then the call leaves it
 * Finalizing, and a repetition finishes (chosen; TLFS allows the repetition and does not say when).
 */
export function finalizePartition({ turn, target }: CallContext): Outcome<'HvFinalizePartition'> {
  if (childrenOf(turn, target).length > 0) return refused('OPERATION_DENIED');
  const isBusy = hasObjects(turn, target.id);
  removeObjects(turn, target.id);
  const kept = isBusy ? COST.initialize : 0;
  refund(turn, target.id, target.pagesInUse - kept);
  const state = isBusy ? 'Finalizing' : 'Finalized';
  turn.patch('partition', target.id, { state, gpaPages: 0, smallObjects: 0 });
  return succeeded({});
}

function hasObjects(turn: Turn, id: PartitionId): boolean {
  return (
    turn.where('virtual-processor', 'partition', id).length > 0 ||
    turn.where('port', 'partition', id).length > 0 ||
    turn.where('port-connection', 'partition', id).length > 0 ||
    rangesOf(turn, id).length > 0
  );
}

/** Every object of a partition, without asking its pool. */
export function removeObjects(turn: Turn, id: PartitionId): void {
  for (const vp of turn.where('virtual-processor', 'partition', id)) {
    retire(turn, vp);
    turn.remove('virtual-processor', vp.id);
  }
  for (const port of turn.where('port', 'partition', id)) turn.remove('port', port.id);
  for (const each of turn.where('port-connection', 'partition', id)) {
    turn.remove('port-connection', each.id);
  }
  for (const each of turn.where('intercept', 'partition', id)) turn.remove('intercept', each.id);
  const ranges = turn.where('gpa-range', 'partition', id);
  releasePages(turn, turn.must('partition', id).host, systemPages(ranges));
  for (const range of ranges) turn.remove('gpa-range', range.id);
}
