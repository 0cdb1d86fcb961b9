import { memoryText, roughSizeText } from '../format/amount.ts';
import { consoleMoment } from '../format/lab-time.ts';
import { useRecord, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import css from './machines.module.css';

/** What the chosen server is, while none of its virtual machines is chosen. */
export const HostDetails = ({ host }: { host: Seen<'host'> }) => {
  const start = useRecord<'clock'>('clock:lab')?.calendarStart ?? 0;
  const switches = useRecords('virtual-switch').filter(({ host: of }) => of === host.id);
  const running = useRecords('vm').filter(
    vm => vm.host === host.id && (vm.partition ?? null) !== null,
  );
  return (
    <section className={css['details']} aria-label={`Details of ${host.name ?? ''}`}>
      <h2 className={css['heading']}>
        {host.name} <small>Choose a virtual machine above for its details.</small>
      </h2>
      <div className={`${css['body']} ${css['host']}`}>
        <dl className={css['pairs']}>
          <dt>Operating System</dt>
          <dd>{host.osName}</dd>
          <dt>Version</dt>
          <dd>{host.osVersion}</dd>
          <dt>Hypervisor</dt>
          <dd>{host.hypervisorRunning === true ? 'Running' : 'Not running'}</dd>
          <dt>Running since</dt>
          <dd>{typeof host.bootedAt === 'number' ? consoleMoment(start, host.bootedAt) : ''}</dd>
        </dl>
        <dl className={css['pairs']}>
          <dt>Logical Processors</dt>
          <dd>
            {host.logicalProcessors} in {host.numaNodes} NUMA{' '}
            {host.numaNodes === 1 ? 'node' : 'nodes'}
          </dd>
          <dt>Memory</dt>
          <dd>{roughSizeText(host.memory ?? 0)}</dd>
          <dt>Assigned</dt>
          <dd>
            {memoryText(host.memoryAssigned ?? 0)} to {running.length} with a partition
          </dd>
          <dt>Virtual Switches</dt>
          <dd>
            {switches.map(({ name, type }) => `${name ?? ''} (${type ?? ''})`).join(', ') || 'None'}
          </dd>
          <dt>Address</dt>
          <dd>{host.address}</dd>
        </dl>
      </div>
    </section>
  );
};
