import { Button } from '@fluentui/react-components';
import { useVmms } from '../actions/actions-pane.tsx';
import { usePerformHost } from '../actions/perform.ts';
import { useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import css from './machines.module.css';

/** Hyper-V Manager asks VMMS for everything that it shows; whether there is one to ask. */
export const useIsManaged = (host: Seen<'host'> | null): boolean => {
  const vmms = useVmms(host);
  if (host === null) return true;
  return host.state !== 'Off' && (vmms === null || vmms.state !== 'Stopped');
};

/** In place of the list, as in the real console: it has nothing to list. */
export const NotManaged = ({ host }: { host: Seen<'host'> }) => {
  const vmms = useVmms(host);
  const perform = usePerformHost();
  const isOff = host.state === 'Off';
  const running = useRecords('vm').filter(
    vm => vm.host === host.id && (vm.partition ?? null) !== null,
  ).length;
  return (
    <div className={css['unmanaged']} role="alert">
      <h2>{isOff ? `${host.name ?? ''} has no power` : 'Hyper-V Manager'}</h2>
      {/* The sentence of Server 2012, recalled and not checked against it. */}
      <p>
        An error occurred while attempting to connect to server “{host.name}”. Check that the
        Virtual Machine Management service is running and that you are authorized to connect to the
        server.
      </p>
      <p className={css['quiet']}>{isOff ? OFF : stoppedText(running)}</p>
      <Button
        appearance="primary"
        onClick={() => void perform(isOff ? 'start' : 'start-service', host, vmms)}
      >
        {isOff ? 'Start Host' : 'Start Service'}
      </Button>
    </div>
  );
};

const OFF = 'Nothing runs on a host without power: no hypervisor, no service, no virtual machine.';

const stoppedText = (running: number): string =>
  running === 0
    ? 'The service is stopped. No virtual machine runs here, and none can be started without it.'
    : `The service is stopped, so nothing can be managed. ${running === 1 ? 'One virtual machine keeps' : `${running} virtual machines keep`} running all the same: a worker process of its own runs each of them. X-ray shows them.`;
