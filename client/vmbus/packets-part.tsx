import { useMemo, useState } from 'react';
import type { Component } from '../../server/protocol/fact.ts';
import { countText, plural } from '../format/amount.ts';
import { useRecord } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace } from '../state/place.tsx';
import { CaptureButton } from './capture-button.tsx';
import { decode } from './decode.ts';
import { DetailPanes } from './detail-panes.tsx';
import { capturePackets } from './download.ts';
import { FilterBox } from './filter-box.tsx';
import { Hold } from './hold.tsx';
import { MessageList } from './message-list.tsx';
import type { TracedPacket } from './packet-log.ts';
import css from './toolbar.module.css';
import { type Packets, usePackets } from './use-packets.ts';
import { useWanted } from './use-wanted.ts';
import { WhatIsListed } from './what-is-listed.tsx';

/**
 * The data packets of the rings as they go by: a sample, and no part of history. What is said in a packet
 * is no fact of the lab, so the inspector knows nothing of it and nothing asks why.
 */
export const PacketsPart = ({ vm, channel }: { vm: Seen<'vm'>; channel: number | null }) => {
  const calendarStart = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const { filter } = usePlace();
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const wanted = useWanted(filter, channel, calendarStart);
  const packets = usePackets(vm.id, { wanted, pausedAt });
  const { log, view, version } = packets;
  const { table } = log;
  const [chosen, setChosen] = useState<number | null>(null);
  const place = version < 0 || chosen === null ? null : table.placeOf(chosen);
  const one = useMemo(() => (place === null ? null : log.at(place)), [log, place]);
  const parts = useMemo(() => (one === null ? [] : partsOf(one)), [one]);
  return (
    <>
      <Bar
        vm={vm}
        packets={packets}
        calendarStart={calendarStart}
        isPaused={pausedAt !== null}
        onPause={paused => setPausedAt(paused ? table.end : null)}
      />
      <MessageList
        label="Data packets"
        view={view}
        version={version}
        calendarStart={calendarStart}
        chosen={place === null ? null : chosen}
        onChoose={at => setChosen(table.n(at))}
        follow={pausedAt === null}
        onTop={nothing}
        above={null}
        empty={<NoPackets vm={vm} isFiltered={table.count > 0} isOneChannel={channel !== null} />}
        sampled={at => sampledText(log.at(at))}
      />
      <DetailPanes
        key={chosen ?? 'none'}
        parts={parts}
        bytes={one === null ? '' : hexOf(one.bytes)}
        isComing={false}
      />
    </>
  );
};

const nothing = (): void => undefined;

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

const sampledText = ({ packet, rate }: TracedPacket): string =>
  `${countText(packet)}, ${rate === 1 ? 'each' : `1 of ${countText(rate)}`}`;

interface BarProps {
  readonly vm: Seen<'vm'>;
  readonly packets: Packets;
  readonly calendarStart: number;
  readonly isPaused: boolean;
  readonly onPause: (paused: boolean) => void;
}

const Bar = ({ vm, packets, calendarStart, isPaused, onPause }: BarProps) => {
  const { filter } = usePlace();
  const move = useMove();
  const { log, view, version, missed } = packets;
  const types = useMemo(() => (version < 0 ? [] : log.table.types()), [log, version]);
  const machine = vm.name ?? 'vm';
  return (
    <div className={css['bar']}>
      <WhatIsListed />
      <FilterBox text={filter} onText={text => move({ filter: text }, 'replace')} types={types} />
      <small className={css['count']} role="status">
        {view.count === log.table.count
          ? plural(view.count, 'packet')
          : `${countText(view.count)} of ${countText(log.table.count)}`}
        {!view.isComplete && ' …'} of a sample
        {missed + log.letGo > 0 && `; ${countText(missed + log.letGo)} more were left out`}
      </small>
      <Hold isPaused={isPaused} withheld={view.withheld} onPause={onPause} />
      <CaptureButton
        what="The listed packets"
        name={`${machine}-packets.pcapng`}
        isEmpty={view.count === 0}
        make={progress => capturePackets({ machine, calendarStart, view, log, progress })}
      />
    </div>
  );
};

const SPEAKS: Readonly<Record<string, Component>> = { storvsp: 'storvsp', netvsp: 'netvsp' };

/** Its fields, by the protocol that is spoken on its channel. */
const partsOf = ({ device, bytes }: TracedPacket): ReturnType<typeof decode> => {
  const from = SPEAKS[device] ?? (device.startsWith('ic-') ? 'ic' : 'vmwp');
  return decode({ kind: 'packet', from, to: null, data: { bytes: hexOf(bytes) } });
};

const NoPackets = ({
  vm,
  isFiltered,
  isOneChannel,
}: {
  vm: Seen<'vm'>;
  isFiltered: boolean;
  isOneChannel: boolean;
}) => (
  <p>
    {isFiltered
      ? 'No packet that went by is like that.'
      : (vm.partition ?? null) === null
        ? `${vm.name ?? ''} has no partition, so nothing goes through its rings. Start it first.`
        : `Listening${isOneChannel ? ' to this channel' : ''}. Packets show here as they go by while the lab runs, some of many; those from before are not kept.`}
  </p>
);
