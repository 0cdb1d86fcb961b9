import { useById, useMe, usePeople } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { Face } from '../people/face.tsx';
import css from './machines.module.css';

/** What others are in the middle of here: "Priya is in New Virtual Machine, page 4 of 7". */
export const Busy = ({ host }: { host: Seen<'host'> | null }) => {
  const me = useMe();
  const vms = useById('vm');
  const others = usePeople().filter(({ id, online, typing, selection }) => {
    if (!online || id === me?.id || typing === null) return false;
    const on = vms.get(selection ?? '')?.host ?? selection;
    return host === null || on === null || on === host.id;
  });
  if (others.length === 0) return null;
  return (
    <ul className={css['busy']} aria-label="What others are in the middle of">
      {others.slice(0, 3).map(person => (
        <li key={person.id}>
          <Face person={person} small />
          {person.name} is {person.typing}
        </li>
      ))}
    </ul>
  );
};
