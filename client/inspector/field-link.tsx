import { useNameOf } from '../state/lab-context.tsx';
import { useMove } from '../state/place.tsx';
import type { FieldText } from './field-value.ts';
import css from './inspector.module.css';

/** A value; where it names a record, the way to it. */
export const FieldLink = ({ field: { text, link } }: { field: FieldText }) => {
  const move = useMove();
  const nameOf = useNameOf();
  if (link === null) return text;
  return (
    <button type="button" className={css['link']} onClick={() => move({ inspect: link })}>
      {nameOf(link) ?? text}
    </button>
  );
};
