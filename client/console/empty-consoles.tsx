import { Button } from '@fluentui/react-components';
import { useRecords } from '../state/lab-context.tsx';
import { useSelection } from '../state/place.tsx';
import { useConsoles, useSendLine } from './console-context.tsx';
import css from './console.module.css';

const FIRST_LINE = 'Get-VM';

/** No console yet: what one is for, and the first step. */
export const EmptyConsoles = () => {
  const hosts = useRecords('host');
  const { host: chosen } = useSelection();
  const { open, computers } = useConsoles();
  const sendLine = useSendLine();
  const host = chosen ?? hosts[0];
  if (host === undefined) return null;
  return (
    <div className={css['empty']}>
      <p>
        Open a console on {host.name} and type <code>{FIRST_LINE}</code>. Everyone in the lab sees
        it and may ask for its keyboard.
      </p>
      <div>
        <Button
          size="small"
          appearance="primary"
          onClick={() => void sendLine(FIRST_LINE, host.id)}
        >
          Open on {host.name}, with {FIRST_LINE}
        </Button>
        {computers
          .filter(({ id }) => id !== host.id)
          .slice(0, 5)
          .map(({ id, name }) => (
            <Button key={id} size="small" onClick={() => void open(id)}>
              Open on {name}
            </Button>
          ))}
      </div>
    </div>
  );
};
