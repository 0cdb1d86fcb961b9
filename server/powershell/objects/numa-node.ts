import type { RecordOf } from '../../protocol/record/index.ts';
import type { ShellLab } from '../engine/lab.ts';
import { CustomObject } from '../value/custom-object.ts';
import { Guid } from '../value/guid.ts';

const PAGE = 4096;
const MIB = 1_048_576;

/** A host's memory is shared evenly among its nodes, one after another. */
const freePages = (
  { freePages: runs, memory, numaNodes }: RecordOf<'host'>,
  node: number,
): number => {
  const pages = Math.floor(memory / PAGE / numaNodes);
  return runs
    .filter(([base]) => Math.floor(base / pages) === node)
    .reduce((sum, [, count]) => sum + count, 0);
};

/** What is left of each processor: the hypervisor schedules machines on all of them alike. */
const available = (lab: ShellLab, host: RecordOf<'host'>): number => {
  const load = lab.by('vm', 'host', host.id).reduce((sum, { cpuLoad }) => sum + cpuLoad, 0);
  return Math.max(0, Math.round(100 - load / 10 / host.logicalProcessors));
};

export const numaNode = (lab: ShellLab, host: RecordOf<'host'>, node: number): CustomObject => {
  const object = new CustomObject('Microsoft.HyperV.PowerShell.VMHostNumaNode');
  const processors = lab
    .by('logical-processor', 'host', host.id)
    .filter(({ numaNode: of }) => of === node);
  object.note('NodeId', node);
  object.note(
    'ProcessorsAvailability',
    processors.map(() => available(lab, host)),
  );
  object.note('MemoryAvailable', Math.floor((freePages(host, node) * PAGE) / MIB));
  object.note('MemoryTotal', Math.floor(host.memory / host.numaNodes / MIB));
  object.note('ComputerName', host.name);
  return object;
};

/** Null for a machine that has nothing of the node. */
export const numaNodeStatus = (
  lab: ShellLab,
  vm: RecordOf<'vm'>,
  node: number,
): CustomObject | null => {
  const pages =
    vm.partition === null
      ? 0
      : lab
          .by('gpa-range', 'partition', vm.partition)
          .filter(one => one.numaNode === node && one.purpose === 'RAM')
          .reduce((sum, one) => sum + one.pages, 0);
  if (pages === 0) return null;
  const object = new CustomObject('Microsoft.HyperV.PowerShell.VMNumaNodeStatus');
  object.note('NodeId', node);
  object.note('VMId', Guid.parse(vm.id.slice(3)) ?? vm.id);
  object.note('VMName', vm.name);
  object.note('MemoryUsed', Math.round((pages * PAGE) / MIB));
  object.note('ComputerName', lab.get('host', vm.host)?.name ?? '');
  return object;
};
