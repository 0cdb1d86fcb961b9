import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { plural } from '../format/amount.ts';
import { useById, useMe, usePeople } from '../state/lab-context.tsx';
import type { Person } from '../link/port.ts';
import { TAB_TITLES } from '../route/tab-titles.ts';
import { Face, Faces } from './face.tsx';
import css from './people.module.css';

/** Who is here, and on opening: what each of them looks at. */
export const PeopleMenu = () => {
  const people = usePeople();
  const here = people.filter(person => person.online);
  return (
    <Popover withArrow trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          size="small"
          aria-label={`${plural(here.length, 'person', 'people')} here`}
        >
          <Faces people={here} most={4} />
        </Button>
      </PopoverTrigger>
      <PopoverSurface>
        <ul className={css['list']}>
          {people.map(person => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
      </PopoverSurface>
    </Popover>
  );
};

const PersonRow = ({ person }: { person: Person }) => {
  const me = useMe();
  const vms = useById('vm');
  const hosts = useById('host');
  const on = person.selection ?? '';
  const object = vms.get(on)?.name ?? hosts.get(on)?.name ?? 'the lab';
  const view = TAB_TITLES.get(person.view ?? '') ?? 'the lab';
  const doing = person.online
    ? (person.typing ?? (person.view === null ? 'here' : `${view} of ${object}`))
    : 'away';
  const mine = person.id === me?.id ? ' (you)' : '';
  return (
    <li className={css['person']}>
      <Face person={person} />
      <span className={css['name']}>
        {person.name}
        {mine}
      </span>
      <span className={css['doing']}>
        {person.role}, {doing}
      </span>
    </li>
  );
};
