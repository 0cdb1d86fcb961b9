import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { PartitionId } from '../../protocol/id.ts';
import type { PageRun } from '../../protocol/record/host.ts';
import type { Turn } from '../engine/turn.ts';
import { availableMemory, findPoolPages } from '../hardware/memory.ts';
import { PAGE_SIZE, total } from '../hardware/page.ts';
import type { Caller, HypercallInput, HypercallName, OutputOf } from './call.ts';
import { DEPOSIT } from './cost.ts';
import type { HypervisorFault } from './fault.ts';
import { hypercallFailed, insufficientResources } from './fault.ts';
import { hypercall } from './hypercall.ts';
import { SELF, sibling } from './partition-id.ts';
import { HV_STATUS } from './status.ts';
import { HYPERCALLS } from './table.ts';

// winhv.sys, the management OS's driver for hypercalls. It makes a call; when the pool that pays is
// too small it deposits pages of the management OS and calls again (recalled; Linux as root does so).

/** Makes a hypercall for the virtualization stack, depositing as often as the call needs it. */
export function call<N extends HypercallName>(
  turn: Turn,
  by: Caller,
  name: N,
  input: HypercallInput[N],
): Result<OutputOf<N>, HypervisorFault> {
  for (;;) {
    const { status, output } = hypercall(turn, by, name, input);
    if (status === HV_STATUS.SUCCESS && output !== null) return ok(output);
    if (status !== HV_STATUS.INSUFFICIENT_MEMORY) return fail(hypercallFailed(name, status));
    const deposited = deposit(turn, by, {
      partition: HYPERCALLS[name].target(input),
      pages: depositFor(name),
    });
    if (!deposited.ok) return deposited;
  }
}

function depositFor(name: HypercallName): number {
  return Object.hasOwn(DEPOSIT, name) ? DEPOSIT[name as keyof typeof DEPOSIT] : DEPOSIT.other;
}

export interface Deposit {
  /** The number of the partition whose pool grows. */
  readonly partition: number;
  readonly pages: number;
}

/** Gives pages of the management OS to a pool, or says that it has none left. */
export function deposit(
  turn: Turn,
  by: Caller,
  { partition, pages }: Deposit,
): Result<null, HypervisorFault> {
  const id = targetId(by, partition);
  const { host, numaNode } = turn.must('partition', id);
  if (availableMemory(turn, host) < pages * PAGE_SIZE) return fail(insufficientResources(pages));
  const runs = findPoolPages(turn, host, { pages, node: numaNode });
  if (runs === null) return fail(insufficientResources(pages));
  const { status } = hypercall(turn, { ...by, as: 'winhv' }, 'HvDepositMemory', {
    partitionId: partition,
    pages: runs,
  });
  if (status !== HV_STATUS.SUCCESS) return fail(hypercallFailed('HvDepositMemory', status));
  moved(turn, by, pages);
  return ok(null);
}

/** Takes back everything of a pool that no object uses. */
export function withdraw(turn: Turn, by: Caller, partition: number): PageRun[] {
  const { depositedPages, pagesInUse } = turn.must('partition', targetId(by, partition));
  const count = depositedPages - pagesInUse;
  if (count === 0) return [];
  const { output } = hypercall(turn, { ...by, as: 'winhv' }, 'HvWithdrawMemory', {
    partitionId: partition,
    proximityDomainInfo: 0,
    count,
  });
  const pages = [...(output?.pages ?? [])];
  moved(turn, by, -total(pages));
  return pages;
}

function targetId(by: Caller, partition: number): PartitionId {
  return partition === SELF ? by.partition : sibling(by.partition, partition);
}

function moved(turn: Turn, by: Caller, pages: number): void {
  const { host } = turn.must('partition', by.partition);
  const { memoryDeposited } = turn.must('host', host);
  turn.patch('host', host, { memoryDeposited: memoryDeposited + pages * PAGE_SIZE });
}
