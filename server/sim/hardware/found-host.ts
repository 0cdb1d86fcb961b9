import type { HostId, Id } from '../../protocol/id.ts';
import type { HostSpec } from '../../protocol/lab-file.ts';
import type { Turn } from '../engine/turn.ts';
import { allPages, defaultReserve } from './memory.ts';

// A physical server as the lab file describes it: processors, memory, volumes, network adapters. It
// is powered off; starting it is the management OS's business. Its switches and its library are
// founded by network/ and storage/.

/** MS Learn, Set-VMHost: where configurations go unless told otherwise. */
const VIRTUAL_MACHINE_PATH = 'C:\\ProgramData\\Microsoft\\Windows\\Hyper-V';

/** (recalled) */
const VIRTUAL_HARD_DISK_PATH = 'C:\\Users\\Public\\Documents\\Hyper-V\\Virtual hard disks';

/** The host with its hardware, Off. Hosts are founded in the order of the lab file. */
export function foundHost(turn: Turn, spec: HostSpec): HostId {
  const number = turn.all('host').length;
  const host: HostId = `host:${spec.name}`;
  const { memory, numaNodes } = spec;
  const memoryReserve = spec.memoryReserve ?? defaultReserve(memory);
  turn.insert('host', host, {
    name: spec.name,
    state: 'Off',
    osName: 'Microsoft Windows Server 2012 Datacenter',
    osVersion: '6.2.9200',
    logicalProcessors: spec.logicalProcessors,
    numaNodes,
    memory,
    memoryReserve,
    memoryAssigned: 0,
    hypervisorLaunchType: spec.hypervisorLaunchType,
    hypervisorRunning: false,
    bootedAt: null,
    nextPartitionId: 1,
    nextPid: 1000,
    nextJob: 1,
    nextMac: 0,
    virtualMachinePath: VIRTUAL_MACHINE_PATH,
    virtualHardDiskPath: VIRTUAL_HARD_DISK_PATH,
    address: spec.address ?? `10.0.0.${11 + number}`,
    hypervisorLaunches: 0,
    memoryDeposited: 0,
    memoryOverhead: 0,
    nextDisk: 1,
    freePages: allPages({ memory, memoryReserve, numaNodes }),
    cpuLoad: 0,
    cpuGranted: 0,
    cpuDemand: 0,
    rescheduleAt: null,
  });
  foundProcessors(turn, host, spec);
  for (const { letter, capacity, used } of spec.volumes) {
    const id: Id<'volume'> = `volume:${spec.name}/${letter}`;
    turn.insert('volume', id, { host, letter, capacity, free: Math.max(0, capacity - used) });
  }
  for (const [index, nic] of spec.networkAdapters.entries()) {
    const id: Id<'physical-nic'> = `physical-nic:${spec.name}/${index + 1}`;
    turn.insert('physical-nic', id, {
      host,
      name: nic.name,
      speed: nic.speed,
      mac: burnedIn(number, index),
      linkUp: nic.linkUp,
      virtualSwitch: null,
    });
  }
  return host;
}

function foundProcessors(turn: Turn, host: HostId, spec: HostSpec): void {
  const perNode = Math.ceil(spec.logicalProcessors / spec.numaNodes);
  for (let index = 0; index < spec.logicalProcessors; index += 1) {
    const id: Id<'logical-processor'> = `logical-processor:${spec.name}/${index}`;
    turn.insert('logical-processor', id, {
      host,
      index,
      numaNode: Math.floor(index / perNode),
      hypervisorTime: 0,
      contextSwitches: 0,
      guestTime: 0,
      parked: false,
      load: 0,
      loadSince: 0,
    });
  }
}

/** A burned-in address: 00-1B-21 is Intel's, the rest numbers the hosts and their adapters. */
function burnedIn(host: number, index: number): string {
  const tail = [host >> 8, host & 0xff, index + 1];
  return `00-1B-21-${tail.map(byte => byte.toString(16).padStart(2, '0').toUpperCase()).join('-')}`;
}
