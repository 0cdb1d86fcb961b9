import { type KeyboardEvent, useMemo } from 'react';
import { memoryText } from '../format/amount.ts';
import { consoleMoment } from '../format/lab-time.ts';
import { DETAILS, type Detail } from '../route/address.ts';
import { useRecord, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace } from '../state/place.tsx';
import { Compare } from './compare.tsx';
import { heartbeatMeaning, heartbeatText } from './heartbeat.ts';
import css from './machines.module.css';
import { Thumbnail } from './thumbnail.tsx';

const TITLES: Readonly<Record<Detail, string>> = {
  summary: 'Summary',
  memory: 'Memory',
  networking: 'Networking',
  compare: 'Compare',
};

/** Details of the chosen virtual machine, in the tabs of Hyper-V Manager, and one of ours: Compare. */
export const Details = ({ vm }: { vm: Seen<'vm'> }) => {
  const { detail } = usePlace();
  const move = useMove();
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = DETAILS[(DETAILS.indexOf(detail) + step + DETAILS.length) % DETAILS.length];
    if (step === 0 || next === undefined) return;
    move({ detail: next }, 'replace');
    const tabs = event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]');
    tabs[DETAILS.indexOf(next)]?.focus();
  };
  return (
    <section className={css['details']} aria-label={`Details of ${vm.name ?? ''}`}>
      <div className={css['tabs']} role="tablist" aria-label="Details" onKeyDown={keys}>
        {DETAILS.map(id => (
          <button
            key={id}
            type="button"
            role="tab"
            className={css['tab']}
            aria-selected={id === detail}
            tabIndex={id === detail ? 0 : -1}
            onClick={() => move({ detail: id }, 'replace')}
          >
            {TITLES[id]}
          </button>
        ))}
      </div>
      <div className={css['body']} role="tabpanel" aria-label={TITLES[detail]}>
        {detail === 'summary' && <Summary vm={vm} />}
        {detail === 'memory' && <Memory vm={vm} />}
        {detail === 'networking' && <Networking vm={vm} />}
        {detail === 'compare' && <Compare vm={vm} />}
      </div>
    </section>
  );
};

const Summary = ({ vm }: { vm: Seen<'vm'> }) => {
  const clock = useRecord<'clock'>('clock:lab');
  const start = clock?.calendarStart ?? 0;
  return (
    <div className={css['summary']}>
      <Thumbnail vm={vm} />
      <dl className={css['pairs']}>
        <dt>Created</dt>
        <dd>{vm.createdAt === undefined ? '' : consoleMoment(start, vm.createdAt)}</dd>
        <dt>Clustered</dt>
        <dd>No</dd>
        <dt>Guest</dt>
        <dd>{vm.guestOsName ?? ''}</dd>
        <dt>Notes</dt>
        <dd>{vm.notes === '' || vm.notes === undefined ? 'None' : vm.notes}</dd>
      </dl>
      <dl className={css['pairs']}>
        <dt>Heartbeat</dt>
        <dd>
          {heartbeatText(vm.heartbeat ?? null)}
          <small>{heartbeatMeaning(vm.heartbeat ?? null)}</small>
        </dd>
        <dt>Integration Services</dt>
        <dd>{vm.integrationServicesVersion ?? ''}</dd>
        <dt>Processors</dt>
        <dd>{vm.processorCount}</dd>
      </dl>
      <dl className={`${css['pairs']} ${css['wide']}`}>
        <dt>Configuration</dt>
        <dd>{vm.configurationPath}</dd>
      </dl>
    </div>
  );
};

const Memory = ({ vm }: { vm: Seen<'vm'> }) => (
  <div className={css['summary']} style={{ gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' }}>
    <dl className={css['pairs']}>
      <dt>Startup Memory</dt>
      <dd>{memoryText(vm.memoryStartup ?? 0)}</dd>
      <dt>Dynamic Memory</dt>
      <dd>{vm.dynamicMemory ? 'Enabled' : 'Disabled'}</dd>
    </dl>
    <dl className={css['pairs']}>
      <dt>Assigned Memory</dt>
      <dd>{vm.memoryAssigned ? memoryText(vm.memoryAssigned) : 'None, as it has no partition'}</dd>
    </dl>
  </div>
);

const Networking = ({ vm }: { vm: Seen<'vm'> }) => {
  const all = useRecords('network-adapter');
  const switches = useRecords('virtual-switch');
  const adapters = useMemo(() => all.filter(adapter => adapter.vm === vm.id), [all, vm.id]);
  if (adapters.length === 0) return <p className={css['quiet']}>It has no network adapter.</p>;
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          <th>Adapter</th>
          <th>Connection</th>
          <th>MAC Address</th>
          <th>IP Addresses</th>
          <th>Status</th>
        </tr>
      </thead>
      <tbody>
        {adapters.map(adapter => (
          <tr key={adapter.id}>
            <td>
              {adapter.name}
              {adapter.legacy && ' (Legacy)'}
            </td>
            <td>
              {switches.find(({ id }) => id === adapter.virtualSwitch)?.name ?? 'Not connected'}
            </td>
            <td>{adapter.mac}</td>
            <td>{adapter.ipAddress ?? ''}</td>
            <td>{adapter.connected ? 'OK' : 'Not connected'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
