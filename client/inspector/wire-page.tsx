import { useMemo } from 'react';
import { isId, type VmId } from '../../server/protocol/id.ts';
import { countText, hex, plural } from '../format/amount.ts';
import { useFacts, useGauges, useGaugesOf, useRecord, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove } from '../state/place.tsx';
import { isChannelFact } from './channel-fact.ts';
import css from './inspector.module.css';
import { LAST, LastFacts } from './last-facts.tsx';
import { InspectorPage, Part } from './page.tsx';
import { OF_WIRE } from './rules-of.ts';
import { RulesPart } from './rules-part.tsx';

interface WireKind {
  readonly title: string;
  readonly about: string;
  readonly is: (device: string) => boolean;
}

const SOLID =
  'A solid wire is shared memory: the guest’s driver puts packets into a ring, signals only when the ring was empty, and the provider in the parent takes them out. The hypervisor carries the signal and nothing else.';

const WIRES: Readonly<Record<string, WireKind>> = {
  storvsc: {
    title: 'Synthetic storage',
    about: SOLID,
    is: device => device === 'storvsp' || device === 'ide-accelerator',
  },
  netvsc: { title: 'Synthetic network', about: SOLID, is: device => device === 'netvsp' },
  ic: { title: 'Integration services', about: SOLID, is: device => device.startsWith('ic-') },
  bus: { title: 'VMBus', about: SOLID, is: () => true },
  emulated: {
    title: 'Emulated devices',
    about:
      'A dashed wire is an intercept for each access to a port: the processor leaves the guest, the hypervisor stops the virtual processor and tells VID through SINT0, the worker process imitates the device and lets the guest go on. A synthetic device needs none of that for its data.',
    is: () => false,
  },
};

/** A wire of the drawing: `wire:storvsc:vm:…`, given without its first word. */
export const WirePage = ({ wire }: { wire: string }) => {
  const [kind = '', ...rest] = wire.split(':');
  const id = rest.join(':');
  const known = Object.hasOwn(WIRES, kind) ? WIRES[kind] : undefined;
  const vm = useRecord<'vm'>(isId('vm', id) ? id : null);
  if (known === undefined || vm === undefined) {
    return (
      <InspectorPage kind="WIRE" title={wire}>
        <p className={css['hint']}>There is no such wire now.</p>
      </InspectorPage>
    );
  }
  return (
    <InspectorPage kind="WIRE" title={`${known.title} of ${vm.name ?? ''}`}>
      <Part>
        <p className={css['about']}>{known.about}</p>
      </Part>
      {kind === 'emulated' ? <Intercepts vm={vm} /> : <Channels vm={vm.id} kind={known} />}
      <RulesPart ids={OF_WIRE[kind] ?? []} />
    </InspectorPage>
  );
};

const Channels = ({ vm, kind }: { vm: VmId; kind: WireKind }) => {
  const all = useRecords('vmbus-channel');
  const facts = useFacts(vm);
  const channels = useMemo(
    () => all.filter(channel => channel.vm === vm && kind.is(channel.device ?? '')),
    [all, vm, kind],
  );
  const last = useMemo(
    () =>
      facts
        .filter(fact => channels.some(({ relId }) => isChannelFact(fact, relId)))
        .slice(-LAST)
        .toReversed(),
    [facts, channels],
  );
  return (
    <>
      <Part title={plural(channels.length, 'channel')}>
        {channels.map(channel => (
          <ChannelLine key={channel.id} channel={channel} />
        ))}
      </Part>
      <LastFacts facts={last} title="Its last facts" />
    </>
  );
};

const ChannelLine = ({ channel }: { channel: Seen<'vmbus-channel'> }) => {
  const gauges = useGauges(channel.id);
  const move = useMove();
  const { relId, label, state, protocol } = channel;
  const sum = (...columns: readonly string[]): number =>
    columns.reduce((all, column) => all + (gauges?.[column] ?? 0), 0);
  const packets = sum('packetsToHost', 'packetsToGuest');
  const signals = sum('signalsToHost', 'signalsToGuest');
  return (
    <div className={css['line']}>
      <button type="button" className={css['link']} onClick={() => move({ inspect: channel.id })}>
        {relId} {label}
      </button>
      <span>
        {[state, protocol].filter(Boolean).join(', ')}
        {gauges && `, ${plural(packets, 'packet')}, ${plural(signals, 'signal')}`}
      </span>
    </div>
  );
};

const NAMES: Readonly<Record<string, string>> = {
  ioIntercepts: 'Port accesses',
  memoryIntercepts: 'Memory accesses',
  cpuidIntercepts: 'CPUID',
  msrIntercepts: 'MSRs',
};

const Intercepts = ({ vm }: { vm: Seen<'vm'> }) => {
  const partition = useGauges(vm.partition ?? '');
  const all = useRecords('intercept');
  const move = useMove();
  const mine = useMemo(() => all.filter(intercept => intercept.vm === vm.id), [all, vm.id]);
  const ids = useMemo(() => mine.map(({ id }) => id), [mine]);
  const counts = useGaugesOf(ids);
  const shown = mine
    .map(intercept => ({ intercept, count: counts.get(intercept.id)?.['count'] ?? 0 }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 12);
  return (
    <>
      <Part title="Intercepts so far">
        <dl className={css['fields']}>
          {Object.entries(NAMES).map(([column, name]) => (
            <div key={column} className={css['field']}>
              <dt>{name}</dt>
              <dd>{partition === undefined ? '–' : countText(partition[column] ?? 0)}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part title={`${plural(mine.length, 'intercept')} installed`}>
        {shown.map(({ intercept, count }) => (
          <div key={intercept.id} className={css['line']}>
            <button
              type="button"
              className={css['link']}
              onClick={() => move({ inspect: intercept.id })}
            >
              {intercept.type === 'IoPort' ? 'Port' : intercept.type}{' '}
              {hex(intercept.parameter ?? 0)} {intercept.device}
            </button>
            <span>{countText(count)}</span>
          </div>
        ))}
      </Part>
    </>
  );
};
