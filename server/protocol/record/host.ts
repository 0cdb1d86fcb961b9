import { bool, counter, int, intOrNull, json, table, text, textOrNull } from '../field.ts';
import type { Id } from '../id.ts';

/** A run of system physical pages: the first 4 KB page and how many. */
export type PageRun = readonly [base: number, pages: number];

export type HostState = 'Off' | 'Starting' | 'Running' | 'Stopping';

export const hostTable = table({
  kind: 'host',
  about: 'A physical server with the Hyper-V role.',
  scopes: ['host'],
  fields: {
    name: text({ list: true }),
    state: text<HostState>({ list: true }),
    osName: text({ list: true }),
    osVersion: text({ list: true }),
    logicalProcessors: int({ list: true }),
    numaNodes: int({ list: true }),
    /** Bytes. */
    memory: int({ list: true }),
    /** Bytes the management OS keeps for itself. */
    memoryReserve: int(),
    /** Bytes assigned to running virtual machines. */
    memoryAssigned: int({ list: true }),
    hypervisorLaunchType: text<'auto' | 'off'>(),
    hypervisorRunning: bool({ list: true }),
    bootedAt: intOrNull({ list: true }),
    /** Never reused until the next cold start of the hypervisor. */
    nextPartitionId: int({ class: 'hidden' }),
    nextPid: int({ class: 'hidden' }),
    nextJob: int({ class: 'hidden' }),
    nextMac: int({ class: 'hidden' }),
    virtualMachinePath: text(),
    virtualHardDiskPath: text(),
    /** IPv4 address of the management OS; the host's pool of MAC addresses is made of it. */
    address: text({ list: true }),
    /** Launches of the hypervisor so far; with a partition's number it names one incarnation. */
    hypervisorLaunches: int({ class: 'hidden' }),
    /** Bytes deposited into the pools of partitions. */
    memoryDeposited: int(),
    /** Bytes that worker processes need beside the memory of their virtual machines. */
    memoryOverhead: int(),
    nextDisk: int({ class: 'hidden' }),
    /** System physical pages that are neither the management OS's reserve, a pool's nor a guest's. */
    freePages: json<readonly PageRun[]>({ class: 'hidden' }),
    /** Thousandths of one logical processor that virtual processors have now. */
    cpuLoad: int({ list: true }),
    /** The same in millionths, and what they want. */
    cpuGranted: int({ class: 'hidden' }),
    cpuDemand: int({ class: 'hidden' }),
    /** When the scheduler decides all shares again; null while nothing has changed. */
    rescheduleAt: intOrNull({ class: 'hidden' }),
  },
});

export const logicalProcessorTable = table({
  kind: 'logical-processor',
  about: 'A hardware thread that the hypervisor schedules virtual processors on.',
  scopes: ['host'],
  indexes: ['host'],
  fields: {
    host: text<Id<'host'>>(),
    index: int(),
    numaNode: int(),
    hypervisorTime: counter(),
    contextSwitches: counter(),
    /** What the virtual processors of children ran on it, in 100 ns. */
    guestTime: counter(),
    /** The management OS wants it idle: nothing is scheduled on it that may run elsewhere. */
    parked: bool(),
    /** Millionths of it that virtual processors have since `loadSince`. */
    load: int({ class: 'hidden' }),
    loadSince: int({ class: 'hidden' }),
  },
});

export const volumeTable = table({
  kind: 'volume',
  about: 'An NTFS volume of a host, where configurations and virtual hard disks are kept.',
  scopes: ['host'],
  indexes: ['host'],
  fields: {
    host: text<Id<'host'>>(),
    letter: text(),
    capacity: int(),
    free: int(),
  },
});

export const physicalNicTable = table({
  kind: 'physical-nic',
  about: 'A physical network adapter of a host.',
  scopes: ['host'],
  indexes: ['host'],
  fields: {
    host: text<Id<'host'>>(),
    name: text(),
    /** Bits a second. */
    speed: int(),
    mac: text(),
    linkUp: bool(),
    virtualSwitch: textOrNull<Id<'virtual-switch'>>(),
  },
});

export type ServiceState = 'Stopped' | 'StartPending' | 'Running' | 'StopPending';

export const serviceTable = table({
  kind: 'service',
  about: 'A Windows service of the management OS, e.g. vmms, one per host.',
  scopes: ['host'],
  indexes: ['host'],
  fields: {
    host: text<Id<'host'>>({ list: true }),
    name: text({ list: true }),
    displayName: text({ list: true }),
    state: text<ServiceState>({ list: true }),
    startType: text<'Automatic' | 'Manual' | 'Disabled'>({ list: true }),
    pid: intOrNull({ list: true }),
    startedAt: intOrNull({ list: true }),
  },
});

export const workerProcessTable = table({
  kind: 'worker-process',
  about:
    'vmwp.exe: one process in the parent partition for each virtual machine that is not Off or Saved.',
  scopes: ['host', 'vm'],
  indexes: ['host', 'vm'],
  fields: {
    host: text<Id<'host'>>({ list: true }),
    vm: text<Id<'vm'>>({ list: true }),
    pid: int({ list: true }),
    state: text<'Starting' | 'Running' | 'Stopping'>({ list: true }),
    startedAt: int({ list: true }),
    partition: textOrNull<Id<'partition'>>(),
    interceptsHandled: counter(),
  },
});
