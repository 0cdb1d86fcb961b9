import type { HostId } from '../protocol/id.ts';
import type { PageRun } from '../protocol/record/host.ts';
import type { RecordOf } from '../protocol/record/index.ts';
import type { RecordKind } from '../protocol/record/kind.ts';
import { recordOf } from './engine/record-store.ts';
import type { World } from './engine/world.ts';
import { PAGE_SIZE, total } from './hardware/page.ts';
import { overheadOf } from './hardware/memory.ts';
import { keyOf } from './hypervisor/partition-id.ts';
import { WHOLE } from './hypervisor/shares.ts';
import { isSnapshotJob } from './vmms/snapshot-jobs.ts';
import { isActive } from './vmms/vm-state.ts';

// What is true of every lab between any two turns, whatever was done to it. A swarm asks after every
// few turns; each sentence names the record it caught.

/** Reads a world without a turn. */
class Records {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  all<K extends RecordKind>(kind: K): RecordOf<K>[] {
    return this.#world.records.rows(kind).map(row => recordOf<K>(row));
  }

  has(kind: RecordKind, id: string): boolean {
    return this.#world.records.row(kind, id) !== undefined;
  }

  get<K extends RecordKind>(kind: K, id: string): RecordOf<K> | undefined {
    const row = this.#world.records.row(kind, id);
    return row === undefined ? undefined : recordOf<K>(row);
  }

  of<K extends RecordKind>(kind: K, column: string, value: unknown): RecordOf<K>[] {
    return this.#world.records.where(kind, column, value).map(row => recordOf<K>(row));
  }
}

type Check = (records: Records) => string[];

/** Everything that should be true and is not, a sentence each. */
export function invariants(world: World): string[] {
  const records = new Records(world);
  return CHECKS.flatMap(check => check(records));
}

const stoppedLeavesNothing: Check = records =>
  records
    .all('vm')
    .filter(vm => !isActive(vm.state) && isManaged(records, vm.host))
    .flatMap(vm => [
      ...records
        .of('worker-process', 'vm', vm.id)
        .map(({ id }) => `${vm.id} is ${vm.state} and has ${id}`),
      ...records
        .of('partition', 'vm', vm.id)
        .map(({ id }) => `${vm.id} is ${vm.state} and has ${id}`),
      ...records.of('guest', 'vm', vm.id).map(({ id }) => `${vm.id} is ${vm.state} and has ${id}`),
      ...records
        .of('vmbus-connection', 'vm', vm.id)
        .map(({ id }) => `${vm.id} is ${vm.state} and has ${id}`),
      ...records
        .of('network-adapter', 'vm', vm.id)
        .filter(adapter => adapter.connected)
        .map(({ id }) => `${vm.id} is ${vm.state} and ${id} is connected`),
      ...(vm.memoryAssigned === 0 ? [] : [`${vm.id} is ${vm.state} with memory assigned`]),
      ...(vm.workerProcess === null && vm.partition === null
        ? []
        : [`${vm.id} is ${vm.state} and points to a run`]),
      ...(vm.job === null || isSnapshotsOwn(records.get('job', vm.job))
        ? []
        : [`${vm.id} is ${vm.state} and has ${vm.job}`]),
    ]);

const filesFollowTheState: Check = records =>
  records
    .all('vm')
    .filter(vm => isManaged(records, vm.host))
    .flatMap(vm => {
      const saved = records
        .of('vm-file', 'vm', vm.id)
        .filter(file => file.type !== 'Configuration' && file.savedAt !== null).length;
      if (vm.state === 'Saved' && saved !== 2) return [`${vm.id} is Saved with ${saved} files`];
      if (vm.state === 'Off' && saved > 0) return [`${vm.id} is Off with a saved state`];
      return [];
    });

/** A snapshot may be taken of a machine that is off, and is applied to one. */
const isSnapshotsOwn = (job: RecordOf<'job'> | undefined): boolean =>
  job?.state === 'Running' && isSnapshotJob(job);

/** What a drive has is its machine's, and what a snapshot keeps nobody writes to. */
const disksHaveAnOwner: Check = records => [
  ...records.all('disk-drive').flatMap(({ id, vm, disk }) => {
    const owner = disk === null ? vm : records.get('virtual-disk', disk)?.vm;
    return owner === vm ? [] : [`${id} has ${disk} of ${owner}`];
  }),
  ...records
    .all('vm-snapshot')
    .flatMap(({ id, drives }) =>
      drives.flatMap(({ disk }) =>
        disk !== null && records.get('virtual-disk', disk)?.inUse === true
          ? [`${id} keeps ${disk}, which is open`]
          : [],
      ),
    ),
];

