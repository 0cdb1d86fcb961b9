import { assert } from '../../base/assert.ts';
import type { HostId, PartitionId } from '../../protocol/id.ts';
import type { PageRun } from '../../protocol/record/hypervisor.ts';
import type { Turn } from '../engine/turn.ts';
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

/** Objects of a partition that share pages: event ports, connections, intercepts of CPUID leaves. */
export function smallObjects(turn: Turn, id: PartitionId): number {
  const events = turn.where('port', 'partition', id).filter(port => port.type !== 'Message');
  const leaves = turn.where('intercept', 'partition', id).filter(each => each.type === 'Cpuid');
  return events.length + turn.where('port-connection', 'partition', id).length + leaves.length;
}

/** Pages that one more small object would take: mostly none. */
export function nextSmallObject(turn: Turn, id: PartitionId): number {
  const count = smallObjects(turn, id);
  return slabPages(count + 1) - slabPages(count);
}

/** Pages that one small object less would give back. */
export function lastSmallObject(turn: Turn, id: PartitionId): number {
  const count = smallObjects(turn, id);
  return slabPages(count) - slabPages(count - 1);
}

export function depositMemory(
  { turn, target }: CallContext,
  { pages }: HypercallInput['HvDepositMemory'],
): Outcome<'HvDepositMemory'> {
  // A page that is in a pool or a guest's already is not the depositor's to give.
  if (isTaken(turn, target.host, pages)) return refused('OPERATION_DENIED');
  const count = total(pages);
  turn.patch('partition', target.id, {
    deposits: tidy([...target.deposits, ...pages]),
    depositedPages: target.depositedPages + count,
  });
  return succeeded({}, count);
}

function isTaken(turn: Turn, host: HostId, pages: readonly PageRun[]): boolean {
  if (isDeposited(turn, host, pages)) return true;
  return turn
    .where('gpa-range', 'host', host)
    .some(range => range.spaBase !== null && meets([range.spaBase, range.pages], pages));
}

/** Whether one of the pages lies in the pool of any partition of the host. */
export function isDeposited(turn: Turn, host: HostId, pages: readonly PageRun[]): boolean {
  return turn
    .where('partition', 'host', host)
    .some(({ deposits }) => deposits.some(run => meets(run, pages)));
}

function meets([base, count]: PageRun, pages: readonly PageRun[]): boolean {
  return pages.some(([from, wanted]) => from < base + count && base < from + wanted);
}

export function withdrawMemory(
  { turn, target }: CallContext,
  { count }: HypercallInput['HvWithdrawMemory'],
): Outcome<'HvWithdrawMemory'> {
  const free = target.depositedPages - target.pagesInUse;
  const { taken, rest } = split(target.deposits, Math.min(count, free));
  const pages = total(taken);
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
