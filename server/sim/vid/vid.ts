import { assert } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { HostId, PartitionId, VmId, WorkerId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { HOST_LIMITS } from '../hardware/limits.ts';
import { roomiestNode } from '../hardware/memory.ts';
import type { Caller } from '../hypervisor/call.ts';
import { DEPOSIT } from '../hypervisor/cost.ts';
import { resetSynic } from '../hypervisor/enlighten.ts';
import type { HypervisorFault } from '../hypervisor/fault.ts';
import { insufficientResources, notRunning } from '../hypervisor/fault.ts';
import type { InterceptType } from '../hypervisor/intercept.ts';
import { INTERCEPT_CODE, accessOf, interceptId } from '../hypervisor/intercept.ts';
import { rootPartition } from '../hypervisor/launch.ts';
import { PROPERTY } from '../hypervisor/property.ts';
import { rootOf, sibling } from '../hypervisor/partition-id.ts';
import { GUEST_PRIVILEGES } from '../hypervisor/privilege.ts';
import { processorsOf } from '../hypervisor/processors.ts';
import { WHOLE_PROCESSOR } from '../hypervisor/shares.ts';
import { REGISTER } from '../hypervisor/virtual-processor.ts';
import { call, deposit } from '../hypervisor/winhv.ts';

// vid.sys, the Virtualization Infrastructure Driver. It stands between a worker process and the
// hypervisor: it makes the partition, feeds its pool, gives it memory and intercepts, and takes it
// apart again. It knows which virtual machine a partition is for; it never decides what one does.

/** The driver as the caller of hypercalls for a partition's virtual machine. */
export function asVid(turn: Turn, partition: PartitionId): Caller {
  return { partition: rootOf(partition), as: 'vid', vm: turn.must('partition', partition).vm };
}

export interface PartitionWanted {
  readonly host: HostId;
  readonly vm: VmId;
  /** The worker process that will own the partition. */
  readonly worker: WorkerId;
}

/** A new partition, uninitialized, on the NUMA node with the most free memory. */
export function createPartition(
  turn: Turn,
  { host, vm, worker }: PartitionWanted,
): Result<PartitionId, HypervisorFault> {
  const root = rootPartition(turn, host);
  if (root === null) return fail(notRunning());
  const running = turn.where('partition', 'host', host).length - 1;
  if (running >= HOST_LIMITS.runningVirtualMachines) return fail(insufficientResources(0));
  const made = call(turn, { partition: root, as: 'vid', vm }, 'HvCreatePartition', {
    flags: 0,
    proximityDomainInfo: roomiestNode(turn, host),
  });
  if (!made.ok) return made;
  const partition = sibling(root, made.value.newPartitionId);
  turn.patch('worker-process', worker, { partition });
  return ok(partition);
}

/** Fills the pool as far as the start needs it, then makes the partition Active. */
export function initializePartition(
  turn: Turn,
  partition: PartitionId,
): Result<null, HypervisorFault> {
  const by = asVid(turn, partition);
  const { number } = turn.must('partition', partition);
  const paid = deposit(turn, by, { partition: number, pages: DEPOSIT.HvInitializePartition });
  if (!paid.ok) return paid;
  const made = call(turn, by, 'HvInitializePartition', { partitionId: number });
  return made.ok ? ok(null) : made;
}

export interface PartitionProperties {
  /** Percent of one logical processor for each virtual processor, 0 to 100. */
  readonly reserve: number;
  readonly cap: number;
  /** 1 to 10,000. */
  readonly weight: number;
  readonly privileges?: bigint;
}

/** Privileges first, so that a guest can reach VMBus; then the scheduling policy. */
export function setProperties(
  turn: Turn,
  partition: PartitionId,
  { reserve, cap, weight, privileges = GUEST_PRIVILEGES }: PartitionProperties,
): Result<null, HypervisorFault> {
  const before = turn.must('partition', partition).cpuCap;
  const reserveSet = [PROPERTY.cpuReserve, share(reserve)] as const;
  const capSet = [PROPERTY.cpuCap, Math.max(1, share(cap))] as const;
  // A cap is never below the reserve, not even between the two calls.
  const policy = share(reserve) <= before ? [reserveSet, capSet] : [capSet, reserveSet];
  const by = asVid(turn, partition);
  const partitionId = turn.must('partition', partition).number;
  const wanted: (readonly [number, bigint])[] = [
    [PROPERTY.privilegeFlags, privileges],
    ...policy.map(([code, value]) => [code, BigInt(value)] as const),
    [PROPERTY.cpuWeight, BigInt(weight)],
  ];
  for (const [propertyCode, propertyValue] of wanted) {
    const input = { partitionId, propertyCode, propertyValue };
    const set = call(turn, by, 'HvSetPartitionProperty', input);
    if (!set.ok) return set;
  }
  return ok(null);
}

function share(percent: number): number {
  return Math.round((percent * WHOLE_PROCESSOR) / 100);
}

/** Virtual processors 0 to count - 1, all suspended. */
export function createProcessors(
  turn: Turn,
  partition: PartitionId,
  count: number,
): Result<null, HypervisorFault> {
  const by = asVid(turn, partition);
  const { number, numaNode } = turn.must('partition', partition);
  for (let vpIndex = 0; vpIndex < count; vpIndex += 1) {
    const made = call(turn, by, 'HvCreateVp', {
      partitionId: number,
      vpIndex,
      proximityDomainInfo: numaNode,
      flags: 0,
    });
    if (!made.ok) return made;
  }
  return ok(null);
}

/** One device's wish: a port or several in a row, an MSR, a CPUID leaf, an exception. */
export interface InterceptWanted {
  readonly type: InterceptType;
  readonly parameter: number;
  /** Consecutive I/O ports; 1 unless given. */
  readonly span?: number;
  /** The device of the worker process that emulates it. */
  readonly device: string;
}

export function installIntercepts(
  turn: Turn,
  partition: PartitionId,
  wanted: readonly InterceptWanted[],
): Result<null, HypervisorFault> {
  const by = asVid(turn, partition);
  const { number } = turn.must('partition', partition);
  for (const { type, parameter, span = 1, device } of wanted) {
    const made = call(turn, by, 'HvInstallIntercept', {
      partitionId: number,
      accessType: accessOf(type),
      interceptType: INTERCEPT_CODE[type],
      interceptParameter: parameter,
      span,
    });
    if (!made.ok) return made;
    turn.patch('intercept', interceptId(partition, type, parameter), { device });
  }
  return ok(null);
}

/** Facts for the first processors only: the rest of up to 64 are counted. */
const PROCESSORS_SHOWN = 8;

function setRegisters(
  turn: Turn,
  partition: PartitionId,
  registers: (index: number) => readonly { readonly name: number; readonly value: bigint }[],
): void {
  const by = asVid(turn, partition);
  const { number } = turn.must('partition', partition);
  for (const { index } of processorsOf(turn, partition)) {
    const quiet = index >= PROCESSORS_SHOWN;
    const set = call(turn, { ...by, quiet }, 'HvSetVpRegisters', {
      partitionId: number,
      vpIndex: index,
      registers: registers(index),
    });
    assert(set.ok, `${partition} has processor ${index}`);
  }
}

/** Clears the explicit suspend bit of every processor. */
export function runProcessors(turn: Turn, partition: PartitionId): void {
  setRegisters(turn, partition, () => [{ name: REGISTER.explicitSuspend, value: 0n }]);
}

/** Sets it: nothing of the guest runs until it is cleared. */
export function suspendProcessors(turn: Turn, partition: PartitionId): void {
  setRegisters(turn, partition, () => [{ name: REGISTER.explicitSuspend, value: 1n }]);
}

/** The reset vector of a PC: F000:FFF0. */
const RESET_VECTOR = 0xfff0n;

/**
 * Power-on or reset: the first processor at the reset vector, the others waiting for it, and nothing
 * left of what the guest had told the hypervisor.
 */
export function resetProcessors(turn: Turn, partition: PartitionId): void {
  resetSynic(turn, partition);
  setRegisters(turn, partition, index => [
    { name: REGISTER.interceptSuspend, value: 0n },
    ...(index === 0 ? [{ name: REGISTER.rip, value: RESET_VECTOR }] : []),
    { name: REGISTER.rflags, value: 2n },
  ]);
}
