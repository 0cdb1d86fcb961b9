import { Guid } from '../value/guid.ts';
import type { ObjectType, PropertyRow } from './lab-object.ts';

/** A view of one side of a machine: memory, processors. */
export const OWN: readonly PropertyRow<'vm'>[] = [
  ['VMId', 'guid', ({ record }) => Guid.parse(record.id.slice(3)) ?? record.id],
  ['VMName', 'string', ({ record }) => record.name],
  ['ComputerName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? ''],
  ['IsDeleted', 'bool', ({ record, lab }) => lab.get('vm', record.id) === undefined],
];

/** Without dynamic memory all three are what it starts with. */
export const VM_MEMORY: ObjectType<'vm'> = {
  types: ['Microsoft.HyperV.PowerShell.VMMemory'],
  kind: 'vm',
  text: ({ record }) => `VMMemory (VMName = '${record.name}')`,
  properties: [
    ['DynamicMemoryEnabled', 'bool', ({ record }) => record.dynamicMemory],
    ['Minimum', 'long', ({ record }) => record.memoryStartup],
    ['Startup', 'long', ({ record }) => record.memoryStartup],
    ['Maximum', 'long', ({ record }) => record.memoryStartup],
    ['Name', 'string', () => 'Memory'],
    ...OWN,
  ],
};

export const VM_PROCESSOR: ObjectType<'vm'> = {
  types: ['Microsoft.HyperV.PowerShell.VMProcessor'],
  kind: 'vm',
  text: ({ record }) => `VMProcessor (VMName = '${record.name}')`,
  properties: [
    ['Count', 'long', ({ record }) => record.processorCount],
    ['CompatibilityForMigrationEnabled', 'bool', () => false],
    ['CompatibilityForOlderOperatingSystemsEnabled', 'bool', () => false],
    ['Maximum', 'long', ({ record }) => record.cpuLimit],
    ['Reserve', 'long', ({ record }) => record.cpuReserve],
    ['RelativeWeight', 'int', ({ record }) => record.cpuWeight],
    ['Name', 'string', () => 'Processor'],
    ...OWN,
  ],
};
