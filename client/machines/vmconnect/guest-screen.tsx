import { Button } from '@fluentui/react-components';
import { PowerFilled } from '@fluentui/react-icons/svg/power';
import type { Seen } from '../../state/lab-store.ts';
import { Sketch } from './sketch.tsx';
import type { VmConnect } from './use-vmconnect.ts';
import css from './vmconnect.module.css';

interface ScreenProps {
  readonly vm: Seen<'vm'>;
  readonly guest: Seen<'guest'> | undefined;
  readonly connect: VmConnect;
}

/** What the window shows in place of a screen, or the screen that the guest draws. */
export const GuestScreen = ({ vm, guest, connect }: ScreenProps) => {
  const { state, name } = vm;
  if (state === 'Off' || state === 'Saved') return <NotRunning vm={vm} connect={connect} />;
  const frozen = state === 'Paused' || state === 'Pausing' || state === 'Saving';
  const screen = guest?.screen ?? '';
  return (
    <div className={css['room']}>
      <Sketch guest={guest} atPassword={connect.atPassword} name={name ?? ''} />
      {frozen && (
        <div className={css['over']} role="status">
          <p>
            The virtual machine '{name}' is {state === 'Saving' ? 'being saved' : 'paused'}.
          </p>
          {state === 'Paused' && (
            <p>To resume the virtual machine, select 'Resume' from the Action menu.</p>
          )}
        </div>
      )}
      <p className="unseen">{screen === '' ? 'The screen is black.' : `The screen: ${screen}`}</p>
    </div>
  );
};

/** The words of Server 2012; the button is that of later versions, because everybody looks for it. */
const NotRunning = ({ vm, connect }: Pick<ScreenProps, 'vm' | 'connect'>) => {
  const start = connect.commands.find(({ id }) => id === 'start');
  return (
    <div className={`${css['room']} ${css['off']}`}>
      <div>
        <p>
          The virtual machine '{vm.name}' is {vm.state === 'Saved' ? 'saved' : 'turned off'}.
        </p>
        <p>To start the virtual machine, select 'Start' from the Action menu</p>
        {start && (
          <Button
            appearance="primary"
            icon={<PowerFilled />}
            disabledFocusable={start.reason !== null}
            onClick={start.run}
          >
            Start
          </Button>
        )}
        {start?.reason && <p className={css['why']}>{start.reason}</p>}
      </div>
    </div>
  );
};
