import type { Seen } from '../state/lab-store.ts';
import type { MessageLog } from './message-log.ts';
import type { Messages } from './use-messages.ts';
import css from './vmbus.module.css';

/** Above the oldest message: that there are older ones, or that there are none. */
export const Above = ({ log, onLoad }: { log: MessageLog; onLoad: () => void }) => {
  if (log.isLoading) {
    return (
      <p className={css['above']} role="status">
        Older messages are on their way
      </p>
    );
  }
  if (!log.hasOlder) return null;
  return (
    <p className={css['above']}>
      {log.problem !== null && <span>{log.problem} </span>}
      <button type="button" onClick={onLoad}>
        Look for older messages
      </button>
    </p>
  );
};

export const NoMessages = ({
  vm,
  messages: { log, view },
  isFiltered,
}: {
  vm: Seen<'vm'>;
  messages: Messages;
  isFiltered: boolean;
}) => {
  if (isFiltered && log.table.count > 0)
    return <p>{view.isComplete ? 'No message is like that. ' : 'Looking… '}</p>;
  return (
    <p>
      {(vm.partition ?? null) === null
        ? `${vm.name ?? ''} has no partition, so it has no bus now. Start it: once its kernel knows of the hypervisor, it makes contact here.`
        : 'Nothing on the bus yet. Firmware and old systems do not know VMBus; an enlightened kernel makes contact while it boots.'}
    </p>
  );
};
