import { useMemo, useState } from 'react';
import { clockTime } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import { Grid } from '../list/grid.tsx';
import { useFacts, useRecord, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { type DecodedField, decode } from './decode.ts';
import { FieldPane } from './field-pane.tsx';
import { HexPane } from './hex-pane.tsx';
import { type BusMessage, messagesOf } from './message.ts';
import css from './vmbus.module.css';

/** The bus of one virtual machine in three linked panes: messages, the fields of one, its bytes. */
export const VmbusView = () => {
  const { vm } = useSelection();
  if (vm === null) {
    return (
      <p className={css['hint']}>
        Every virtual machine has a VMBus of its own. Choose one on the left: its messages appear
        here with their real bytes, from the first InitiateContact on.
      </p>
    );
  }
  return <Bus key={vm.id} vm={vm} />;
};

const Bus = ({ vm }: { vm: Seen<'vm'> }) => {
  const facts = useFacts(vm.id);
  const clock = useRecord<'clock'>('clock:lab');
  const { inspect, channel } = usePlace();
  const move = useMove();
  const [lit, setLit] = useState<DecodedField | null>(null);
  const rows = useMemo(() => messagesOf(facts, channel), [facts, channel]);
  const columns = useMemo(() => messageColumns(clock?.calendarStart ?? 0), [clock?.calendarStart]);
  const chosen = rows.find(({ fact }) => inspect === `fact:${fact.n}`) ?? null;
  const parts = useMemo(() => (chosen === null ? [] : decode(chosen.fact)), [chosen]);
  const bytes = chosen?.fact.data['bytes'];
  return (
    <div className={css['view']}>
      <Channels vm={vm} chosen={channel} onChoose={to => move({ channel: to }, 'replace')} />
      <Grid
        label="Messages"
        rows={rows}
        columns={columns}
        keyOf={({ fact }) => `fact:${fact.n}`}
        selected={inspect}
        onSelect={({ fact }) => {
          setLit(null);
          move({ inspect: `fact:${fact.n}` }, 'replace');
        }}
        rowHeight={24}
        leastWidth={620}
        follow
        empty={<NoMessages vm={vm} filtered={channel !== null} />}
      />
      <div className={css['panes']}>
        <FieldPane parts={parts} lit={lit} onLight={setLit} />
        <HexPane
          bytes={typeof bytes === 'string' ? bytes : ''}
          fields={parts.flatMap(({ fields }) => fields)}
          lit={lit}
          onLight={setLit}
        />
      </div>
    </div>
  );
};

const NoMessages = ({ vm, filtered }: { vm: Seen<'vm'>; filtered: boolean }) => {
  if (filtered) return <p>No message of this channel yet.</p>;
  return (vm.partition ?? null) === null ? (
    <p>
      {vm.name} has no partition, so it has no bus. Start it: once its kernel knows of the
      hypervisor, it makes contact here.
    </p>
  ) : (
    <p>
      Nothing on the bus yet. Firmware and old systems do not know VMBus; an enlightened kernel
      makes contact while it boots.
    </p>
  );
};

const Channels = ({
  vm,
  chosen,
  onChoose,
}: {
  vm: Seen<'vm'>;
  chosen: number | null;
  onChoose: (channel: number | null) => void;
}) => {
  const all = useRecords('vmbus-channel');
  const channels = useMemo(
    () =>
      all
        .filter(channel => channel.vm === vm.id)
        .toSorted((a, b) => (a.relId ?? 0) - (b.relId ?? 0)),
    [all, vm.id],
  );
  return (
    <div className={css['channels']} role="group" aria-label="Channels">
      <button
        type="button"
        className={css['channel']}
        aria-pressed={chosen === null}
        onClick={() => onChoose(null)}
      >
        Whole bus
      </button>
      {channels.map(({ id, relId, label, state }) => (
        <button
          key={id}
          type="button"
          className={css['channel']}
          aria-pressed={chosen === relId}
          title={`Channel ${relId ?? ''}: ${state ?? ''}`}
          onClick={() => onChoose(relId ?? null)}
        >
          {relId} {label} {state !== 'Open' && <small>({state?.toLowerCase()})</small>}
        </button>
      ))}
    </div>
  );
};

const messageColumns = (calendarStart: number): readonly Column<BusMessage>[] => [
  { id: 'number', title: 'No.', width: '54px', end: true, cell: ({ number }) => number },
  {
    id: 'time',
    title: 'Lab time',
    width: '108px',
    cell: ({ fact }) => clockTime(calendarStart, fact.at),
  },
  {
    id: 'direction',
    title: 'Direction',
    width: '92px',
    cell: ({ toGuest }) => (toGuest ? <span className={css['to']}>→ guest</span> : '→ host'),
  },
  {
    id: 'channel',
    title: 'Channel',
    width: '78px',
    end: true,
    cell: ({ channel }) => channel ?? '',
  },
  { id: 'type', title: 'Type', width: 'minmax(110px, 168px)', cell: ({ type }) => type },
  { id: 'length', title: 'Bytes', width: '58px', end: true, cell: ({ length }) => length },
  {
    id: 'summary',
    title: 'Summary',
    width: 'minmax(160px, 1fr)',
    cell: ({ fact }) => <span title={fact.summary}>{fact.summary}</span>,
  },
];
