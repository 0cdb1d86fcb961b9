import { hyperVEnum } from './enum-of.ts';
import { LabObject, type ObjectType, type PropertyRow } from './lab-object.ts';
import { MANAGEMENT_ADAPTER, NETWORK_ADAPTER } from './network-adapter.ts';

// The virtual switches of a lab know no VLANs: every adapter is untagged.

const untagged = <K extends 'network-adapter' | 'virtual-switch'>(
  adapter: ObjectType<K>,
  rest: readonly PropertyRow<K>[],
): ObjectType<K> => ({
  types: ['Microsoft.HyperV.PowerShell.VMNetworkAdapterVlanSetting'],
  kind: adapter.kind,
  text: () => 'Microsoft.HyperV.PowerShell.VMNetworkAdapterVlanSetting',
  properties: [
    [
      'OperationMode',
      'Microsoft.HyperV.PowerShell.VMNetworkAdapterVlanMode',
      () => hyperVEnum('VMNetworkAdapterVlanMode', 'Untagged'),
    ],
    ['AccessVlanId', 'int', () => 0],
    ['NativeVlanId', 'int', () => 0],
    ['AllowedVlanIdList', 'System.Collections.Generic.List[int]', () => []],
    ['PrimaryVlanId', 'int', () => 0],
    ['SecondaryVlanId', 'int', () => 0],
    [
      'ParentAdapter',
      'Microsoft.HyperV.PowerShell.VMNetworkAdapterBase',
      ({ record, lab }) => new LabObject(adapter, record, lab),
    ],
    ...rest,
  ],
});

export const ADAPTER_VLAN = untagged(NETWORK_ADAPTER, [
  ['ComputerName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? ''],
  ['IsDeleted', 'bool', ({ record, lab }) => lab.get('network-adapter', record.id) === undefined],
]);

export const MANAGEMENT_VLAN = untagged(MANAGEMENT_ADAPTER, [
  ['ComputerName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? ''],
  ['IsDeleted', 'bool', ({ record, lab }) => lab.get('virtual-switch', record.id) === undefined],
]);
