import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { COM_PORTS, FLOPPY_DRIVE, VM_BIOS } from '../../objects/board.ts';
import { driveControllers } from '../../objects/drive-controller.ts';
import { LabObject, recordIn } from '../../objects/lab-object.ts';
import { ADAPTER_VLAN, MANAGEMENT_VLAN } from '../../objects/vlan-setting.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { reader } from './get-parts.ts';
import { hostsOf } from './hosts.ts';
import { machinesOf } from './machines.ts';

const ofNumber = (number: number | undefined) => (_: unknown, index: number) =>
  number === undefined || number === index;

export const getVmIdeController = reader({
  name: 'Get-VMIdeController',
  synopsis: 'Lists the IDE controllers of virtual machines and what is on them.',
  line: 'Get-VMIdeController WEB01 0',
  of: ({ bound, lab }, vm) =>
    driveControllers(lab, vm.id, 'IDE').filter(ofNumber(bound.number('ControllerNumber'))),
});

export const getVmScsiController = reader({
  name: 'Get-VMScsiController',
  synopsis: 'Lists the SCSI controllers of virtual machines and what is on them.',
  line: 'Get-VMScsiController WEB01',
  of: ({ bound, lab }, vm) =>
    driveControllers(lab, vm.id, 'SCSI').filter(ofNumber(bound.number('ControllerNumber'))),
});

export const getVmComPort = reader({
  name: 'Get-VMComPort',
  synopsis: 'Lists the COM ports of virtual machines; nothing is behind them here.',
  line: 'Get-VMComPort WEB01 1',
  of: ({ bound, lab }, vm) => {
    const number = bound.number('Number');
    return COM_PORTS.filter(ofNumber(number === undefined ? undefined : number - 1)).map(
      type => new LabObject(type, vm, lab),
    );
  },
});

export const getVmFloppyDiskDrive = reader({
  name: 'Get-VMFloppyDiskDrive',
  synopsis: 'Shows the floppy drive of virtual machines; it is empty here.',
  line: 'Get-VMFloppyDiskDrive WEB01',
  of: ({ lab }, vm) => [new LabObject(FLOPPY_DRIVE, vm, lab)],
});

export const getVmBios = reader({
  name: 'Get-VMBios',
  synopsis: 'Shows from what virtual machines boot, in order.',
  line: '(Get-VMBios WEB01).StartupOrder',
  of: ({ lab }, vm) => [new LabObject(VM_BIOS, vm, lab)],
});

export const getVmNetworkAdapterVlan: Cmdlet = {
  name: 'Get-VMNetworkAdapterVlan',
  synopsis: 'Shows the VLAN settings of network adapters; all are untagged here.',
  examples: [{ line: 'Get-VMNetworkAdapterVlan WEB*', about: 'Of some machines.' }],
  *process(call) {
    const { bound, shell } = call;
    const { lab } = shell;
    const pattern = new Wildcard(bound.text('VMNetworkAdapterName') ?? '*');
    const { adapters, switches } = yield* adaptersOf(call);
    for (const one of switches)
      if (pattern.matches(one.name)) yield* shell.write(new LabObject(MANAGEMENT_VLAN, one, lab));
    for (const one of adapters)
      if (pattern.matches(one.name)) yield* shell.write(new LabObject(ADAPTER_VLAN, one, lab));
  },
};

interface Adapters {
  readonly adapters: readonly RecordOf<'network-adapter'>[];
  /** Those with an adapter of the management OS. */
  readonly switches: readonly RecordOf<'virtual-switch'>[];
}

/** Adapters as objects, those of the management OS, or those of machines; all when nothing is said. */
function* adaptersOf(call: Call): Steps<Adapters> {
  const { bound, shell } = call;
  const { lab } = shell;
  const objects = bound.values('VMNetworkAdapter');
  if (objects !== undefined)
    return {
      adapters: objects.flatMap(one => recordIn(one, 'network-adapter') ?? []),
      switches: objects.flatMap(one => recordIn(one, 'virtual-switch') ?? []),
    };
  const isManagement = bound.flag('ManagementOS');
  const isAll = !bound.has('VMName') && !bound.has('VM');
  const hosts = isAll ? yield* hostsOf(call) : [];
  const machines = isManagement ? [] : yield* machinesOf(call, bound.texts('VMName'));
  return {
    adapters: machines.flatMap(vm => lab.by('network-adapter', 'vm', vm.id)),
    switches: hosts
      .flatMap(({ id }) => lab.by('virtual-switch', 'host', id))
      .filter(one => one.allowManagementOs),
  };
}
