import { bool, counter, int, intOrNull, json, table, text, textOrNull } from '../field.ts';
import type { Json } from '../../base/json.ts';
import type { Id } from '../id.ts';

/** As Get-VM prints them. */
export type VmState =
  | 'Off'
  | 'Starting'
  | 'Running'
  | 'Pausing'
  | 'Paused'
  | 'Resuming'
  | 'Saving'
  | 'Saved'
  | 'Stopping'
  | 'Reset';

export type Heartbeat =
  | 'OkApplicationsUnknown'
  | 'NoContact'
  | 'LostCommunication'
  | 'Paused'
  | 'Error';

export const vmTable = table({
  kind: 'vm',
  about:
    'A virtual machine as VMMS registers it: configuration and state. Off, it is no partition.',
  scopes: ['host', 'vm'],
  indexes: ['host', 'name'],
  fields: {
    host: text<Id<'host'>>({ list: true }),
    name: text({ list: true }),
    state: text<VmState>({ list: true }),
    /** Secondary status of list and Get-VM: "Operating normally", "Creating snapshot (10%)". */
    status: text({ list: true }),
    generation: int(),
    processorCount: int({ list: true }),
    cpuReserve: int(),
    cpuLimit: int(),
    cpuWeight: int(),
    /** Bytes. */
    memoryStartup: int({ list: true }),
    memoryAssigned: int({ list: true }),
    dynamicMemory: bool(),
    /** Heartbeat of the integration service; null while there is no partition. */
    heartbeat: textOrNull<Heartbeat>({ list: true }),
    integrationServicesVersion: textOrNull({ list: true }),
    guestOsName: textOrNull({ list: true }),
    ipAddresses: json<readonly string[]>({ list: true }),
    notes: text(),
    createdAt: int(),
    /** When it last began to run; uptime is derived from it. Null while not running. */
    runningSince: intOrNull({ list: true }),
    /** Uptime gathered before the last pause, 100 ns. */
    uptimeBefore: int({ list: true }),
    automaticStartAction: text<'Nothing' | 'StartIfRunning' | 'Start'>(),
    automaticStartDelay: int(),
    automaticStopAction: text<'TurnOff' | 'Save' | 'ShutDown'>(),
    configurationPath: text(),
    bootOrder: json<readonly string[]>(),
    /** Synthetic SCSI controllers; a new virtual machine has one. */
    scsiControllers: int(),
    workerProcess: textOrNull<Id<'worker-process'>>({ list: true }),
    partition: textOrNull<Id<'partition'>>({ list: true }),
    job: textOrNull<Id<'job'>>({ list: true }),
    wasRunningAtHostStop: bool({ class: 'hidden' }),
    /** Thousandths of one processor in use now, from the guest's phase table. */
    cpuLoad: int({ list: true }),
  },
});

export const diskDriveTable = table({
  kind: 'disk-drive',
  about: 'A hard disk or DVD drive of a virtual machine, at a place on a controller.',
  scopes: ['vm'],
  indexes: ['vm', 'disk'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    type: text<'HardDisk' | 'Dvd'>(),
    controller: text<'IDE' | 'SCSI'>(),
    controllerNumber: int(),
    location: int(),
    disk: textOrNull<Id<'virtual-disk'>>(),
    /** Path of the ISO in a DVD drive; of a hard disk whose file is gone, where it was. */
    media: textOrNull(),
  },
});

export const networkAdapterTable = table({
  kind: 'network-adapter',
  about: 'A synthetic or legacy network adapter of a virtual machine.',
  scopes: ['vm'],
  indexes: ['vm', 'virtualSwitch', 'host'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    name: text(),
    legacy: bool(),
    mac: text(),
    instanceId: text(),
    virtualSwitch: textOrNull<Id<'virtual-switch'>>(),
    connected: bool(),
    ipAddress: textOrNull(),
    /** Chosen from the host's pool at the first start; a static one was given by a person. */
    dynamicMac: bool(),
    /** Addresses that the networks behind virtual switches have given it, by switch. */
    leases: json<{ readonly [virtualSwitch: string]: string }>({ class: 'hidden' }),
  },
});

export const libraryImageTable = table({
  kind: 'library-image',
  about: 'A prepared image of a host’s library: a sysprepped VHDX or an installation ISO.',
  scopes: ['host'],
  indexes: ['host'],
  fields: {
    host: text<Id<'host'>>({ list: true }),
    name: text({ list: true }),
    path: text({ list: true }),
    type: text<'Vhdx' | 'Iso'>({ list: true }),
    os: text({ list: true }),
    osName: text({ list: true }),
    size: int({ list: true }),
    maximumSize: int({ list: true }),
    /** The image as a virtual disk, once a differencing disk was made from it. */
    disk: textOrNull<Id<'virtual-disk'>>({ class: 'hidden' }),
  },
});

