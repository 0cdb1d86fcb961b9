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
import { ALL_PRIVILEGES, NEW_CHILD_PRIVILEGES, maskText, parseMask } from './privilege.ts';

// Partitions: made, initialized, finalized and deleted by their parent. The hypervisor knows them by
// number; what a virtual machine is called is nothing to it.

/** HvPartitionProperty codes and the scheduling policy's scale: TLFS 2.0a chapters 5 and 18. */
export const PROPERTY = {
  privilegeFlags: 0x0001_0000,
  cpuReserve: 0x0002_0001,
  cpuCap: 0x0002_0002,
  cpuWeight: 0x0002_0003,
} as const;

/** 0x10000 is the whole of one logical processor. */
export const WHOLE_PROCESSOR = 0x1_0000;

const DEFAULT_WEIGHT = 100;
const WEIGHT_MAXIMUM = 10_000;

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

export function getPartitionProperty(
  { target }: CallContext,
  { propertyCode }: HypercallInput['HvGetPartitionProperty'],
): Outcome<'HvGetPartitionProperty'> {
  switch (propertyCode) {
    case PROPERTY.privilegeFlags:
      return succeeded({ propertyValue: parseMask(target.privileges) });
    case PROPERTY.cpuReserve:
      return succeeded({ propertyValue: BigInt(target.cpuReserve) });
    case PROPERTY.cpuCap:
      return succeeded({ propertyValue: BigInt(target.cpuCap) });
    case PROPERTY.cpuWeight:
      return succeeded({ propertyValue: BigInt(target.cpuWeight) });
    default:
      return refused('UNKNOWN_PROPERTY');
  }
}

export function setPartitionProperty(
  { turn, target }: CallContext,
  { propertyCode, propertyValue }: HypercallInput['HvSetPartitionProperty'],
): Outcome<'HvSetPartitionProperty'> {
  if (propertyCode === PROPERTY.privilegeFlags) {
    if ((propertyValue & ~ALL_PRIVILEGES) !== 0n) return refused('PROPERTY_VALUE_OUT_OF_RANGE');
    turn.patch('partition', target.id, { privileges: maskText(propertyValue) });
    return succeeded({});
  }
  const value = Number(propertyValue);
  switch (propertyCode) {
    case PROPERTY.cpuReserve: {
      if (value < 0 || value > target.cpuCap) return refused('PROPERTY_VALUE_OUT_OF_RANGE');
      const processors = turn.where('virtual-processor', 'partition', target.id).length;
      if (!isReserveAdmitted(turn, target, { reserve: value, processors })) {
        return refused('NO_RESOURCES');
      }
      turn.patch('partition', target.id, { cpuReserve: value });
      return succeeded({});
    }
    case PROPERTY.cpuCap:
      if (value < Math.max(1, target.cpuReserve) || value > WHOLE_PROCESSOR) {
        return refused('PROPERTY_VALUE_OUT_OF_RANGE');
      }
      turn.patch('partition', target.id, { cpuCap: value });
      return succeeded({});
    case PROPERTY.cpuWeight:
      if (value < 1 || value > WEIGHT_MAXIMUM) return refused('PROPERTY_VALUE_OUT_OF_RANGE');
      turn.patch('partition', target.id, { cpuWeight: value });
      return succeeded({});
    default:
      return refused('UNKNOWN_PROPERTY');
  }
}

/** The reserves of all processors of all partitions may not be more than there are LPs. */
export function isReserveAdmitted(
  turn: Turn,
  partition: RecordOf<'partition'>,
  wanted: { readonly reserve: number; readonly processors: number },
): boolean {
  if (wanted.reserve === 0) return true;
  let sum = wanted.reserve * wanted.processors;
  for (const other of turn.where('partition', 'host', partition.host)) {
    if (other.id === partition.id || other.cpuReserve === 0) continue;
    sum += other.cpuReserve * turn.where('virtual-processor', 'partition', other.id).length;
  }
  return sum <= turn.must('host', partition.host).logicalProcessors * WHOLE_PROCESSOR;
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
