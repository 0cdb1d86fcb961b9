import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { DiskId, HostId, Id, SwitchId, VmId } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { Turn } from '../engine/turn.ts';
import {
  createIntegrationServices,
  removeIntegrationServices,
} from '../devices/integration-service.ts';
import { NO_MAC } from '../network/mac-pool.ts';
import { logVmEvent } from '../vmwp/event-log.ts';
import { removeFiles, writeConfiguration } from '../vmwp/vm-file.ts';
import { newGuid } from './guid.ts';

// The list of virtual machines that VMMS keeps, and the configuration of each. Two may have the same
// name: a virtual machine is its GUID.

/** What a new virtual machine is given; everything else has New-VM's default. */
interface NewVm {
  readonly host: HostId;
  readonly name: string;
  readonly memory: number;
  readonly processors: number;
  readonly disk: DiskId | null;
  /** Path of the ISO in its DVD drive. */
  readonly media: string | null;
  readonly virtualSwitch: SwitchId | null;
}

/** MS Learn, New-VM and Set-VM: the defaults of Windows Server 2012. */
const DEFAULTS = {
  generation: 1,
  cpuReserve: 0,
  cpuLimit: 100,
  cpuWeight: 100,
  dynamicMemory: false,
  automaticStartAction: 'StartIfRunning',
  automaticStartDelay: 0,
  automaticStopAction: 'Save',
  scsiControllers: 1,
} as const;

/** A registered virtual machine, Off, with the devices that every new one has. */
export function register(turn: Turn, given: NewVm): Result<VmId, Refusal> {
  const { host, name } = given;
  const { virtualMachinePath } = turn.must('host', host);
  const guid = newGuid(turn, host);
  const vm: VmId = `vm:${guid}`;
  turn.insert('vm', vm, {
    ...DEFAULTS,
    host,
    name,
    state: 'Off',
    status: 'Operating normally',
    processorCount: given.processors,
    memoryStartup: given.memory,
    memoryAssigned: 0,
    heartbeat: null,
    integrationServicesVersion: null,
    guestOsName: null,
    ipAddresses: [],
    notes: '',
    createdAt: turn.now,
    runningSince: null,
    uptimeBefore: 0,
    configurationPath: `${virtualMachinePath}\\Virtual Machines\\${guid.toUpperCase()}.xml`,
    // Boot order of a new generation 1 virtual machine (recalled).
    bootOrder: ['CD', 'IDE', 'LegacyNetworkAdapter', 'Floppy'],
    workerProcess: null,
    partition: null,
    job: null,
    wasRunningAtHostStop: false,
    cpuLoad: 0,
  });
  const written = writeConfiguration(turn, vm);
  if (!written.ok) {
    turn.remove('vm', vm);
    return written;
  }
  addDevices(turn, vm, given);
  createIntegrationServices(turn, { host, vm });
  logVmEvent(turn, 13002, vm);
  return ok(vm);
}

/** Disk on IDE 0, DVD drive on IDE 1, one synthetic network adapter with an address to come. */
function addDevices(turn: Turn, vm: VmId, given: NewVm): void {
  const { host, disk, media, virtualSwitch } = given;
  const guid = vm.slice('vm:'.length);
  const ide = { host, vm, controller: 'IDE', location: 0 } as const;
  if (disk !== null) {
    const drive = { ...ide, type: 'HardDisk', controllerNumber: 0, disk, media: null } as const;
    turn.insert('disk-drive', `disk-drive:${guid}/IDE/0/0`, drive);
    turn.patch('virtual-disk', disk, { vm });
  }
  const dvd = { ...ide, type: 'Dvd', controllerNumber: 1, disk: null, media } as const;
  turn.insert('disk-drive', `disk-drive:${guid}/IDE/1/0`, dvd);
  const adapter: Id<'network-adapter'> = `network-adapter:${guid}/0`;
  turn.insert('network-adapter', adapter, {
    host,
    vm,
    name: 'Network Adapter',
    legacy: false,
    mac: NO_MAC,
    instanceId: newGuid(turn, host),
    virtualSwitch,
    connected: false,
    ipAddress: null,
    dynamicMac: true,
    leases: {},
  });
}

/** The configuration goes; the virtual hard disks stay where they are. */
export function unregister(turn: Turn, vm: VmId): void {
  logVmEvent(turn, 13003, vm);
  for (const { id, disk } of turn.where('disk-drive', 'vm', vm)) {
    if (disk !== null) turn.patch('virtual-disk', disk, { vm: null });
    turn.remove('disk-drive', id);
  }
  for (const { id } of turn.where('network-adapter', 'vm', vm)) {
    turn.remove('network-adapter', id);
  }
  removeIntegrationServices(turn, vm);
  removeFiles(turn, vm);
  turn.remove('vm', vm);
}
