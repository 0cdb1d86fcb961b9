import { useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove } from '../state/place.tsx';
import css from './machines.module.css';
import { Sketch } from './vmconnect/sketch.tsx';

/** What the screen shows, small. */
export const Thumbnail = ({ vm }: { vm: Seen<'vm'> }) => {
  const move = useMove();
  const guest = useRecords('guest').find(record => record.vm === vm.id);
  return (
    <button
      type="button"
      className={css['thumbnail']}
      aria-label={`Connect to ${vm.name ?? ''}`}
      onClick={() => move({ dialog: 'connect' })}
    >
      <span className={css['small']}>
        <Sketch guest={guest} atPassword={false} name={vm.name ?? ''} />
      </span>
    </button>
  );
};
