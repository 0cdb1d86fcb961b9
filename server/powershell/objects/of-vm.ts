import type { Id } from '../../protocol/id.ts';
import type { ShellLab } from '../engine/lab.ts';
import { Guid } from '../value/guid.ts';
import type { Value } from '../value/value.ts';

interface Part {
  readonly record: { readonly vm: Id<'vm'>; readonly host: Id<'host'> };
  readonly lab: ShellLab;
}

type PartRow = readonly [name: string, type: string, of: (part: Part) => Value];

/** What every part of a virtual machine tells of the machine it belongs to. */
export const OF_VM: readonly PartRow[] = [
  ['VMId', 'guid', ({ record }) => Guid.parse(record.vm.slice(3)) ?? record.vm],
  ['VMName', 'string', ({ record, lab }) => lab.get('vm', record.vm)?.name ?? ''],
  ['ComputerName', 'string', ({ record, lab }) => lab.get('host', record.host)?.name ?? ''],
  ['IsDeleted', 'bool', ({ record, lab }) => lab.get('vm', record.vm) === undefined],
];
