import { Button } from '@fluentui/react-components';
import { useCallback, useMemo } from 'react';
import { useConfirm } from '../actions/confirm.tsx';
import { END_PROCESS, HOST_QUESTIONS } from '../actions/confirmations.ts';
import { consoleMoment } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import { Grid } from '../list/grid.tsx';
import { Dot } from '../shell/dot.tsx';
import { useSubmit } from '../state/command.ts';
import { useById, useRecord, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { type Process, processesOf } from './process.ts';
import css from './processes.module.css';

/** Services and processes of the management OS: what stands behind the virtual machines. */
export const ProcessesView = () => {
  const { host } = useSelection();
  const of = host === null ? 'on every host' : `on ${host.name}`;
  return (
    <div className={css['view']}>
      <h2 className={css['heading']}>
        Services <small>{of}</small>
      </h2>
      <div style={{ minHeight: 0 }}>
        <Services host={host} />
      </div>
      <h2 className={css['heading']}>
        Processes <small>{of}: one vmwp.exe for each virtual machine that is not Off or Saved</small>
      </h2>
      <div style={{ minHeight: 0 }}>
        <Processes host={host} />
      </div>
    </div>
  );
};

const Services = ({ host }: { host: Seen<'host'> | null }) => {
  const all = useRecords('service');
  const hosts = useById('host');
  const clock = useRecord<'clock'>('clock:lab');
  const { inspect } = usePlace();
  const move = useMove();
  const ask = useServiceChange();
  const rows = useMemo(
    () => all.filter(service => host === null || service.host === host.id),
    [all, host?.id],
  );
  const columns = useMemo(
    () => serviceColumns({ hosts, start: clock?.calendarStart ?? 0, ask, withHost: host === null }),
    [hosts, clock?.calendarStart, ask, host === null],
  );
  return (
    <Grid
      label="Services"
      rows={rows}
      columns={columns}
      keyOf={({ id }) => id}
      selected={inspect}
      onSelect={({ id }) => move({ inspect: id }, 'replace')}
      leastWidth={680}
      rowHeight={32}
      empty={<p>The host is off: no service runs.</p>}
    />
  );
};

type AskService = (service: Seen<'service'>, host: Seen<'host'> | undefined) => Promise<void>;

const useServiceChange = (): AskService => {
  const submit = useSubmit();
  const confirm = useConfirm();
  return useCallback(
    async (service, host) => {
      if (service.state === 'Stopped') {
        await submit('service.start', { service: service.id });
        return;
      }
      const question = HOST_QUESTIONS['stop-service']?.(host?.name ?? 'the host');
      if (question !== undefined && !(await confirm(question))) return;
      await submit('service.stop', { service: service.id });
    },
    [submit, confirm],
  );
};

const STATE_WORDS: Readonly<Record<string, string>> = {
  StartPending: 'Starting',
  StopPending: 'Stopping',
  Stopped: '',
};

const serviceColumns = ({
  hosts,
  start,
  ask,
  withHost,
}: {
  withHost: boolean;
  hosts: ReadonlyMap<string, Seen<'host'>>;
  start: number;
  ask: AskService;
}): readonly Column<Seen<'service'>>[] => [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(180px, 2fr)',
    cell: ({ displayName }) => <span title={displayName}>{displayName}</span>,
  },
  ...(withHost
    ? [{ id: 'host', title: 'Host', width: '80px', cell: ({ host }: Seen<'service'>) => hosts.get(host ?? '')?.name }]
    : []),
  {
    id: 'state',
    title: 'Status',
    width: '110px',
    cell: ({ state }) => (
      <span style={{ display: 'flex', alignItems: 'center', gap: 7 }}>
        <Dot mood={state === 'Running' ? 'on' : state === 'Stopped' ? 'off' : 'busy'} />
        {STATE_WORDS[state ?? ''] ?? state}
        {state === 'Stopped' && <span className={css['quiet']}>Stopped</span>}
      </span>
    ),
  },
  { id: 'type', title: 'Startup Type', width: '100px', cell: ({ startType }) => startType },
  { id: 'pid', title: 'PID', width: '70px', end: true, cell: ({ pid }) => pid ?? '' },
  {
    id: 'started',
    title: 'Since',
    width: '190px',
    cell: ({ startedAt }) => (startedAt == null ? '' : consoleMoment(start, startedAt)),
  },
  {
    id: 'do',
    title: '',
    width: '90px',
    cell: service => {
      const host = hosts.get(service.host ?? '');
      const steady = service.state === 'Running' || service.state === 'Stopped';
      return (
        <Button
          size="small"
          disabled={!steady || host?.state !== 'Running'}
          onClick={event => {
            event.stopPropagation();
            void ask(service, host);
          }}
        >
          {service.state === 'Stopped' ? 'Start' : 'Stop…'}
        </Button>
      );
    },
  },
];

const Processes = ({ host }: { host: Seen<'host'> | null }) => {
  const services = useRecords('service');
  const workers = useRecords('worker-process');
  const vms = useById('vm');
  const hosts = useById('host');
  const clock = useRecord<'clock'>('clock:lab');
  const { inspect } = usePlace();
  const move = useMove();
  const submit = useSubmit();
  const confirm = useConfirm();
  const rows = useMemo(
    () =>
      processesOf(services, workers, vms).filter(process => host === null || process.host === host.id),
    [services, workers, vms, host?.id],
  );
  const columns = useMemo(
    () =>
      processColumns({
        hosts,
        start: clock?.calendarStart ?? 0,
        withHost: host === null,
        end: async ({ worker, vm }) => {
          if (worker === null || !(await confirm(END_PROCESS(vm?.name ?? 'a machine')))) return;
          await submit('process.end', { process: worker.id });
        },
      }),
    [hosts, clock?.calendarStart, confirm, submit, host === null],
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

const processColumns = ({
  hosts,
  start,
  end,
  withHost,
}: {
  withHost: boolean;
  hosts: ReadonlyMap<string, Seen<'host'>>;
  start: number;
  end: (process: Process) => Promise<void>;
}): readonly Column<Process>[] => [
  { id: 'image', title: 'Image', width: '96px', cell: ({ image }) => image, order: row => row.image },
  { id: 'pid', title: 'PID', width: '70px', end: true, cell: ({ pid }) => pid, order: row => row.pid },
  ...(withHost
    ? [{ id: 'host', title: 'Host', width: '80px', cell: ({ host }: Process) => hosts.get(host)?.name }]
    : []),
  {
    id: 'vm',
    title: 'Virtual Machine',
    width: 'minmax(100px, 1fr)',
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
    title: '',
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
