import { assert } from '../../base/assert.ts';
import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { holdPages, releasePages } from '../hardware/memory.ts';
import { split, tidy, total } from '../hardware/page.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { slabPages } from './cost.ts';

// The memory pool of a partition: every object of the hypervisor is paid from the pool of the
// partition that owns it, and a call that finds too little there says INSUFFICIENT_MEMORY.

/** Takes pages of a pool for an object; false, and nothing taken, when there are too few. */
export function charge(turn: Turn, id: PartitionId, pages: number): boolean {
  const { depositedPages, pagesInUse } = turn.must('partition', id);
  if (pagesInUse + pages > depositedPages) return false;
  turn.patch('partition', id, { pagesInUse: pagesInUse + pages });
  return true;
}

export function refund(turn: Turn, id: PartitionId, pages: number): void {
  const { pagesInUse } = turn.must('partition', id);
  assert(pages <= pagesInUse, `${id} gives back ${pages} of ${pagesInUse} pages`);
  turn.patch('partition', id, { pagesInUse: pagesInUse - pages });
}

/**
 * Takes what one more small object needs: mostly nothing, now and then a page. Event ports,
 * connections and intercepts of CPUID leaves share pages.
 */
export function chargeSmall(turn: Turn, id: PartitionId): boolean {
  const { smallObjects } = turn.must('partition', id);
  const pages = slabPages(smallObjects + 1) - slabPages(smallObjects);
  if (!charge(turn, id, pages)) return false;
  turn.patch('partition', id, { smallObjects: smallObjects + 1 });
  return true;
}

export function refundSmall(turn: Turn, id: PartitionId): void {
  const { smallObjects } = turn.must('partition', id);
  refund(turn, id, slabPages(smallObjects) - slabPages(smallObjects - 1));
  turn.patch('partition', id, { smallObjects: smallObjects - 1 });
}

export function depositMemory(
  { turn, caller, target }: CallContext,
  { pages }: HypercallInput['HvDepositMemory'],
): Outcome<'HvDepositMemory'> {
  // A child's pages are its parent's, who alone may move them.
  if (caller.type === 'child') return refused('OPERATION_DENIED');
  // A page that is in a pool or a guest's already is not the depositor's to give.
  if (!holdPages(turn, target.host, pages)) return refused('OPERATION_DENIED');
  const count = total(pages);
  turn.patch('partition', target.id, {
    deposits: tidy([...target.deposits, ...pages]),
    depositedPages: target.depositedPages + count,
  });
  return succeeded({}, count);
}

export function withdrawMemory(
  { turn, caller, target }: CallContext,
  { count }: HypercallInput['HvWithdrawMemory'],
): Outcome<'HvWithdrawMemory'> {
  if (caller.type === 'child') return refused('OPERATION_DENIED');
  const free = target.depositedPages - target.pagesInUse;
  const { taken, rest } = split(target.deposits, Math.min(count, free));
  const pages = total(taken);
  releasePages(turn, target.host, taken);
  turn.patch('partition', target.id, {
    deposits: rest,
    depositedPages: target.depositedPages - pages,
  });
  return succeeded({ pages: taken }, pages);
}

export function getMemoryBalance({ target }: CallContext): Outcome<'HvGetMemoryBalance'> {
  return succeeded({
    pagesAvailable: target.depositedPages - target.pagesInUse,
    pagesInUse: target.pagesInUse,
  });
}
