import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import { must } from '../../base/assert.ts';
import type { PartitionId, VmId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import { offersFor } from '../devices/index.ts';
import { destroyDevices } from '../devices/power.ts';
import type { Turn } from '../engine/turn.ts';
import { mapMemory, unmapMemory } from '../vid/memory.ts';
import { teardown } from '../vid/teardown.ts';
import {
  createPartition,
  createProcessors,
  initializePartition,
  installIntercepts,
  setProperties,
} from '../vid/vid.ts';
import * as bus from '../vmbus/server.ts';
import { DEVICE_INTERCEPTS } from './emulated-device.ts';
import { workerOf } from './worker-process.ts';

// How a worker process makes a partition into a machine, and unmakes it. Whatever takes something
// away does nothing where nothing is: so a start that stopped half way can be taken back.

const DONE = ok(null);

export function partitionOfVm(turn: Turn, vm: VmId): PartitionId | null {
  const partition = workerOf(turn, vm)?.partition ?? null;
  return partition !== null && turn.get('partition', partition) !== undefined ? partition : null;
}

function mustHavePartition(turn: Turn, vm: VmId): PartitionId {
  return must(partitionOfVm(turn, vm), `${vm} has a partition at this step`);
}

/** The partition itself: created, paid for, Active, with what its processors may take. */
export function buildPartition(turn: Turn, vm: VmId): Result<PartitionId, Refusal> {
  const worker = must(workerOf(turn, vm), 'the worker process asks for its partition');
  const { host, cpuReserve, cpuLimit, cpuWeight } = turn.must('vm', vm);
  const made = createPartition(turn, { host, vm, worker: worker.id });
  if (!made.ok) return made;
  const initialized = initializePartition(turn, made.value);
  if (!initialized.ok) return initialized;
  const set = setProperties(turn, made.value, {
    reserve: cpuReserve,
    cap: cpuLimit,
    weight: cpuWeight,
  });
  return set.ok ? made : set;
}

export function removePartition(turn: Turn, vm: VmId): void {
  const worker = workerOf(turn, vm);
  if (worker === undefined || worker.partition === null) return;
  teardown(turn, worker.partition);
  turn.patch('worker-process', worker.id, { partition: null });
}

export function assignMemory(turn: Turn, vm: VmId): Result<null, Refusal> {
  const { memoryStartup } = turn.must('vm', vm);
  return mapMemory(turn, mustHavePartition(turn, vm), { bytes: memoryStartup });
}

export function freeMemory(turn: Turn, vm: VmId): void {
  const partition = partitionOfVm(turn, vm);
  if (partition !== null && turn.must('partition', partition).state === 'Active') {
    unmapMemory(turn, partition);
  }
}

/** Virtual processors, suspended, and the chips of the motherboard behind their intercepts. */
export function createDevices(turn: Turn, vm: VmId): Result<null, Refusal> {
  const partition = mustHavePartition(turn, vm);
  const made = createProcessors(turn, partition, turn.must('vm', vm).processorCount);
  if (!made.ok) return made;
  return installIntercepts(turn, partition, DEVICE_INTERCEPTS);
}

/** The bus with an offer for every synthetic device; nobody in the guest hears of them yet. */
export function createBus(turn: Turn, vm: VmId): Result<null, Refusal> {
  const partition = mustHavePartition(turn, vm);
  const { host } = turn.must('vm', vm);
  const made = bus.createBus(turn, { host, vm, partition });
  if (!made.ok) return made;
  for (const offer of offersFor(turn, vm, partition)) {
    const offered = bus.offerChannel(turn, partition, offer);
    if (!offered.ok) return offered;
  }
  return DONE;
}

export function removeBus(turn: Turn, vm: VmId): void {
  const partition = partitionOfVm(turn, vm);
  if (partition !== null) destroyDevices(turn, partition);
}
