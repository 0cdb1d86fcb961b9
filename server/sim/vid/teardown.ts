import { assert } from '../../base/assert.ts';
import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { keyOf } from '../hypervisor/partition-id.ts';
import { processorsOf } from '../hypervisor/processors.ts';
import { deletePort, disconnectPort } from '../hypervisor/synic.ts';
import { call, withdraw } from '../hypervisor/winhv.ts';
import { unmapMemory } from './memory.ts';
import { asVid, suspendProcessors } from './vid.ts';

/**
 * Takes a partition apart, whatever its state: suspend, ports, processors, memory, finalize, withdraw,
 * delete (TLFS 2.0a chapter 5). A partition that is gone already, with its host, is no trouble.
 */
export function teardown(turn: Turn, partition: PartitionId): void {
  if (turn.get('partition', partition) === undefined) return;
  const by = asVid(turn, partition);
  const { number, state } = turn.must('partition', partition);
  if (state === 'Active') {
    suspendProcessors(turn, partition);
    removePorts(turn, partition);
    for (const { index } of processorsOf(turn, partition)) {
      const gone = call(turn, by, 'HvDeleteVp', { partitionId: number, vpIndex: index });
      assert(gone.ok, `${partition} has processor ${index}`);
    }
    unmapMemory(turn, partition);
  }
  while (['Active', 'Finalizing'].includes(turn.must('partition', partition).state)) {
    const ended = call(turn, by, 'HvFinalizePartition', { partitionId: number });
    assert(ended.ok, `${partition} has no children`);
  }
  withdraw(turn, by, number);
  const deleted = call(turn, by, 'HvDeletePartition', { partitionId: number });
  assert(deleted.ok, `${partition} has an empty pool`);
}

/** What the bus has not taken away itself: connections first, as a port may be in use by one. */
function removePorts(turn: Turn, partition: PartitionId): void {
  const by = asVid(turn, partition);
  if (by.vm === null || by.vm === undefined) return;
  const prefix = `port:${keyOf(partition)}/`;
  for (const each of turn.where('port-connection', 'vm', by.vm)) {
    if (each.partition === partition || each.port.startsWith(prefix)) {
      disconnectPort(turn, by, each.id);
    }
  }
  for (const port of turn.where('port', 'vm', by.vm)) {
    if (port.partition === partition || port.connectionPartition === partition) {
      deletePort(turn, by, port.id);
    }
  }
}