const activeHasItsRun: Check = records =>
  records
    .all('vm')
    .filter(vm => isActive(vm.state) && isManaged(records, vm.host))
    .flatMap(vm => {
      const problems: string[] = [];
      if (vm.job !== null && records.get('job', vm.job)?.state !== 'Running') {
        problems.push(`${vm.id} has ${vm.job}, which is not running`);
      }
      if (vm.workerProcess !== null) {
        const worker = records.get('worker-process', vm.workerProcess);
        // Its last message is on its way.
        if (worker !== undefined && worker.vm !== vm.id) {
          problems.push(`${vm.id} has the worker process of ${worker.vm}`);
        }
      }
      const steady = vm.state === 'Running' || vm.state === 'Paused';
      if (steady && vm.job === null && vm.workerProcess === null) {
        problems.push(`${vm.id} is ${vm.state} without a worker process`);
      }
      return problems;
    });

const workersAndPartitions: Check = records => {
  const problems: string[] = [];
  const owned = new Map<string, string>();
  const byVm = new Map<string, string>();
  for (const { id, vm, partition, host } of records.all('worker-process')) {
    if (byVm.has(vm)) problems.push(`${vm} has ${byVm.get(vm)} and ${id}`);
    byVm.set(vm, id);
    const owner = records.get('vm', vm);
    if (owner === undefined || owner.host !== host) problems.push(`${id} has no virtual machine`);
    if (partition === null) continue;
    if (owned.has(partition))
      problems.push(`${partition} belongs to ${owned.get(partition)} and ${id}`);
    owned.set(partition, id);
    if (records.get('partition', partition)?.vm !== vm) problems.push(`${id} lost ${partition}`);
  }
  for (const { id, type } of records.all('partition')) {
    if (type === 'child' && !owned.has(id)) problems.push(`${id} has no worker process`);
  }
  return problems;
};

/** Kinds that stand in a partition and go with it. */
const INSIDE = [
  'guest',
  'vmbus-connection',
  'vmbus-channel',
  'gpadl',
  'virtual-processor',
  'port',
  'port-connection',
  'intercept',
  'gpa-range',
] as const satisfies readonly RecordKind[];

const nothingOutlivesItsPartition: Check = records =>
  INSIDE.flatMap(kind =>
    records
      .all(kind)
      .filter(({ id }) => !records.has('partition', `partition:${keyOf(id)}`))
      .map(({ id }) => `${id} has no partition`),
  );

const memoryAddsUp: Check = records =>
  records.all('host').flatMap(host => {
    const problems: string[] = [];
    let assigned = 0;
    let deposited = 0;
    let overhead = 0;
    const taken: PageRun[] = [];
    for (const partition of records.of('partition', 'host', host.id)) {
      const ranges = records.of('gpa-range', 'partition', partition.id);
      const mapped = ranges.filter(range => range.spaBase !== null);
      const pages = mapped.reduce((sum, range) => sum + range.pages, 0);
      if (partition.type === 'child' && pages !== partition.gpaPages) {
        problems.push(`${partition.id} counts ${partition.gpaPages} pages and has ${pages}`);
      }
      if (total(partition.deposits) !== partition.depositedPages) {
        problems.push(`${partition.id} counts other deposits than it has`);
      }
      if (partition.pagesInUse > partition.depositedPages) {
        problems.push(`${partition.id} uses pages it was not given`);
      }
      assigned += pages * PAGE_SIZE;
      deposited += partition.depositedPages * PAGE_SIZE;
      if (pages > 0) overhead += overheadOf(pages * PAGE_SIZE);
      for (const { spaBase, pages: length } of mapped) {
        if (spaBase !== null) taken.push([spaBase, length]);
      }
      taken.push(...partition.deposits);
    }
    if (host.memoryAssigned !== assigned)
      problems.push(`${host.id} has assigned ${assigned} bytes`);
    if (host.memoryDeposited !== deposited) problems.push(`${host.id} has deposited ${deposited}`);
    if (host.memoryOverhead !== overhead) problems.push(`${host.id} has overhead ${overhead}`);
    return [...problems, ...overlaps(host.id, taken)];
  });

