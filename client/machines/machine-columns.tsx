import { cpuUsage, memoryText } from '../format/amount.ts';
import { uptimeText } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import { Dot } from '../shell/dot.tsx';
import { vmMood } from '../shell/tree-model.ts';
import type { Seen } from '../state/lab-store.ts';
import { uptimeOf } from './uptime.ts';

/** A virtual machine with what its columns need of others. */
export interface Machine {
  readonly vm: Seen<'vm'>;
  readonly host: Seen<'host'> | undefined;
  readonly job: Seen<'job'> | undefined;
}

const isActive = ({ vm }: Machine): boolean => (vm.partition ?? null) !== null;

const cpuOf = ({ vm, host }: Machine): number =>
  cpuUsage(vm.cpuLoad ?? 0, host?.logicalProcessors ?? 1);

/** What Hyper-V Manager shows as Status: the task under way with its percent, else nothing. */
export const statusOf = ({ vm, job }: Machine): string => {
  if (job?.state === 'Running') return `${job.stepTitle ?? job.title ?? ''} (${job.percent ?? 0}%)`;
  return vm.status === 'Operating normally' ? '' : (vm.status ?? '');
};

/** The columns of Hyper-V Manager of Server 2012; Host only where several hosts are listed. */
export const machineColumns = (now: number, withHost: boolean): readonly Column<Machine>[] => [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(110px, 1.5fr)',
    cell: ({ vm }) => (
      <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
        <Dot mood={vmMood(vm.state)} />
        <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{vm.name}</span>
      </span>
    ),
    order: ({ vm }) => vm.name ?? '',
  },
  ...(withHost ? [HOST] : []),
  {
    id: 'state',
    title: 'State',
    width: 'minmax(88px, 0.7fr)',
    cell: ({ vm }) => vm.state,
    order: ({ vm }) => vm.state ?? '',
  },
  {
    id: 'cpu',
    title: 'CPU Usage',
    width: '92px',
    end: true,
    cell: machine => (isActive(machine) ? `${cpuOf(machine)} %` : ''),
    order: machine => (isActive(machine) ? cpuOf(machine) : -1),
  },
  {
    id: 'memory',
    title: 'Assigned Memory',
    width: '142px',
    end: true,
    cell: ({ vm }) => (vm.memoryAssigned ? memoryText(vm.memoryAssigned) : ''),
    order: ({ vm }) => vm.memoryAssigned ?? 0,
  },
  {
    id: 'uptime',
    title: 'Uptime',
    width: '92px',
    end: true,
    cell: ({ vm }) => {
      const uptime = uptimeOf(vm, now);
      return uptime === null ? '' : uptimeText(uptime);
    },
    order: ({ vm }) => uptimeOf(vm, now) ?? -1,
  },
  {
    id: 'status',
    title: 'Status',
    width: 'minmax(120px, 2fr)',
    cell: machine => <span title={statusOf(machine)}>{statusOf(machine)}</span>,
    order: statusOf,
  },
];

const HOST: Column<Machine> = {
  id: 'host',
  title: 'Host',
  width: 'minmax(64px, 0.6fr)',
  cell: ({ host }) => host?.name,
  order: ({ host }) => host?.name ?? '',
};
