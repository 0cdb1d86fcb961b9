import { Button } from '@fluentui/react-components';
import type { GuestPhase } from '../../../server/protocol/record/vm.ts';
import { useSubmit } from '../../state/command.ts';
import type { Seen } from '../../state/lab-store.ts';
import css from './console.module.css';

/** Phases in which the screen belongs to a graphical system, and those of its stop screen. */
const WINDOWS: ReadonlySet<GuestPhase> = new Set<GuestPhase>([
  'Setup',
  'Kernel',
  'Drivers',
  'Services',
  'Ready',
  'ShuttingDown',
]);

const WAITING: Readonly<Record<string, string>> = {
  Off: 'is turned off',
  Saved: 'is saved',
};

export const GuestScreen = ({
  vm,
  guest,
}: {
  vm: Seen<'vm'>;
  guest: Seen<'guest'> | undefined;
}) => {
  const submit = useSubmit();
  const waiting = WAITING[vm.state ?? ''];
  if (waiting !== undefined) {
    return (
      <div className={css['screen']}>
        <div className={css['off']}>
          <p>
            The virtual machine '{vm.name}' {waiting}.
          </p>
          <p>To start the virtual machine, select 'Start' from the Action menu</p>
          <Button appearance="primary" onClick={() => void submit('vm.start', { vm: vm.id })}>
            Start
          </Button>
        </div>
      </div>
    );
  }
  const phase = guest?.phase;
  const graphical = phase !== undefined && WINDOWS.has(phase) && guest?.enlightened === true;
  const look = phase === 'Crashed' ? css['stopped'] : graphical ? css['windows'] : '';
  return (
    <div className={`${css['screen']} ${look}`}>
      <pre className={css['text']} role="img" aria-label={`Screen: ${guest?.screen ?? 'black'}`}>
        {guest?.screen ?? ''}
      </pre>
    </div>
  );
};
