import { Button } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { plural } from '../format/amount.ts';
import { Grid } from '../list/grid.tsx';
import { useArrived, useById, useLabTime, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, useSelection } from '../state/place.tsx';
import { Busy } from './busy.tsx';
import { Details } from './details.tsx';
import { HostDetails } from './host-details.tsx';
import { type Machine, machineColumns } from './machine-columns.tsx';
import { MachineMenu, type MenuPlace } from './machine-menu.tsx';
import css from './machines.module.css';
import { SnapshotsPane } from './snapshots/snapshots-pane.tsx';
import { NotManaged, useIsManaged } from './not-managed.tsx';

/** Hyper-V Manager's middle: the virtual machines of the chosen server above, the chosen one's details below. */
export const MachinesView = () => {
  const { host, vm } = useSelection();
  const machines = useMachines(host);
  const now = useLabTime(1_000);
  const second = Math.floor(now / 10_000_000);
  const ofSeveral = host === null;
  const columns = useMemo(
    () => machineColumns(second * 10_000_000, ofSeveral),
    [second, ofSeveral],
  );
  const move = useMove();
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const managed = useIsManaged(host);
  if (host && !managed) return <NotManaged host={host} />;
  return (
    <div className={css['view']}>
      <div>
        <h2 className={css['heading']}>
          Virtual Machines
          <small>
            {host === null ? 'on every host' : `on ${host.name}`}
            {machines.length > 0 && `, ${plural(machines.length, 'machine')}`}
          </small>
          <Busy host={host} />
        </h2>
      </div>
      <Grid
        label="Virtual machines"
        rows={machines}
        columns={columns}
        keyOf={machine => machine.vm.id}
        selected={vm?.id ?? null}
        onSelect={machine => move({ on: machine.vm.id, inspect: null }, 'replace')}
        onOpen={machine => move({ on: machine.vm.id, dialog: 'connect' })}
        onMenu={(machine, at) => setMenu({ vm: machine.vm.id, ...at })}
        leastWidth={640}
        empty={<NoMachines host={host} />}
      />
      {vm && <SnapshotsPane key={vm.id} vm={vm} />}
      {vm ? <Details vm={vm} /> : host && <HostDetails host={host} />}
      {menu && <MachineMenu at={menu} onClose={() => setMenu(null)} />}
    </div>
  );
};

const useMachines = (host: Seen<'host'> | null): readonly Machine[] => {
  const vms = useRecords('vm');
  const hosts = useById('host');
  const jobs = useById('job');
  const on = host?.id ?? null;
  return useMemo(
    () =>
      vms
        .filter(vm => on === null || vm.host === on)
        .map(vm => ({
          vm,
          host: hosts.get(vm.host ?? ''),
          job: vm.job ? jobs.get(vm.job) : undefined,
        }))
        .toSorted((a, b) =>
          (a.vm.name ?? '').localeCompare(b.vm.name ?? '', 'en', { numeric: true }),
        ),
    [vms, hosts, jobs, on],
  );
};

const NoMachines = ({ host }: { host: Seen<'host'> | null }) => {
  const arrived = useArrived('lab');
  const hosts = useRecords('host');
  const move = useMove();
  if (!arrived) return null;
  const on = host ?? hosts[0];
  return (
    <>
      <p>
        No virtual machine {host === null ? 'in this lab' : `on ${host.name}`} yet. The wizard makes
        one, and everyone here sees it the moment it is made.
      </p>
      {on && (
        <Button appearance="primary" onClick={() => move({ on: on.id, dialog: 'new-vm' })}>
          New Virtual Machine…
        </Button>
      )}
    </>
  );
};
