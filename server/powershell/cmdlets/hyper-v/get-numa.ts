import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { numaNode, numaNodeStatus } from '../../objects/numa-node.ts';
import { hostsOf } from './hosts.ts';

/** Numbers of a host's nodes, or the one that -Id names. */
const nodesOf = ({ bound }: Call, { numaNodes }: RecordOf<'host'>): readonly number[] => {
  const wanted = bound.number('Id');
  const all = Array.from({ length: numaNodes }, (_, node) => node);
  return all.filter(node => wanted === undefined || node === wanted);
};

export const getVmHostNumaNode: Cmdlet = {
  name: 'Get-VMHostNumaNode',
  synopsis: 'Shows the NUMA nodes of a host: processors, and memory that is free.',
  examples: [{ line: 'Get-VMHostNumaNode -Id 0', about: 'The first node.' }],
  *process(call) {
    for (const host of yield* hostsOf(call))
      for (const node of nodesOf(call, host))
        yield* call.shell.write(numaNode(call.shell.lab, host, node));
  },
};

export const getVmHostNumaNodeStatus: Cmdlet = {
  name: 'Get-VMHostNumaNodeStatus',
  synopsis: 'Shows how much memory of each NUMA node virtual machines have.',
  examples: [{ line: 'Get-VMHostNumaNodeStatus', about: 'A line for each machine and node.' }],
  *process(call) {
    const { lab } = call.shell;
    for (const host of yield* hostsOf(call)) {
      const machines = lab.by('vm', 'host', host.id).filter(({ partition }) => partition !== null);
      for (const node of nodesOf(call, host))
        for (const vm of machines) {
          const status = numaNodeStatus(lab, vm, node);
          if (status !== null) yield* call.shell.write(status);
        }
    }
  },
};
