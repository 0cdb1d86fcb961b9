import { DateTime } from '../value/date-time.ts';
import { Guid } from '../value/guid.ts';
import { hyperVEnum } from './enum-of.ts';
import type { ObjectType } from './lab-object.ts';

/** Of the pool that dynamic MAC addresses come from: by the host's own address. */
const macPrefix = (address: string): string =>
  [0, 0x15, 0x5d, ...address.split('.').slice(2).map(Number)]
    .map(byte => byte.toString(16).toUpperCase().padStart(2, '0'))
    .join('');

export const VM_HOST: ObjectType<'host'> = {
  types: ['Microsoft.HyperV.PowerShell.VMHost'],
  kind: 'host',
  text: ({ record }) => `VMHost (Name = '${record.name}')`,
  properties: [
    ['Name', 'string', ({ record }) => record.name],
    ['ComputerName', 'string', ({ record }) => record.name],
    ['LogicalProcessorCount', 'long', ({ record }) => record.logicalProcessors],
    ['MemoryCapacity', 'long', ({ record }) => record.memory],
    ['VirtualMachinePath', 'string', ({ record }) => record.virtualMachinePath],
    ['VirtualHardDiskPath', 'string', ({ record }) => record.virtualHardDiskPath],
    ['NumaSpanningEnabled', 'bool', () => true],
    // No host of a lab has an IOMMU. The sentence is the module's own, recalled.
    ['IovSupport', 'bool', () => false],
    [
      'IovSupportReasons',
      'string[]',
      () => [
        'Ensure that the system has chipset support for SR-IOV and that I/O virtualization is enabled in the BIOS.',
      ],
    ],
    ['MacAddressMinimum', 'string', ({ record }) => `${macPrefix(record.address)}00`],
    ['MacAddressMaximum', 'string', ({ record }) => `${macPrefix(record.address)}FF`],
    ['VirtualMachineMigrationEnabled', 'bool', () => false],
    ['IsDeleted', 'bool', ({ record, lab }) => lab.get('host', record.id) === undefined],
  ],
};

export const VM_SWITCH: ObjectType<'virtual-switch'> = {
  types: ['Microsoft.HyperV.PowerShell.VMSwitch'],
  kind: 'virtual-switch',
  text: ({ record }) => `VMSwitch (Name = '${record.name}')`,
  properties: [
    ['Name', 'string', ({ record }) => record.name],
    ['Id', 'guid', ({ record }) => Guid.parse(record.id.slice(record.id.indexOf(':') + 1))],
    [
      'SwitchType',
      'Microsoft.HyperV.PowerShell.VMSwitchType',
      ({ record }) => hyperVEnum('VMSwitchType', record.type),
    ],
    ['AllowManagementOS', 'bool', ({ record }) => record.allowManagementOs],
    [
      'NetAdapterInterfaceDescription',
      'string',
      ({ record, lab }) =>
        record.physicalNic === null
          ? ''
          : (lab.get('physical-nic', record.physicalNic)?.name ?? ''),
    ],
    ['ComputerName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? ''],
    ['IsDeleted', 'bool', ({ record, lab }) => lab.get('virtual-switch', record.id) === undefined],
  ],
};

export const VIRTUAL_HARD_DISK: ObjectType<'virtual-disk'> = {
  types: ['Microsoft.Vhd.PowerShell.VirtualHardDisk'],
  kind: 'virtual-disk',
  text: ({ record }) => record.path,
  properties: [
    ['ComputerName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? ''],
    ['Path', 'string', ({ record }) => record.path],
    ['VhdFormat', 'Microsoft.Vhd.PowerShell.VhdFormat', ({ record }) => record.format],
    ['VhdType', 'Microsoft.Vhd.PowerShell.VhdType', ({ record }) => record.type],
    ['FileSize', 'uint64', ({ record }) => record.fileSize],
    ['Size', 'uint64', ({ record }) => record.maximumSize],
    // Of a VHD, and of a disk without partitions, there is none to shrink to.
    [
      'MinimumSize',
      'System.Nullable[uint64]',
      ({ record: { format, partitioned } }) =>
        format === 'VHD' || partitioned === 0 ? null : partitioned,
    ],
    ['LogicalSectorSize', 'uint32', ({ record }) => record.logicalSectorSize],
    ['PhysicalSectorSize', 'uint32', ({ record }) => record.physicalSectorSize],
    ['BlockSize', 'uint32', ({ record }) => record.blockSize],
    [
      'ParentPath',
      'string',
      ({ record, lab }) =>
        record.parent === null ? '' : (lab.get('virtual-disk', record.parent)?.path ?? ''),
    ],
    ['FragmentationPercentage', 'System.Nullable[uint32]', () => 0],
    ['Alignment', 'System.Nullable[uint32]', () => 1],
    ['Attached', 'bool', ({ record }) => record.inUse],
    ['DiskNumber', 'System.Nullable[int]', () => null],
    ['IsDeleted', 'bool', ({ record, lab }) => lab.get('virtual-disk', record.id) === undefined],
    ['Number', 'System.Nullable[int]', () => null],
  ],
};

export const SERVICE: ObjectType<'service'> = {
  types: ['System.ServiceProcess.ServiceController'],
  kind: 'service',
  text: ({ record }) => record.name,
  properties: [
    ['Name', 'string', ({ record }) => record.name],
    ['ServiceName', 'string', ({ record }) => record.name],
    ['DisplayName', 'string', ({ record }) => record.displayName],
    ['Status', 'System.ServiceProcess.ServiceControllerStatus', ({ record }) => record.state],
    ['MachineName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? '.'],
    ['CanStop', 'bool', ({ record }) => record.state === 'Running'],
  ],
};

export const PROCESS: ObjectType<'worker-process'> = {
  types: ['System.Diagnostics.Process'],
  kind: 'worker-process',
  text: () => 'System.Diagnostics.Process (vmwp)',
  properties: [
    ['Name', 'string', () => 'vmwp'],
    ['ProcessName', 'string', () => 'vmwp'],
    ['Id', 'int', ({ record }) => record.pid],
    ['MachineName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? '.'],
    [
      'StartTime',
      'datetime',
      ({ record, lab }) => DateTime.fromUnix(lab.calendar(record.startedAt as typeof lab.now)),
    ],
    [
      'CommandLine',
      'string',
      ({ record }) => `C:\\Windows\\System32\\vmwp.exe ${record.vm.slice(3).toUpperCase()}`,
    ],
  ],
};

/** vmms itself: the process of its service. */
export const VMMS_PROCESS: ObjectType<'service'> = {
  types: ['System.Diagnostics.Process'],
  kind: 'service',
  text: () => 'System.Diagnostics.Process (vmms)',
  properties: [
    ['Name', 'string', () => 'vmms'],
    ['ProcessName', 'string', () => 'vmms'],
    ['Id', 'int', ({ record }) => record.pid],
    ['MachineName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? '.'],
    [
      'StartTime',
      'datetime',
      ({ record, lab }) =>
        record.startedAt === null
          ? null
          : DateTime.fromUnix(lab.calendar(record.startedAt as typeof lab.now)),
    ],
    ['CommandLine', 'string', () => 'C:\\Windows\\system32\\vmms.exe'],
  ],
};
