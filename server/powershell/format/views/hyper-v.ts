import type { Layout } from '../layout.ts';
import { property } from '../../value/member.ts';
import { autoTable, computed, list, megabytes } from './column.ts';

const PS = 'Microsoft.HyperV.PowerShell';

/**
 * What Server 2012 prints: columns as captures of consoles show them, sized to their content, text to
 * the left. A later release adds a column here and there.
 */
export const HYPER_V_VIEWS: readonly (readonly [type: string, layout: Layout])[] = [
  [
    `${PS}.VirtualMachine`,
    autoTable(
      'Name',
      'State',
      'CPUUsage=CPUUsage(%)',
      megabytes('MemoryAssigned(M)', 'MemoryAssigned'),
      'Uptime',
      'Status',
    ),
  ],
  [`${PS}.VMSwitch`, autoTable('Name', 'SwitchType', 'NetAdapterInterfaceDescription')],
  [
    `${PS}.VMNetworkAdapterBase`,
    autoTable(
      'Name',
      'IsManagementOs',
      'VMName',
      'SwitchName',
      'MacAddress',
      'Status',
      'IPAddresses',
    ),
  ],
  [
    `${PS}.HardDiskDrive`,
    autoTable(
      'VMName',
      'ControllerType',
      'ControllerNumber',
      'ControllerLocation',
      'DiskNumber',
      'Path',
    ),
  ],
  [
    `${PS}.DvdDrive`,
    autoTable(
      'VMName',
      'ControllerType',
      'ControllerNumber',
      'ControllerLocation',
      'DvdMediaType',
      'Path',
    ),
  ],
  [`${PS}.VMDriveController`, autoTable('VMName', 'ControllerNumber', 'Drives')],
  [`${PS}.VMBios`, autoTable('VMName', 'StartupOrder', 'NumLockEnabled')],
  [`${PS}.VMComPort`, autoTable('VMName', 'Name', 'Path')],
  [`${PS}.VMFloppyDiskDrive`, autoTable('VMName', 'Name', 'Path')],
  [
    `${PS}.VMNetworkAdapterVlanSetting`,
    autoTable(
      computed('VMName', setting => property(property(setting, 'ParentAdapter'), 'VMName')),
      computed('VMNetworkAdapterName', setting =>
        property(property(setting, 'ParentAdapter'), 'Name'),
      ),
      'OperationMode=Mode',
      computed('VlanList', () => null),
    ),
  ],
  [
    `${PS}.VMMemory`,
    autoTable(
      'VMName',
      'DynamicMemoryEnabled',
      megabytes('Minimum(M)', 'Minimum'),
      megabytes('Startup(M)', 'Startup'),
      megabytes('Maximum(M)', 'Maximum'),
    ),
  ],
  [
    `${PS}.VMProcessor`,
    autoTable(
      'VMName',
      'Count',
      'CompatibilityForMigrationEnabled',
      'CompatibilityForOlderOperatingSystemsEnabled',
    ),
  ],
  [
    `${PS}.VMIntegrationComponent`,
    autoTable(
      'VMName',
      'Name',
      'Enabled',
      'PrimaryStatusDescription',
      'SecondaryStatusDescription',
    ),
  ],
  [
    `${PS}.VMSnapshot`,
    autoTable('VMName', 'Name', 'SnapshotType', 'CreationTime', 'ParentSnapshotName'),
  ],
  [
    'Microsoft.Vhd.PowerShell.VirtualHardDisk',
    list(
      'ComputerName',
      'Path',
      'VhdFormat',
      'VhdType',
      'FileSize',
      'Size',
      'MinimumSize',
      'LogicalSectorSize',
      'PhysicalSectorSize',
      'BlockSize',
      'ParentPath',
      'FragmentationPercentage',
      'Alignment',
      'Attached',
      'DiskNumber',
      'IsDeleted',
      'Number',
    ),
  ],
];
