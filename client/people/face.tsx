import type { Person } from '../link/port.ts';
import { colourOf, initialsOf } from './badge.ts';
import css from './people.module.css';

interface FaceProps {
  readonly person: Pick<Person, 'id' | 'name' | 'online'>;
  readonly small?: boolean;
  /** What this face says where it stands: "is looking at SQL01". */
  readonly doing?: string;
}

/** Whoever is away has no colour. */
const AWAY = '#6b6b6b';

export const Face = ({ person, small = false, doing = '' }: FaceProps) => {
  const classes = [css['face'], small && css['small']];
  const sentence = `${person.name}${doing === '' ? '' : ` ${doing}`}`;
  return (
    <span
      className={classes.filter(Boolean).join(' ')}
      style={{ background: person.online ? colourOf(person.id) : AWAY }}
      role="img"
      aria-label={sentence}
      title={sentence}
    >
      {initialsOf(person.name)}
    </span>
  );
};

/** Faces in a row, and how many more there are. */
export const Faces = ({
  people,
  most,
  ...face
}: {
  people: readonly Person[];
  most: number;
  small?: boolean;
  doing?: string;
}) => (
  <span className={css['row']}>
    {people.slice(0, most).map(person => (
      <Face key={person.id} person={person} {...face} />
    ))}
    {people.length > most && <span className={css['more']}>+{people.length - most}</span>}
  </span>
);
