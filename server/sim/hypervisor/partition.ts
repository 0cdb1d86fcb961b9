import type { PartitionId, VmId } from '../../protocol/id.ts';
import type { PageRun } from '../../protocol/record/host.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { COST } from './cost.ts';
import { sibling } from './partition-id.ts';
import { charge, refund } from './pool.ts';
import { ALL_PRIVILEGES, NEW_CHILD_PRIVILEGES, maskText } from './privilege.ts';
import { DEFAULT_WEIGHT } from './property.ts';
import { WHOLE_PROCESSOR } from './shares.ts';
import { forgetStatsOf } from './stats-page.ts';

// Partitions: made, initialized, finalized and deleted by their parent. The hypervisor knows them by
// number; what a virtual machine is called is nothing to it.

export interface NewPartition {
  readonly host: RecordOf<'host'>['id'];
  readonly vm: VmId | null;
  readonly number: number;
  readonly isRoot: boolean;
  readonly numaNode: number;
  readonly deposits: readonly PageRun[];
}

export function insertPartition(turn: Turn, id: PartitionId, made: NewPartition): void {
  turn.insert('partition', id, {
    host: made.host,
    vm: made.vm,
    number: made.number,
    type: made.isRoot ? 'root' : 'child',
    state: made.isRoot ? 'Active' : 'Uninitialized',
    privileges: maskText(made.isRoot ? ALL_PRIVILEGES : NEW_CHILD_PRIVILEGES),
    depositedPages: made.deposits.reduce((sum, [, pages]) => sum + pages, 0),
    pagesInUse: 0,
    gpaPages: 0,
    cpuReserve: 0,
    cpuCap: WHOLE_PROCESSOR,
    cpuWeight: DEFAULT_WEIGHT,
    guestOsId: '0000000000000000',
    hypercallPage: false,
    createdAt: turn.now,
    hypercalls: 0,
    hypercallErrors: 0,
    ioIntercepts: 0,
    memoryIntercepts: 0,
    cpuidIntercepts: 0,
    msrIntercepts: 0,
    numaNode: made.numaNode,
    deposits: made.deposits,
    streamLeft: null,
    smallObjects: 0,
    properties: {},
    msrs: {},
    statsPages: [],
    externalInterrupt: 'None',
    clockLost: 0,
    clockStoppedAt: null,
  });
}

export function createPartition(
  { turn, caller, by }: CallContext,
  { flags, proximityDomainInfo }: HypercallInput['HvCreatePartition'],
): Outcome<'HvCreatePartition'> {
  const host = turn.must('host', caller.host);
  // Only the root partition has children in practice.
  if (caller.type !== 'root') return refused('PARTITION_TOO_DEEP');
  if (flags !== 0) return refused('INVALID_PARAMETER');
  if (proximityDomainInfo < 0 || proximityDomainInfo >= host.numaNodes) {
    return refused('INVALID_PROXIMITY_DOMAIN_INFO');
  }
  if (!charge(turn, caller.id, COST.partition)) return refused('INSUFFICIENT_MEMORY');

  const number = host.nextPartitionId;
  turn.patch('host', host.id, { nextPartitionId: number + 1 });
  insertPartition(turn, sibling(caller.id, number), {
    host: host.id,
    vm: by.vm ?? null,
    number,
    isRoot: false,
    numaNode: proximityDomainInfo,
    deposits: [],
  });
  return succeeded({ newPartitionId: number });
}

export function initializePartition({
  turn,
  target,
}: CallContext): Outcome<'HvInitializePartition'> {
  if (!charge(turn, target.id, COST.initialize)) return refused('INSUFFICIENT_MEMORY');
  turn.patch('partition', target.id, { state: 'Active' });
  return succeeded({});
}

export function deletePartition({
  turn,
  caller,
  target,
}: CallContext): Outcome<'HvDeletePartition'> {
  if (target.depositedPages > 0) return refused('OPERATION_DENIED');
  removePartition(turn, target.id);
  forgetStatsOf(turn, caller, target.number);
  refund(turn, caller.id, COST.partition);
  return succeeded({});
}

/** The record of a partition and what counted for it. */
export function removePartition(turn: Turn, id: PartitionId): void {
  for (const count of turn.where('hypercall-count', 'partition', id)) {
    turn.remove('hypercall-count', count.id);
  }
  turn.remove('partition', id);
}

export function getPartitionId({ caller }: CallContext): Outcome<'HvGetPartitionId'> {
  return succeeded({ partitionId: caller.number });
}

/** Children in the order they were made; 0 asks for the first and answers that there are no more. */
export function getNextChildPartition(
  { turn, target }: CallContext,
  { previousChildId }: HypercallInput['HvGetNextChildPartition'],
): Outcome<'HvGetNextChildPartition'> {
  const later = childrenOf(turn, target).find(child => child.number > previousChildId);
  return succeeded({ nextChildId: later?.number ?? 0 });
}

export function childrenOf(turn: Turn, parent: RecordOf<'partition'>): RecordOf<'partition'>[] {
  if (parent.type !== 'root') return [];
  return turn
    .where('partition', 'host', parent.host)
    .filter(each => each.type === 'child')
    .toSorted((a, b) => a.number - b.number);
}