function overlaps(host: HostId, runs: readonly PageRun[]): string[] {
  const sorted = runs.toSorted((a, b) => a[0] - b[0]);
  return sorted.flatMap(([base], at) => {
    const before = sorted[at - 1];
    return before !== undefined && before[0] + before[1] > base
      ? [`${host}: page ${base} is in use twice`]
      : [];
  });
}

const hostsWithoutPower: Check = records =>
  records
    .all('host')
    .filter(host => host.state === 'Off')
    .flatMap(host => [
      ...(host.hypervisorRunning ? [`${host.id} is Off and its hypervisor runs`] : []),
      ...records
        .of('partition', 'host', host.id)
        .map(({ id }) => `${host.id} is Off and has ${id}`),
      ...records
        .of('worker-process', 'host', host.id)
        .map(({ id }) => `${host.id} is Off and has ${id}`),
      ...records
        .of('service', 'host', host.id)
        .filter(service => service.state !== 'Stopped')
        .map(({ id }) => `${host.id} is Off and ${id} is not stopped`),
      ...records
        .of('vm', 'host', host.id)
        .filter(vm => isActive(vm.state))
        .map(({ id }) => `${host.id} is Off and ${id} is up`),
    ]);

const processorsAreThere: Check = records =>
  records.all('partition').flatMap(partition => {
    const count = records.of('virtual-processor', 'partition', partition.id).length;
    if (partition.type === 'child') {
      const vm = partition.vm === null ? undefined : records.get('vm', partition.vm);
      const most = vm?.processorCount ?? 0;
      return count > most ? [`${partition.id} has ${count} processors of ${most}`] : [];
    }
    const logical = records.get('host', partition.host)?.logicalProcessors;
    return count === logical ? [] : [`${partition.id} has ${count} processors for ${logical}`];
  });

const openFilesHaveAWriter: Check = records =>
  records
    .all('virtual-disk')
    .filter(disk => disk.inUse)
    .flatMap(disk => {
      const worker = disk.vm === null ? [] : records.of('worker-process', 'vm', disk.vm);
      return worker.length === 1 ? [] : [`${disk.id} is open and nobody runs from it`];
    });

const oneJobEach: Check = records => {
  const busy = new Map<string, string>();
  return records
    .all('job')
    .filter(job => job.state === 'Running' && job.vm !== null)
    .flatMap(({ id, vm }) => {
      const other = busy.get(String(vm));
      busy.set(String(vm), id);
      return other === undefined ? [] : [`${vm} has ${other} and ${id} under way`];
    });
};

const volumesHold: Check = records =>
  records
    .all('volume')
    .filter(({ free, capacity }) => free < 0 || free > capacity)
    .map(({ id, free }) => `${id} has ${free} bytes free`);

/** VMMS knows what it knows only while it runs. */
function isManaged(records: Records, host: HostId): boolean {
  const service = records.get('service', `service:${host.slice('host:'.length)}/vmms`);
  return service?.state === 'Running';
}

/** Shares of virtual processors are what logical ones give, and no one gives more than itself. */
const sharesAddUp: Check = records =>
  records.all('host').flatMap(host => {
    const problems: string[] = [];
    const virtual = records.of('virtual-processor', 'host', host.id);
    const logical = records.of('logical-processor', 'host', host.id);
    const granted = virtual.reduce((sum, vp) => sum + vp.granted, 0);
    const demand = virtual.reduce((sum, vp) => sum + vp.demand, 0);
    const load = logical.reduce((sum, lp) => sum + lp.load, 0);
    if (granted !== host.cpuGranted || load !== granted) {
      problems.push(`${host.id} gives ${load}, ${host.cpuGranted} of it known, to ${granted}`);
    }
    if (demand !== host.cpuDemand) problems.push(`${host.id} counts ${host.cpuDemand} wanted`);
    for (const { id, load: share } of logical) {
      if (share < 0 || share > WHOLE) problems.push(`${id} gives ${share} of itself`);
    }
    for (const vp of virtual) {
      if (vp.granted > vp.demand) problems.push(`${vp.id} has more than it wants`);
    }
    return problems;
  });

const CHECKS: readonly Check[] = [
  stoppedLeavesNothing,
  filesFollowTheState,
  activeHasItsRun,
  disksHaveAnOwner,
  workersAndPartitions,
  nothingOutlivesItsPartition,
  memoryAddsUp,
  hostsWithoutPower,
  processorsAreThere,
  openFilesHaveAWriter,
  oneJobEach,
  volumesHold,
  sharesAddUp,
];
