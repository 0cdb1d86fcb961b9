import { Select } from '@fluentui/react-components';
import { useMemo } from 'react';
import { memoryText } from '../format/amount.ts';
import { useRecords, useWatch } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace } from '../state/place.tsx';
import { heartbeatText } from './heartbeat.ts';
import css from './machines.module.css';

type Line = readonly [what: string, of: (vm: Seen<'vm'>) => string];

/** This machine beside another one: what differs first, then what is the same. */
export const Compare = ({ vm }: { vm: Seen<'vm'> }) => {
  const others = useRecords('vm')
    .filter(({ id }) => id !== vm.id)
    .toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'en', { numeric: true }));
  const { beside } = usePlace();
  const move = useMove();
  const other = others.find(({ id }) => id === beside) ?? others[0];
  // Its adapters and drives are among the columns of its own scope only.
  useWatch(other?.id ?? null);
  const lines = useLines();
  if (other === undefined) {
    return <p className={css['quiet']}>There is no other virtual machine to compare it with.</p>;
  }
  const rows = lines.map(([what, of]) => ({ what, mine: of(vm), theirs: of(other) }));
  const isSame = ({ mine, theirs }: (typeof rows)[number]): boolean => mine === theirs;
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          <th>
            {rows.filter(row => !isSame(row)).length} of {rows.length} differ
          </th>
          <th>{vm.name}</th>
          <th>
            <Select
              size="small"
              aria-label="Compare with"
              value={other.id}
              onChange={(_, { value }) => move({ beside: value }, 'replace')}
            >
              {others.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </th>
        </tr>
      </thead>
      <tbody>
        {[...rows.filter(row => !isSame(row)), ...rows.filter(isSame)].map(row => (
          <tr key={row.what} className={isSame(row) ? css['same'] : ''}>
            <th scope="row">
              <span aria-hidden="true">{isSame(row) ? '=' : '≠'}</span> {row.what}
            </th>
            <td>{row.mine}</td>
            <td>{row.theirs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const useLines = (): readonly Line[] => {
  const hosts = useRecords('host');
  const adapters = useRecords('network-adapter');
  const drives = useRecords('disk-drive');
  const disks = useRecords('virtual-disk');
  const switches = useRecords('virtual-switch');
  return useMemo(() => {
    const nameOf = (
      list: readonly { readonly id: string; readonly name?: string }[],
      id?: string,
    ) => list.find(one => one.id === id)?.name;
    const ofVm = (vm: Seen<'vm'>) => adapters.filter(adapter => adapter.vm === vm.id);
    return [
      ['State', vm => vm.state ?? ''],
      ['Host', vm => nameOf(hosts, vm.host) ?? ''],
      [
        'Guest',
        vm => vm.guestOsName ?? (vm.state === 'Off' ? 'not known while it is off' : 'none'),
      ],
      ['Integration services', vm => vm.integrationServicesVersion ?? 'none'],
      ['Heartbeat', vm => heartbeatText(vm.heartbeat ?? null) || 'none'],
      ['Processors', vm => String(vm.processorCount ?? '')],
      ['Startup memory', vm => memoryText(vm.memoryStartup ?? 0)],
      [
        'Network adapter',
        vm =>
          ofVm(vm)
            .map(({ legacy }) => (legacy === true ? 'legacy, emulated' : 'synthetic'))
            .join(', ') || 'none',
      ],
      [
        'Connected to',
        vm =>
          ofVm(vm)
            .map(({ virtualSwitch }) => nameOf(switches, virtualSwitch ?? undefined) ?? 'nothing')
            .join(', ') || 'nothing',
      ],
      [
        'Hard disk',
        vm =>
          drives
            .filter(drive => drive.vm === vm.id && drive.type === 'HardDisk')
            .map(({ controller, disk }) => {
              const path = disks
                .find(({ id }) => id === disk)
                ?.path?.split('\\')
                .at(-1);
              return [controller, path].filter(Boolean).join(': ');
            })
            .join(', ') || 'none',
      ],
      ['Automatic stop action', vm => vm.automaticStopAction ?? ''],
    ];
  }, [hosts, adapters, drives, disks, switches]);
};
