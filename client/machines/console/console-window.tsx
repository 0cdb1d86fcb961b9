import { Button, Dialog, DialogSurface, Tooltip } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useVmms } from '../../actions/actions-pane.tsx';
import { usePerformVm } from '../../actions/perform.ts';
import { offeredFor, type VmActionId } from '../../actions/vm-actions.ts';
import { useRecords } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import { useMove, useSelection } from '../../state/place.tsx';
import { useActivity } from '../../state/presence.tsx';
import { InsideMenu } from './inside-menu.tsx';
import css from './console.module.css';
import { GuestScreen } from './guest-screen.tsx';

/** Virtual Machine Connection: the console of one virtual machine, drawn as text and not as an OS. */
export const ConsoleWindow = () => {
  const { vm, host } = useSelection();
  return vm && host && <Connected vm={vm} host={host} />;
};

const Connected = ({ vm, host }: { vm: Seen<'vm'>; host: Seen<'host'> }) => {
  const move = useMove();
  const guest = useRecords('guest').find(record => record.vm === vm.id);
  useActivity(`connected to ${vm.name ?? 'a virtual machine'}`);
  const close = (): void => move({ dialog: null }, 'replace');
  const title = `${vm.name ?? ''} on ${host.name ?? ''} - Virtual Machine Connection`;
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && close()}>
      <DialogSurface className={css['window'] ?? ''} aria-label={title}>
        <div className={css['title']}>
          <span>{title}</span>
          <Button
            appearance="subtle"
            size="small"
            icon={<DismissRegular />}
            aria-label="Close"
            onClick={close}
          />
        </div>
        <Tools vm={vm} host={host} />
        <GuestScreen vm={vm} guest={guest} />
        <div className={css['status']}>
          <span>Status: {vm.state}</span>
          {guest && <span>Guest: {guest.phase}</span>}
        </div>
      </DialogSurface>
    </Dialog>
  );
};

const TOOLS: ReadonlySet<VmActionId> = new Set([
  'start',
  'turnOff',
  'shutDown',
  'save',
  'pause',
  'resume',
  'reset',
]);

const Tools = ({ vm, host }: { vm: Seen<'vm'>; host: Seen<'host'> }) => {
  const vmms = useVmms(host);
  const perform = usePerformVm();
  return (
    <div className={css['tools']} role="toolbar" aria-label="Action">
      {offeredFor(vm, { host, vmms })
        .filter(({ row }) => TOOLS.has(row.id))
        .map(({ row, reason }) => (
          <Tooltip
            key={row.id}
            content={reason ?? row.label}
            relationship={reason === null ? 'label' : 'description'}
          >
            <Button
              appearance="subtle"
              size="small"
              disabledFocusable={reason !== null}
              onClick={() => void perform(row, vm)}
            >
              {row.label}
            </Button>
          </Tooltip>
        ))}
      <InsideMenu vm={vm} />
    </div>
  );
};
