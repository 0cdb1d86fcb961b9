import { useNameOf, usePeople } from '../state/lab-context.tsx';
import { useMove } from '../state/place.tsx';
import type { FieldText } from './field-value.ts';
import css from './inspector.module.css';

/** A value; where it names a record, the way to it; where it names a person, who that is. */
export const FieldLink = ({ field: { text, link } }: { field: FieldText }) => {
  const move = useMove();
  const nameOf = useNameOf();
  const person = usePeople().find(({ id }) => id === text);
  if (link === null) return person?.name ?? text;
  return (
    <button type="button" className={css['link']} onClick={() => move({ inspect: link })}>
      {nameOf(link) ?? text}
    </button>
  );
};
