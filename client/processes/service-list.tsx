import { Button } from '@fluentui/react-components';
import { useCallback, useMemo } from 'react';
import { useConfirm } from '../actions/confirm.tsx';
import { HOST_QUESTIONS } from '../actions/confirmations.ts';
import { useEcho } from '../echo/use-echo.ts';
import { consoleMoment } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import { Grid } from '../list/grid.tsx';
import { Dot } from '../shell/dot.tsx';
import { useSubmit } from '../state/command.ts';
import { useById, useRecord, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace } from '../state/place.tsx';
import css from './processes.module.css';

type Service = Seen<'service'>;

/** As the Services console lists them; of one host, or of all. */
export const ServiceList = ({ host }: { host: Seen<'host'> | null }) => {
  const all = useRecords('service');
  const hosts = useById('host');
  const start = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const { inspect } = usePlace();
  const move = useMove();
  const ask = useServiceChange();
  const on = host?.id ?? null;
  const rows = useMemo(() => all.filter(service => on === null || service.host === on), [all, on]);
  const columns = useMemo(
    () => [...(on === null ? [hostColumn(hosts)] : []), ...serviceColumns({ hosts, start, ask })],
    [hosts, start, ask, on],
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
      empty={<p>No service of the virtualization stack is known here.</p>}
    />
  );
};

type Ask = (service: Service, host: Seen<'host'> | undefined) => Promise<void>;

/** Stops what runs, after asking, and starts what does not. */
const useServiceChange = (): Ask => {
  const submit = useSubmit();
  const confirm = useConfirm();
  const echo = useEcho();
  return useCallback(
    async (service, host) => {
      if (service.state === 'Stopped') {
        await submit('service.start', { service: service.id });
        return;
      }
      const question = HOST_QUESTIONS['stop-service']?.(host?.name ?? 'the host');
      const line = echo('service.stop', { service: service.id });
      if (question !== undefined && !(await confirm({ ...question, line }))) return;
      await submit('service.stop', { service: service.id });
    },
    [submit, confirm, echo],
  );
};

const STATE_WORDS: Readonly<Record<string, string>> = {
  StartPending: 'Starting',
  StopPending: 'Stopping',
};

const hostColumn = (hosts: ReadonlyMap<string, Seen<'host'>>): Column<Service> => ({
  id: 'host',
  title: 'Host',
  width: '80px',
  cell: ({ host }) => hosts.get(host ?? '')?.name,
});

const serviceColumns = ({
  hosts,
  start,
  ask,
}: {
  hosts: ReadonlyMap<string, Seen<'host'>>;
  start: number;
  ask: Ask;
}): readonly Column<Service>[] => [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(180px, 2fr)',
    cell: ({ displayName }) => <span title={displayName}>{displayName}</span>,
  },
  {
    id: 'state',
    title: 'Status',
    width: '110px',
    cell: ({ state = 'Stopped' }) => (
      <span className={css['state']}>
        <Dot mood={state === 'Running' ? 'on' : state === 'Stopped' ? 'off' : 'busy'} />
        {STATE_WORDS[state] ?? state}
      </span>
    ),
  },
  { id: 'type', title: 'Startup Type', width: '100px', cell: ({ startType }) => startType },
  { id: 'pid', title: 'PID', width: '70px', end: true, cell: ({ pid }) => pid ?? '' },
  {
    id: 'started',
    title: 'Since',
    width: '190px',
    cell: ({ startedAt = null }) => (startedAt === null ? '' : consoleMoment(start, startedAt)),
  },
  {
    id: 'do',
    title: 'Do',
    untitled: true,
    width: '90px',
    cell: service => <Change service={service} host={hosts.get(service.host ?? '')} ask={ask} />,
  },
];

const Change = ({
  service,
  host,
  ask,
}: {
  service: Service;
  host: Seen<'host'> | undefined;
  ask: Ask;
}) => {
  const isSteady = service.state === 'Running' || service.state === 'Stopped';
  return (
    <Button
      size="small"
      disabled={!isSteady || host?.state !== 'Running'}
      onClick={event => {
        event.stopPropagation();
        void ask(service, host);
      }}
    >
      {service.state === 'Stopped' ? 'Start' : 'Stop…'}
    </Button>
  );
};
