import { Button, Dialog, DialogSurface } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import { Faces } from '../../people/face.tsx';
import { useMe, usePeople, useRecords } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import { useMove, useSelection } from '../../state/place.tsx';
import { useActivity } from '../../state/presence.tsx';
import { GuestScreen } from './guest-screen.tsx';
import { phaseText } from './phase-text.ts';
import { useVmConnect } from './use-vmconnect.ts';
import css from './vmconnect.module.css';
import { VmConnectMenus } from './vmconnect-menus.tsx';
import { VmConnectTools } from './vmconnect-tools.tsx';

/** Virtual Machine Connection: the screen of one virtual machine, sketched, and not an operating system. */
export const VmConnectWindow = () => {
  const { vm, host } = useSelection();
  return vm && host && <Connected vm={vm} host={host} />;
};

const Connected = ({ vm, host }: { vm: Seen<'vm'>; host: Seen<'host'> }) => {
  const move = useMove();
  const guest = useRecords('guest').find(record => record.vm === vm.id);
  const [view, setView] = useState({ full: false, toolbar: true });
  const close = (): void => move({ dialog: null }, 'replace');
  const connect = useVmConnect({ vm, host, guest, close });
  const doing = activityOn(vm);
  useActivity(doing);
  const title = `${vm.name ?? ''} on ${host.name ?? ''} - Virtual Machine Connection`;
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && close()}>
      <DialogSurface
        className={`${css['window']} ${view.full ? css['full'] : ''}`}
        aria-label={title}
      >
        <div className={css['title']}>
          <span>{title}</span>
          <AlsoHere doing={doing} />
          <Button
            appearance="subtle"
            size="small"
            icon={<DismissRegular />}
            aria-label="Close"
            onClick={close}
          />
        </div>
        <VmConnectMenus vm={vm} connect={connect} view={view} onView={setView} />
        {view.toolbar && <VmConnectTools connect={connect} />}
        <GuestScreen vm={vm} guest={guest} connect={connect} />
        <div className={css['status']}>
          <span>Status: {vm.state}</span>
          {guest && <span className={css['phase']}>Guest: {phaseText(guest)}</span>}
          <span className={css['sketch']}>A sketch: no real system runs here</span>
        </div>
      </DialogSurface>
    </Dialog>
  );
};

const activityOn = (vm: Seen<'vm'>): string => `connected to ${vm.name ?? 'a virtual machine'}`;

/** Who else has this screen before them: one machine has one screen, whoever looks at it. */
const AlsoHere = ({ doing }: { doing: string }) => {
  const me = useMe();
  const others = usePeople().filter(
    person => person.online && person.id !== me?.id && person.typing === doing,
  );
  return others.length > 0 && <Faces people={others} most={3} small doing="is connected too" />;
};