export const virtualSwitchTable = table({
  kind: 'virtual-switch',
  about: 'A Hyper-V extensible switch: a driver in the parent partition.',
  scopes: ['host'],
  indexes: ['host'],
  fields: {
    host: text<Id<'host'>>({ list: true }),
    name: text({ list: true }),
    type: text<'External' | 'Internal' | 'Private'>({ list: true }),
    physicalNic: textOrNull<Id<'physical-nic'>>(),
    allowManagementOs: bool(),
    nextAddress: int({ class: 'hidden' }),
    /** Numbers the switches of a lab: which block of addresses its DHCP leases come from. */
    scope: int({ class: 'hidden' }),
  },
});

export type GuestPhase =
  | 'PoweredOff'
  | 'Firmware'
  | 'NoBootDevice'
  | 'Setup'
  | 'Loader'
  | 'Kernel'
  | 'Drivers'
  | 'Services'
  | 'Ready'
  | 'ShuttingDown'
  | 'Crashed'
  | 'Frozen';

export const guestTable = table({
  kind: 'guest',
  about:
    'What runs inside a child partition: firmware, then the operating system of its boot disk.',
  scopes: ['vm'],
  indexes: ['host', 'vm'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>({ list: true }),
    /** Key of the guest operating system table; null before a boot medium was found. */
    os: textOrNull({ list: true }),
    phase: text<GuestPhase>({ list: true }),
    phaseSince: int({ list: true }),
    /** When the phase is due to end; null for a phase that waits. */
    phaseUntil: intOrNull({ list: true }),
    enlightened: bool(),
    /** What the console shows, for the thumbnail and VMConnect. */
    screen: text(),
    bootDisk: textOrNull<Id<'virtual-disk'>>(),
    computerName: textOrNull(),
    installPercent: int(),
    /** Its virtual processors are suspended: paused, saving or restoring. */
    suspended: bool(),
    /** Of a suspended phase, how long it has still to go. */
    phaseLeft: intOrNull({ class: 'hidden' }),
    /** Key of the system that setup from the DVD installs; null where nothing is installed. */
    installs: textOrNull(),
    /** Version of the integration components it runs; null has none. */
    components: textOrNull(),
    /** Where in its phase it is: a row of the guest's table of stages. */
    stage: text({ class: 'hidden' }),
    /** Channels whose driver is still initialising. */
    driversPending: json<readonly string[]>({ class: 'hidden' }),
    offersDelivered: bool({ class: 'hidden' }),
    /** Who asked it to shut down: the host by the integration service, or its own user. */
    shutDownBy: textOrNull<'host' | 'guest'>({ class: 'hidden' }),
    /** Thousandths of one processor that the phase asks for. */
    load: int({ class: 'hidden' }),
    /** How many of the accesses to emulated devices that its stage makes it has made. */
    accessesMade: int({ class: 'hidden' }),
  },
});

export const integrationServiceTable = table({
  kind: 'integration-service',
  about:
    'One integration service of a virtual machine: a channel, a negotiated version, a behaviour.',
  scopes: ['vm'],
  indexes: ['vm'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    /** As Get-VMIntegrationService names it: Heartbeat, Shutdown, Time Synchronization… */
    name: text(),
    device: text(),
    enabled: bool(),
    status: text<'NoContact' | 'Ok' | 'Error' | 'LostCommunication' | 'Disabled'>(),
    frameworkVersion: textOrNull(),
    messageVersion: textOrNull(),
    sent: counter(),
    received: counter(),
    lastReceivedAt: int({ class: 'counter' }),
    /** When the service acts next by itself: a heartbeat, a time sample. Null while it waits. */
    nextAt: intOrNull({ class: 'hidden' }),
  },
});

/** What a VM's saved state holds beside the memory itself; nothing in a file that only keeps room. */
export type SavedState = { readonly [part: string]: Json };

export const vmFileTable = table({
  kind: 'vm-file',
  about: 'A file of a virtual machine: its configuration, or its saved memory and device state.',
  scopes: ['vm'],
  indexes: ['vm', 'host'],
  fields: {
    host: text<Id<'host'>>(),
    vm: text<Id<'vm'>>(),
    type: text<'Configuration' | 'Memory' | 'DeviceState'>(),
    path: text(),
    size: int(),
    savedAt: intOrNull(),
    content: json<SavedState>({ class: 'hidden' }),
  },
});
