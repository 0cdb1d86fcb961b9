import type { HostId, Id, VmId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { newGuid } from './guid.ts';

/** What a new virtual machine is given; everything else has its default. */
export interface NewVm {
  readonly host: HostId;
  readonly name: string;
  readonly memory: number;
  readonly processors: number;
}

/** A registered virtual machine, Off, with the devices New-VM gives every one on Server 2012. */
export function register(turn: Turn, given: NewVm): VmId {
  const { host, name } = given;
  const { virtualMachinePath } = turn.must('host', host);
  const guid = newGuid(turn, host);
  const vm: VmId = `vm:${guid}`;
  turn.insert('vm', vm, {
    host,
    name,
    state: 'Off',
    status: 'Operating normally',
    generation: 1,
    processorCount: given.processors,
    cpuReserve: 0,
    cpuLimit: 100,
    cpuWeight: 100,
    memoryStartup: given.memory,
    memoryAssigned: 0,
    dynamicMemory: false,
    heartbeat: null,
    integrationServicesVersion: null,
    guestOsName: null,
    ipAddresses: [],
    notes: '',
    createdAt: turn.now,
    runningSince: null,
    uptimeBefore: 0,
    automaticStartAction: 'StartIfRunning',
    automaticStartDelay: 0,
    automaticStopAction: 'Save',
    configurationPath: `${virtualMachinePath}\\Virtual Machines\\${guid.toUpperCase()}.xml`,
    // Boot order of a new generation 1 virtual machine (recalled).
    bootOrder: ['CD', 'IDE', 'LegacyNetworkAdapter', 'Floppy'],
    workerProcess: null,
    partition: null,
    job: null,
    wasRunningAtHostStop: false,
    cpuLoad: 0,
  });
  addDrive(turn, vm, { type: 'HardDisk', controllerNumber: 0, location: 0 });
  addDrive(turn, vm, { type: 'Dvd', controllerNumber: 1, location: 0 });
  return vm;
}

function addDrive(
  turn: Turn,
  vm: VmId,
  at: {
    readonly type: 'HardDisk' | 'Dvd';
    readonly controllerNumber: number;
    readonly location: number;
  },
): void {
  const guid = vm.slice('vm:'.length);
  const id: Id<'disk-drive'> = `disk-drive:${guid}/IDE/${at.controllerNumber}/${at.location}`;
  const { host } = turn.must('vm', vm);
  turn.insert('disk-drive', id, { host, vm, controller: 'IDE', disk: null, media: null, ...at });
}
