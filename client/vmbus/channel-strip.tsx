import { useMemo } from 'react';
import { wordsOf } from '../format/words.ts';
import { useGaugesOf, useRecords } from '../state/lab-context.tsx';
import type { Counters, Seen } from '../state/lab-store.ts';
import { type Traffic, trafficOf } from './traffic.ts';
import css from './channel-strip.module.css';

interface ChannelStripProps {
  readonly vm: Seen<'vm'>;
  readonly chosen: number | null;
  readonly onChoose: (channel: number | null) => void;
}

/** Every channel of the bus: how full its two rings are, and how many packets one signal announces. */
export const ChannelStrip = ({ vm, chosen, onChoose }: ChannelStripProps) => {
  const all = useRecords('vmbus-channel');
  const channels = useMemo(
    () =>
      all
        .filter(channel => channel.vm === vm.id)
        .toSorted((a, b) => (a.relId ?? 0) - (b.relId ?? 0)),
    [all, vm.id],
  );
  const ids = useMemo(() => channels.map(({ id }) => id), [channels]);
  const gauges = useGaugesOf(ids);
  if (channels.length === 0) return <div />;
  return (
    <div className={css['strip']} role="group" aria-label="Channels">
      <button
        type="button"
        className={css['card']}
        aria-pressed={chosen === null}
        onClick={() => onChoose(null)}
      >
        <strong>Whole bus</strong>
        <small>
          {channels.length} channels, {channels.filter(({ state }) => state === 'Open').length} open
        </small>
      </button>
      {channels.map(channel => (
        <Card
          key={channel.id}
          channel={channel}
          counters={gauges.get(channel.id)}
          isChosen={chosen === channel.relId}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
};

const Card = ({
  channel,
  counters,
  isChosen,
  onChoose,
}: {
  channel: Seen<'vmbus-channel'>;
  counters: Counters | undefined;
  isChosen: boolean;
  onChoose: (channel: number | null) => void;
}) => {
  const { relId, label, state } = channel;
  const traffic = trafficOf(channel, counters);
  return (
    <button
      type="button"
      className={`${css['card']} ${state === 'Open' ? '' : css['closed']}`}
      aria-pressed={isChosen}
      title={titleOf(channel, traffic)}
      onClick={() => onChoose(isChosen ? null : (relId ?? null))}
    >
      <strong>
        <span>{relId}</span> {label}
      </strong>
      {traffic === null ? (
        <small>{state && wordsOf(state).join(' ').toLowerCase()}</small>
      ) : (
        <small className={css['figures']}>
          <Ring fill={traffic.toHost} way="◀" />
          <Ring fill={traffic.toGuest} way="▶" />
          {traffic.perSignal === null ? 'no signal yet' : `${traffic.perSignal} per signal`}
        </small>
      )}
    </button>
  );
};

const Ring = ({ fill, way }: { fill: number; way: string }) => (
  <span className={css['ring']} aria-hidden="true">
    {way}
    <i>
      <b style={{ width: `${Math.max(fill > 0 ? 4 : 0, fill * 100)}%` }} />
    </i>
  </span>
);

const percent = (fill: number): string => `${Math.round(fill * 100)} %`;

const titleOf = (
  { relId, label, state, protocol }: Seen<'vmbus-channel'>,
  traffic: Traffic | null,
): string =>
  [
    `Channel ${relId ?? ''}, ${label ?? ''}: ${state ?? ''}`,
    protocol ? `protocol ${protocol}` : '',
    traffic &&
      `rings ${percent(traffic.toHost)} full to the host, ${percent(traffic.toGuest)} to the guest`,
    traffic && `${traffic.packets} packets, ${traffic.signals} signals`,
  ]
    .filter(Boolean)
    .join('\n');
