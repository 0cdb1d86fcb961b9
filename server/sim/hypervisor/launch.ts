import { assert, must } from '../../base/assert.ts';
import type { HostId, PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { allPages, findPoolPages, holdPages } from '../hardware/memory.ts';
import { PAGE_SIZE } from '../hardware/page.ts';
import { WINDOWS_SERVER_2012, enlighten } from './enlighten.ts';
import { removeObjects } from './finalize.ts';
import { insertPartition, removePartition } from './partition.ts';
import { ROOT, partitionId } from './partition-id.ts';
import { insertVp } from './virtual-processor.ts';

// hvix64.exe under a host. Launched by the boot loader's driver while the host starts, it puts the
// running operating system into the root partition; it ends only with the host.

/** Pages of the root's pool at launch, for objects of its own (chosen). */
const ROOT_POOL = 512;

/** Launches the hypervisor of a host that is starting; what called it is in the root partition now. */
export function launchHypervisor(turn: Turn, hostId: HostId): PartitionId {
  const host = turn.must('host', hostId);
  assert(!host.hypervisorRunning, `${hostId} launches a second hypervisor`);
  const launch = host.hypervisorLaunches + 1;
  const root = partitionId(hostId, launch, ROOT);
  const deposits = must(
    findPoolPages(turn, hostId, { pages: ROOT_POOL, node: 0 }),
    'a host that starts has memory',
  );
  holdPages(turn, hostId, deposits);
  turn.patch('host', hostId, {
    hypervisorRunning: true,
    hypervisorLaunches: launch,
    nextPartitionId: ROOT + 1,
    memoryDeposited: ROOT_POOL * PAGE_SIZE,
  });
  insertPartition(turn, root, {
    host: hostId,
    vm: null,
    number: ROOT,
    isRoot: true,
    numaNode: 0,
    deposits,
  });
  const partition = turn.must('partition', root);
  for (let index = 0; index < host.logicalProcessors; index += 1) {
    insertVp(turn, partition, { index, logicalProcessor: index, vm: null });
  }
  turn.fact({
    kind: 'state',
    from: 'hypervisor',
    host: hostId,
    summary: `Hypervisor 6.2.9200 launched: root partition, ${host.logicalProcessors} virtual processors`,
    data: { partition: root, processors: host.logicalProcessors, launch },
  });
  turn.fact({
    kind: 'event',
    from: 'hypervisor',
    host: hostId,
    summary: 'Hypervisor successfully started.',
    data: {
      channel: 'Microsoft-Windows-Hyper-V-Hypervisor-Admin',
      source: 'Microsoft-Windows-Hyper-V-Hypervisor',
      id: 1,
      level: 'Information',
      message: 'Hypervisor successfully started.',
    },
  });
  enlighten(turn, root, { as: 'winhv', osId: WINDOWS_SERVER_2012 });
  return root;
}

/** The host goes down or loses its power: everything the hypervisor knew is gone. */
export function stopHypervisor(turn: Turn, hostId: HostId): void {
  const partitions = turn.where('partition', 'host', hostId);
  for (const { id } of partitions) {
    removeObjects(turn, id);
    removePartition(turn, id);
  }
  const wasRunning = turn.must('host', hostId).hypervisorRunning;
  turn.patch('host', hostId, {
    hypervisorRunning: false,
    rescheduleAt: null,
    memoryAssigned: 0,
    memoryDeposited: 0,
    memoryOverhead: 0,
    freePages: allPages(turn.must('host', hostId)),
  });
  if (!wasRunning) return;
  turn.fact({
    kind: 'state',
    from: 'hardware',
    to: 'hypervisor',
    host: hostId,
    summary: `Hypervisor ends with ${partitions.length} partitions`,
    data: { partitions: partitions.map(({ id }) => id) },
  });
}

/** The root partition while the hypervisor runs. */
export function rootPartition(turn: Turn, hostId: HostId): PartitionId | null {
  const { hypervisorRunning, hypervisorLaunches } = turn.must('host', hostId);
  return hypervisorRunning ? partitionId(hostId, hypervisorLaunches, ROOT) : null;
}
