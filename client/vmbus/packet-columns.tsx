import type { Trace } from '../../server/protocol/fact.ts';
import { clockTime } from '../format/lab-time.ts';
import type { Column } from '../list/column.ts';
import type { Seen } from '../state/lab-store.ts';
import { PACKET_TYPES } from './layout.ts';

/** A packet of the sample with the channel it went through, where that is still known. */
export interface TracedPacket {
  readonly entry: Trace;
  readonly channel: Seen<'vmbus-channel'> | undefined;
}

export const packetKey = ({ entry: { channel, packet, turn } }: TracedPacket): string =>
  `${channel} ${packet} ${turn}`;

/** What its descriptor says it is: the first two bytes, the lower one first. */
export const packetType = (bytes: string): string => {
  const low = Number.parseInt(bytes.slice(0, 2), 16);
  const high = Number.parseInt(bytes.slice(2, 4), 16);
  const type = low + 256 * high;
  return PACKET_TYPES[type] ?? (Number.isNaN(type) ? '' : `type ${type}`);
};

export const packetColumns = (calendarStart: number): readonly Column<TracedPacket>[] => [
  {
    id: 'time',
    title: 'Lab time',
    width: '108px',
    cell: ({ entry }) => clockTime(calendarStart, entry.at),
  },
  {
    id: 'channel',
    title: 'Channel',
    width: 'minmax(120px, 1fr)',
    cell: ({ channel }) => (channel ? `${channel.relId ?? ''} ${channel.label ?? ''}` : 'closed'),
  },
  {
    id: 'packet',
    title: 'Packet',
    width: '76px',
    end: true,
    cell: ({ entry }) => entry.packet,
  },
  {
    id: 'rate',
    title: 'Shown',
    width: '84px',
    end: true,
    cell: ({ entry }) => (entry.rate === 1 ? 'each' : `1 of ${entry.rate}`),
  },
  {
    id: 'type',
    title: 'Type',
    width: '104px',
    cell: ({ entry }) => packetType(entry.bytes),
  },
  {
    id: 'bytes',
    title: 'Bytes',
    width: '60px',
    end: true,
    cell: ({ entry }) => entry.bytes.length / 2,
  },
  {
    id: 'summary',
    title: 'Summary',
    width: 'minmax(150px, 2fr)',
    cell: ({ entry }) => <span title={entry.summary}>{entry.summary}</span>,
  },
];
