import type { Id } from '../../protocol/id.ts';
import type { ShellLab } from '../engine/lab.ts';
import { hyperVEnum } from './enum-of.ts';
import { LabObject, type ObjectType } from './lab-object.ts';
import { OF_VM } from './of-vm.ts';

export const NETWORK_ADAPTER: ObjectType<'network-adapter'> = {
  types: [
    'Microsoft.HyperV.PowerShell.VMNetworkAdapter',
    'Microsoft.HyperV.PowerShell.VMNetworkAdapterBase',
  ],
  kind: 'network-adapter',
  text: ({ record, lab }) =>
    `VMNetworkAdapter (Name = '${record.name}', VMName = '${lab.get('vm', record.vm)?.name ?? ''}')`,
  properties: [
    ['Name', 'string', ({ record }) => record.name],
    ['Id', 'string', ({ record }) => record.instanceId],
    ['IsLegacy', 'bool', ({ record }) => record.legacy],
    ['IsSynthetic', 'bool', ({ record }) => !record.legacy],
    ['IsManagementOs', 'bool', () => false],
    ['MacAddress', 'string', ({ record }) => record.mac.replaceAll(/[-:]/g, '')],
    ['DynamicMacAddressEnabled', 'bool', ({ record }) => record.dynamicMac],
    ['Connected', 'bool', ({ record }) => record.virtualSwitch !== null],
    [
      'SwitchName',
      'string',
      ({ record, lab }) =>
        record.virtualSwitch === null
          ? null
          : (lab.get('virtual-switch', record.virtualSwitch)?.name ?? null),
    ],
    [
      'IPAddresses',
      'string[]',
      ({ record }) => (record.ipAddress === null ? [] : [record.ipAddress]),
    ],
    [
      'Status',
      'Microsoft.HyperV.PowerShell.VMNetworkAdapterOperationalStatus[]',
      ({ record, lab }) =>
        lab.get('vm', record.vm)?.partition === null
          ? null
          : [hyperVEnum('VMNetworkAdapterOperationalStatus', 'Ok')],
    ],
    ...OF_VM,
  ],
};

/** The adapter that the management OS has on a switch it shares: it goes by the switch's name. */
export const MANAGEMENT_ADAPTER: ObjectType<'virtual-switch'> = {
  types: [
    'Microsoft.HyperV.PowerShell.VMInternalNetworkAdapter',
    'Microsoft.HyperV.PowerShell.VMNetworkAdapterBase',
  ],
  kind: 'virtual-switch',
  text: ({ record }) => `VMInternalNetworkAdapter (Name = '${record.name}')`,
  properties: [
    ['Name', 'string', ({ record }) => record.name],
    ['IsManagementOs', 'bool', () => true],
    ['IsLegacy', 'bool', () => false],
    ['IsSynthetic', 'bool', () => true],
    ['VMName', 'string', () => null],
    ['SwitchName', 'string', ({ record }) => record.name],
    [
      'MacAddress',
      'string',
      ({ record, lab }) =>
        record.physicalNic === null
          ? null
          : (lab.get('physical-nic', record.physicalNic)?.mac.replaceAll(/[-:]/g, '') ?? null),
    ],
    ['Connected', 'bool', () => true],
    ['IPAddresses', 'string[]', () => []],
    [
      'Status',
      'Microsoft.HyperV.PowerShell.VMNetworkAdapterOperationalStatus[]',
      () => [hyperVEnum('VMNetworkAdapterOperationalStatus', 'Ok')],
    ],
    ['ComputerName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? ''],
    ['IsDeleted', 'bool', ({ record, lab }) => lab.get('virtual-switch', record.id) === undefined],
  ],
};

export const managementAdapters = (
  lab: ShellLab,
  host: Id<'host'>,
): readonly LabObject<'virtual-switch'>[] =>
  lab
    .by('virtual-switch', 'host', host)
    .filter(one => one.allowManagementOs)
    .map(one => new LabObject(MANAGEMENT_ADAPTER, one, lab));

export const networkAdapters = (
  lab: ShellLab,
  vm: Id<'vm'>,
): readonly LabObject<'network-adapter'>[] =>
  lab.by('network-adapter', 'vm', vm).map(one => new LabObject(NETWORK_ADAPTER, one, lab));
