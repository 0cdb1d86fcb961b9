import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { ShellLab } from '../../engine/lab.ts';
import { diskDrives } from '../../objects/disk-drive.ts';
import { integrationServices } from '../../objects/integration-service.ts';
import { LabObject, recordIn } from '../../objects/lab-object.ts';
import { managementAdapters, networkAdapters } from '../../objects/network-adapter.ts';
import { snapshotView } from '../../objects/snapshot-view.ts';
import { virtualMachine } from '../../objects/virtual-machine.ts';
import { VM_MEMORY, VM_PROCESSOR } from '../../objects/vm-part.ts';
import type { Value } from '../../value/value.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { controllerIn, placeIn } from './drive-places.ts';
import { hostsOf } from './hosts.ts';
import { machinesOf } from './machines.ts';
import { refuses } from './refuses.ts';

type Vm = RecordOf<'vm'>;

/** What readers go by, and those of what a snapshot keeps by one, too. */
const READ_BY =
  'VM VMName Name Number ControllerType ControllerNumber ControllerLocation VMDriveController ComputerName'.split(
    ' ',
  );
const OF_SNAPSHOT = [...READ_BY, 'VMSnapshot'];

/** What is read from: the lab, or one machine of it as it was. */
export interface Source {
  readonly bound: Call['bound'];
  readonly lab: ShellLab;
}

interface Reading {
  readonly name: string;
  readonly synopsis: string;
  readonly line: string;
  readonly of: (source: Source, vm: Vm) => readonly Value[];
  /** A snapshot does not keep it. */
  readonly isOfNow?: boolean;
}

/** A cmdlet that writes something of each of its machines. */
export const reader = ({ name, synopsis, line, of, isOfNow = false }: Reading): Cmdlet => ({
  name,
  synopsis,
  examples: [{ line, about: synopsis }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, isOfNow ? READ_BY : OF_SNAPSHOT)) return;
    const snapshots = bound
      .values('VMSnapshot')
      ?.flatMap(one => recordIn(one, 'vm-snapshot') ?? []);
    for (const snapshot of snapshots ?? []) {
      const lab = snapshotView(snapshot, shell.lab);
      const vm = lab.get('vm', snapshot.vm);
      if (vm !== undefined) for (const one of of({ bound, lab }, vm)) yield* shell.write(one);
    }
    if (snapshots !== undefined) return;
    const machines = yield* machinesOf(call, bound.texts('VMName'));
    for (const vm of machines)
      for (const one of of({ bound, lab: shell.lab }, vm)) yield* shell.write(one);
  },
});

export const getVm: Cmdlet = {
  name: 'Get-VM',
  synopsis: 'Lists virtual machines.',
  examples: [
    { line: 'Get-VM', about: 'All of this host.' },
    { line: 'Get-VM WEB* -ComputerName HV02', about: 'Some of another.' },
  ],
  *process(call) {
    if (yield* refuses(call, ['Name', 'Id', 'ComputerName'])) return;
    for (const vm of yield* machinesOf(call))
      yield* call.shell.write(virtualMachine(vm, call.shell.lab));
  },
};

export const getVmMemory = reader({
  name: 'Get-VMMemory',
  synopsis: 'Shows the memory settings of virtual machines.',
  line: 'Get-VMMemory WEB01',
  of: ({ lab }, vm) => [new LabObject(VM_MEMORY, vm, lab)],
});

export const getVmProcessor = reader({
  name: 'Get-VMProcessor',
  synopsis: 'Shows the processor settings of virtual machines.',
  line: 'Get-VMProcessor WEB01',
  of: ({ lab }, vm) => [new LabObject(VM_PROCESSOR, vm, lab)],
});

export const getVmHardDiskDrive = reader({
  name: 'Get-VMHardDiskDrive',
  synopsis: 'Lists the hard disk drives of virtual machines.',
  line: 'Get-VMHardDiskDrive WEB01',
  of: (source, vm) => drives(source, vm, 'HardDisk'),
});

export const getVmDvdDrive = reader({
  name: 'Get-VMDvdDrive',
  synopsis: 'Lists the DVD drives of virtual machines.',
  line: 'Get-VMDvdDrive WEB01',
  of: (source, vm) => drives(source, vm, 'Dvd'),
});

const drives = (source: Source, vm: Vm, type: 'HardDisk' | 'Dvd'): readonly Value[] => {
  const wanted = { ...placeIn(source), ...controllerIn(source, 'VMDriveController') };
  return diskDrives(source.lab, vm.id, type).filter(({ record }) => {
    const place = record as RecordOf<'disk-drive'>;
    return (
      (wanted.number ?? place.controllerNumber) === place.controllerNumber &&
      (wanted.location ?? place.location) === place.location &&
      (wanted.controller ?? place.controller) === place.controller
    );
  });
};

export const getVmNetworkAdapter: Cmdlet = {
  name: 'Get-VMNetworkAdapter',
  synopsis: 'Lists the network adapters of virtual machines and of the management OS.',
  examples: [
    { line: 'Get-VMNetworkAdapter *', about: 'Of every virtual machine.' },
    { line: 'Get-VMNetworkAdapter -ManagementOS', about: 'Of the host itself.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ADAPTER_PARAMETERS)) return;
    const pattern = new Wildcard(bound.text('Name') ?? bound.text('VMNetworkAdapterName') ?? '*');
    const isAll = bound.flag('All');
    if (isAll || bound.flag('ManagementOS'))
      for (const host of yield* hostsOf(call))
        for (const one of managementAdapters(shell.lab, host.id))
          if (isOfManagement(call, one.record.name, pattern)) yield* shell.write(one);
    if (bound.flag('ManagementOS') && !isAll) return;
    for (const vm of yield* machinesOf(call, isAll ? undefined : bound.texts('VMName')))
      for (const one of networkAdapters(shell.lab, vm.id)) {
        const { name, legacy } = one.record;
        const isKind = !bound.has('IsLegacy') || bound.flag('IsLegacy') === legacy;
        if (isKind && pattern.matches(name)) yield* shell.write(one);
      }
  },
};

/** An adapter of the management OS goes by the name of its switch, and is never a legacy one. */
const isOfManagement = ({ bound }: Call, name: string, pattern: Wildcard): boolean =>
  pattern.matches(name) &&
  new Wildcard(bound.text('SwitchName') ?? '*').matches(name) &&
  !bound.flag('IsLegacy');

const ADAPTER_PARAMETERS =
  'VM VMName Name VMNetworkAdapterName All ManagementOS SwitchName IsLegacy ComputerName'.split(
    ' ',
  );

export const getVmIntegrationService = reader({
  name: 'Get-VMIntegrationService',
  synopsis: 'Lists the integration services of virtual machines.',
  line: 'Get-VMIntegrationService WEB01',
  isOfNow: true,
  of: ({ bound, lab }, vm) => {
    const patterns = (bound.texts('Name') ?? ['*']).map(name => new Wildcard(name));
    return integrationServices(lab, vm.id).filter(({ record }) =>
      patterns.some(pattern => pattern.matches(record.name)),
    );
  },
});
