import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { useVmms } from '../actions/actions-pane.tsx';
import { usePerformHost } from '../actions/perform.ts';
import { plural } from '../format/amount.ts';
import { Grid } from '../list/grid.tsx';
import { useArrived, useById, useLabTime, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, useSelection } from '../state/place.tsx';
import { Details } from './details.tsx';
import { type Machine, machineColumns } from './machine-columns.tsx';
import { MachineMenu, type MenuPlace } from './machine-menu.tsx';
import css from './machines.module.css';

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
  return (
    <div className={css['view']}>
      <div>
        {host && <HostNotice host={host} />}
        <h2 className={css['heading']}>
          Virtual Machines
          <small>
            {host === null ? 'on every host' : `on ${host.name}`}
            {machines.length > 0 && `, ${plural(machines.length, 'machine')}`}
          </small>
        </h2>
      </div>
      <Grid
        label="Virtual machines"
        rows={machines}
        columns={columns}
        keyOf={machine => machine.vm.id}
        selected={vm?.id ?? null}
        onSelect={machine => move({ on: machine.vm.id, inspect: null }, 'replace')}
        onOpen={machine => move({ on: machine.vm.id, dialog: 'console' })}
        onMenu={(machine, at) => setMenu({ vm: machine.vm.id, ...at })}
        leastWidth={640}
        empty={<NoMachines host={host} />}
      />
      {vm && <Details vm={vm} />}
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

/** Why nothing can be managed here just now, and the one thing to do about it. */
const HostNotice = ({ host }: { host: Seen<'host'> }) => {
  const vmms = useVmms(host);
  const perform = usePerformHost();
  if (host.state === 'Off') {
    return (
      <MessageBar intent="warning" className={css['bar']}>
        <MessageBarBody>{host.name} has no power: nothing runs on it.</MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={() => void perform('start', host, vmms)}>
            Start Host
          </Button>
        </MessageBarActions>
      </MessageBar>
    );
  }
  if (host.state !== 'Running' || vmms === null || vmms.state !== 'Stopped') return null;
  return (
    <MessageBar intent="warning" className={css['bar']}>
      <MessageBarBody>
        The Virtual Machine Management service is stopped on {host.name}. Virtual machines keep
        running, but nothing can manage them.
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => void perform('start-service', host, vmms)}>
          Start Service
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
};
