import { Button } from '@fluentui/react-components';
import { useCallback, useMemo } from 'react';
import { useConfirm } from '../actions/confirm.tsx';
import { END_PROCESS } from '../actions/confirmations.ts';
import { useEcho } from '../echo/use-echo.ts';
import { consoleMoment } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import { Grid } from '../list/grid.tsx';
import { useSubmit } from '../state/command.ts';
import { useById, useRecord, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace } from '../state/place.tsx';
import { type Process, processesOf } from './process.ts';
import css from './processes.module.css';

/** As Task Manager's Details lists them, as far as they belong to the virtualization stack. */
export const ProcessList = ({ host }: { host: Seen<'host'> | null }) => {
  const services = useRecords('service');
  const workers = useRecords('worker-process');
  const vms = useById('vm');
  const hosts = useById('host');
  const start = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const { inspect } = usePlace();
  const move = useMove();
  const end = useEndProcess();
  const on = host?.id ?? null;
  const rows = useMemo(
    () => processesOf(services, workers, vms).filter(row => on === null || row.host === on),
    [services, workers, vms, on],
  );
  const columns = useMemo(
    () => [...(on === null ? [hostColumn(hosts)] : []), ...processColumns(start, end)],
    [hosts, start, end, on],
  );
  return (
    <Grid
      label="Processes"
      rows={rows}
      columns={columns}
      keyOf={({ key }) => key}
      selected={inspect}
      onSelect={({ key }) => move({ inspect: key }, 'replace')}
      leastWidth={700}
      rowHeight={32}
      empty={<p>No process of the virtualization stack runs here.</p>}
    />
  );
};

type End = (process: Process) => Promise<void>;

const useEndProcess = (): End => {
  const submit = useSubmit();
  const confirm = useConfirm();
  const echo = useEcho();
  return useCallback(
    async ({ worker, vm }) => {
      if (worker === null) return;
      const line = echo('process.end', { process: worker.id });
      if (!(await confirm({ ...END_PROCESS(vm?.name ?? 'a machine'), line }))) return;
      await submit('process.end', { process: worker.id });
    },
    [submit, confirm, echo],
  );
};

const hostColumn = (hosts: ReadonlyMap<string, Seen<'host'>>): Column<Process> => ({
  id: 'host',
  title: 'Host',
  width: '80px',
  cell: ({ host }) => hosts.get(host)?.name,
  order: ({ host }) => host,
});

const processColumns = (start: number, end: End): readonly Column<Process>[] => [
  {
    id: 'image',
    title: 'Image',
    width: '96px',
    cell: ({ image }) => image,
    order: ({ image }) => image,
  },
  {
    id: 'pid',
    title: 'PID',
    width: '70px',
    end: true,
    cell: ({ pid }) => pid,
    order: ({ pid }) => pid,
  },
  {
    id: 'vm',
    title: 'Virtual Machine',
    width: 'minmax(124px, 1fr)',
    cell: ({ vm }) => vm?.name ?? '',
    order: ({ vm }) => vm?.name ?? '',
  },
  {
    id: 'user',
    title: 'User Name',
    width: 'minmax(120px, 1.6fr)',
    cell: ({ user }) => (
      <span className={css['quiet']} title={user}>
        {user}
      </span>
    ),
  },
  {
    id: 'started',
    title: 'Since',
    width: '190px',
    cell: ({ startedAt }) => (startedAt === null ? '' : consoleMoment(start, startedAt)),
  },
  {
    id: 'do',
    title: 'Do',
    untitled: true,
    width: '130px',
    cell: process =>
      process.worker && (
        <Button
          size="small"
          onClick={event => {
            event.stopPropagation();
            void end(process);
          }}
        >
          End Process…
        </Button>
      ),
  },
];
