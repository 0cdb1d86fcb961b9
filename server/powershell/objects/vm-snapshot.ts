import { DateTime } from '../value/date-time.ts';
import { Guid } from '../value/guid.ts';
import type { Value } from '../value/value.ts';
import { hyperVEnum } from './enum-of.ts';
import type { ObjectType } from './lab-object.ts';
import { OF_VM } from './of-vm.ts';

const guidOf = (id: string): Value => Guid.parse(id.slice(id.indexOf(':') + 1)) ?? id;

/** Microsoft.HyperV.PowerShell.VMSnapshot, as far as the lab knows it. Source: types of the module. */
export const VM_SNAPSHOT: ObjectType<'vm-snapshot'> = {
  types: [
    'Microsoft.HyperV.PowerShell.VMSnapshot',
    'Microsoft.HyperV.PowerShell.VirtualMachineBase',
  ],
  kind: 'vm-snapshot',
  text: ({ record }) => `VMSnapshot (Name = '${record.name}')`,
  properties: [
    [
      'SnapshotType',
      'Microsoft.HyperV.PowerShell.SnapshotType',
      () => hyperVEnum('SnapshotType', 'Standard'),
    ],
    ['Id', 'guid', ({ record }) => guidOf(record.id)],
    ['Name', 'string', ({ record }) => record.name],
    [
      'State',
      'Microsoft.HyperV.PowerShell.VMState',
      ({ record }) => hyperVEnum('VMState', record.state),
    ],
    [
      'CreationTime',
      'datetime',
      ({ record, lab }) => DateTime.fromUnix(lab.calendar(record.createdAt as typeof lab.now)),
    ],
    [
      'ParentSnapshotId',
      'System.Nullable[guid]',
      ({ record }) => (record.parent === null ? null : guidOf(record.parent)),
    ],
    [
      'ParentSnapshotName',
      'string',
      ({ record, lab }) =>
        record.parent === null ? null : (lab.get('vm-snapshot', record.parent)?.name ?? null),
    ],
    ['Path', 'string', ({ record }) => record.path],
    ['SizeOfSystemFiles', 'uint64', ({ record }) => record.size],
    ['ProcessorCount', 'long', ({ record }) => Number(record.configuration['processorCount'])],
    ['MemoryStartup', 'long', ({ record }) => Number(record.configuration['memoryStartup'])],
    ['Notes', 'string', ({ record }) => String(record.configuration['notes'] ?? '')],
    ...OF_VM,
  ],
};
