import { Button, SearchBox } from '@fluentui/react-components';
import { useMemo } from 'react';
import { plural } from '../format/amount.ts';
import { consoleMoment } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import { Grid } from '../list/grid.tsx';
import { useById, useRecord } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import { type Level, LEVELS, type LogEvent, matches } from './event.ts';
import css from './events.module.css';
import { hasWord, withWord } from './level-filter.ts';
import { useLog } from './use-log.ts';

/** The event logs of the chosen host or machine, as Event Viewer shows them: newest first. */
export const EventsView = () => {
  const { scope, host, vm } = useSelection();
  const { lab, filter, inspect } = usePlace();
  const move = useMove();
  const hosts = useById('host');
  const clock = useRecord<'clock'>('clock:lab');
  const { events, hasOlder, isLoading, loadOlder } = useLog(lab, scope);
  const rows = useMemo(() => events.filter(event => matches(event, filter)), [events, filter]);
  const columns = useMemo(
    () => eventColumns(clock?.calendarStart ?? 0, hosts),
    [clock?.calendarStart, hosts],
  );
  const chosen = rows.find(({ n }) => inspect === `fact:${n}`);
  return (
    <div className={css['view']}>
      <div className={css['bar']}>
        <h2>
          Events
          <small>
            {vm?.name ?? host?.name ?? 'all hosts'}, {plural(rows.length, 'event')}
            {filter !== '' && ` of ${events.length}`}
          </small>
        </h2>
        {hasOlder && (
          <Button size="small" disabled={isLoading} onClick={loadOlder}>
            {isLoading ? 'Reading the Log…' : 'Older Events'}
          </Button>
        )}
        <LevelChips />
        <SearchBox
          className={css['find'] ?? ''}
          size="small"
          placeholder="Filter: 14070, error, -worker"
          aria-label="Filter events"
          value={filter}
          onChange={(_, { value }) => move({ filter: value }, 'replace')}
        />
      </div>
      <Grid
        label="Events"
        rows={rows}
        columns={columns}
        keyOf={({ n }) => `fact:${n}`}
        selected={inspect}
        onSelect={({ n }) => move({ inspect: `fact:${n}` }, 'replace')}
        leastWidth={700}
        empty={
          <p>
            {events.length > 0
              ? 'No event has all of these words. Take one away.'
              : 'Nothing has been logged here yet. Start a virtual machine: its worker writes event 18500.'}
          </p>
        }
      />
      {chosen && <Detail event={chosen} calendarStart={clock?.calendarStart ?? 0} hosts={hosts} />}
    </div>
  );
};

/** A level that is pressed is a word of the filter, so that the address holds it too. */
const LevelChips = () => {
  const { filter } = usePlace();
  const move = useMove();
  return (
    <div className={css['levels']} role="group" aria-label="Levels">
      {LEVELS.map(level => (
        <button
          key={level}
          type="button"
          className={css['chip']}
          aria-pressed={hasWord(filter, level)}
          onClick={() => move({ filter: withWord(filter, level) }, 'replace')}
        >
          <span className={`${css['sign']} ${css[level]}`} aria-hidden="true">
            {SIGNS[level]}
          </span>
          {level}
        </button>
      ))}
    </div>
  );
};

const SIGNS: Readonly<Record<Level, string>> = {
  Critical: '×',
  Error: '!',
  Warning: '!',
  Information: 'i',
};

const eventColumns = (
  calendarStart: number,
  hosts: ReadonlyMap<string, Seen<'host'>>,
): readonly Column<LogEvent>[] => [
  {
    id: 'level',
    title: 'Level',
    width: '118px',
    cell: ({ level }) => (
      <span className={css['level']}>
        <span className={`${css['sign']} ${css[level]}`} aria-hidden="true">
          {SIGNS[level]}
        </span>
        {level}
      </span>
    ),
    order: ({ level }) => level,
  },
  {
    id: 'time',
    title: 'Date and Time',
    width: '196px',
    cell: ({ at }) => consoleMoment(calendarStart, at),
    order: ({ n }) => n,
  },
  {
    id: 'source',
    title: 'Source',
    width: 'minmax(110px, 170px)',
    cell: ({ source }) => <span title={source}>{source}</span>,
    order: ({ source }) => source,
  },
  { id: 'id', title: 'Event ID', width: '82px', cell: ({ id }) => id, order: ({ id }) => id },
  {
    id: 'host',
    title: 'Computer',
    width: '86px',
    cell: ({ host }) => hosts.get(host ?? '')?.name ?? '',
    order: ({ host }) => host ?? '',
  },
  {
    id: 'message',
    title: 'Message',
    width: 'minmax(160px, 1fr)',
    cell: ({ message }) => <span title={message}>{message}</span>,
  },
];

const Detail = ({
  event,
  calendarStart,
  hosts,
}: {
  event: LogEvent;
  calendarStart: number;
  hosts: ReadonlyMap<string, Seen<'host'>>;
}) => (
  <section className={css['detail']} aria-label="Event">
    <h3>
      Event {event.id}, {event.source}
    </h3>
    <p>{event.message}</p>
    <div className={css['pairs']}>
      <span>Log Name: {event.channel}</span>
      <span>Logged: {consoleMoment(calendarStart, event.at)}</span>
      <span>Level: {event.level}</span>
      <span>Computer: {hosts.get(event.host ?? '')?.name ?? ''}</span>
    </div>
  </section>
);
