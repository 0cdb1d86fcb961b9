import { Button } from '@fluentui/react-components';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { useMemo, useState } from 'react';
import type { Component } from '../../server/protocol/fact.ts';
import { countText, plural } from '../format/amount.ts';
import { Grid } from '../list/grid.tsx';
import { type TraceHeld, useRecord, useRecords, useTrace } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { decode } from './decode.ts';
import { DetailPanes } from './detail-panes.tsx';
import { packetColumns, packetKey, type TracedPacket } from './packet-columns.tsx';
import css from './toolbar.module.css';
import { WhatIsListed } from './what-is-listed.tsx';

/**
 * The data packets of the rings as they go by: a sample, the newest of it, and no part of history. What is
 * said in a packet is no fact of the lab, so the inspector knows nothing of it and nothing asks why.
 */
export const PacketsPart = ({ vm, channel }: { vm: Seen<'vm'>; channel: number | null }) => {
  const calendarStart = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const live = useTrace(vm.id);
  const [held, setHeld] = useState<TraceHeld | null>(null);
  const [chosen, setChosen] = useState<TracedPacket | null>(null);
  const shown = held ?? live;
  const rows = usePackets(shown, channel);
  const columns = useMemo(() => packetColumns(calendarStart), [calendarStart]);
  const parts = useMemo(() => (chosen === null ? [] : partsOf(chosen)), [chosen]);
  return (
    <>
      <div className={css['bar']}>
        <WhatIsListed />
        <small className={css['count']} role="status">
          {plural(rows.length, 'packet')} of a sample, the newest
          {shown.missed > 0 && `; ${countText(shown.missed)} more were left out`}
        </small>
        <Button
          size="small"
          appearance="subtle"
          icon={held === null ? <PauseRegular /> : <PlayRegular />}
          aria-pressed={held !== null}
          onClick={() => setHeld(held === null ? live : null)}
        >
          {held === null ? 'Hold' : 'Go on'}
        </Button>
      </div>
      <Grid
        label="Data packets"
        rows={rows}
        columns={columns}
        keyOf={packetKey}
        selected={chosen === null ? null : packetKey(chosen)}
        onSelect={setChosen}
        rowHeight={22}
        leastWidth={640}
        follow
        empty={<NoPackets vm={vm} isOneChannel={channel !== null} />}
      />
      <DetailPanes
        key={chosen === null ? 'none' : packetKey(chosen)}
        parts={parts}
        bytes={chosen?.entry.bytes ?? ''}
        isComing={false}
      />
    </>
  );
};

const usePackets = ({ entries }: TraceHeld, chosen: number | null): readonly TracedPacket[] => {
  const channels = useRecords('vmbus-channel');
  return useMemo(() => {
    const known = new Map<string, Seen<'vmbus-channel'>>(channels.map(one => [one.id, one]));
    const all = entries.map(entry => ({ entry, channel: known.get(entry.channel) }));
    return chosen === null ? all : all.filter(({ channel }) => channel?.relId === chosen);
  }, [entries, channels, chosen]);
};

const SPEAKS: Readonly<Record<string, Component>> = { storvsp: 'storvsp', netvsp: 'netvsp' };

/** Its fields, by the protocol that is spoken on its channel. */
const partsOf = ({ entry, channel }: TracedPacket): ReturnType<typeof decode> => {
  const device = channel?.device ?? '';
  const from = SPEAKS[device] ?? (device.startsWith('ic-') ? 'ic' : 'vmwp');
  return decode({ kind: 'packet', from, to: null, data: { bytes: entry.bytes } });
};

const NoPackets = ({ vm, isOneChannel }: { vm: Seen<'vm'>; isOneChannel: boolean }) => (
  <p>
    {(vm.partition ?? null) === null
      ? `${vm.name ?? ''} has no partition, so nothing goes through its rings. Start it first.`
      : `Listening${isOneChannel ? ' to this channel' : ''}. Packets show here as they go by while the lab runs, some of many; those from before are not kept.`}
  </p>
);
