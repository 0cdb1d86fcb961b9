import { useEffect, useRef } from 'react';
import type { DecodedField, DecodedPart } from './decode.ts';
import css from './vmbus.module.css';

/** What the two panes share. */
export interface Linked {
  /** Under the pointer, or else the one that is held. */
  readonly lit: DecodedField | null;
  readonly held: DecodedField | null;
  readonly onPoint: (field: DecodedField | null) => void;
  readonly onHold: (field: DecodedField | null) => void;
}

interface FieldPaneProps extends Linked {
  readonly parts: readonly DecodedPart[];
  readonly isComing: boolean;
}

/** What the message says, field by field. Pointing at one lights its bytes, a click keeps them lit. */
export const FieldPane = ({ parts, isComing, lit, held, onPoint, onHold }: FieldPaneProps) => {
  const pane = useRef<HTMLDivElement>(null);
  // A byte that was clicked shows its field, which may be further down.
  useEffect(() => {
    if (held === null) return;
    pane.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' });
  }, [held]);
  return (
    <div
      ref={pane}
      className={css['pane']}
      role="region"
      aria-label="Fields"
      tabIndex={0}
      onMouseLeave={() => onPoint(null)}
    >
      {parts.length === 0 && (
        <p className={css['hint']}>
          {isComing ? 'The message is on its way.' : 'Choose a message above.'}
        </p>
      )}
      {parts.map(({ title, fields }) => (
        <details key={title} open>
          <summary className={css['partTitle']}>{title}</summary>
          <ul className={css['part']}>
            {fields.map(field => (
              <li key={`${field.offset} ${field.name}`}>
                <button
                  type="button"
                  className={`${css['field']} ${field === lit ? css['lit'] : ''}`}
                  aria-pressed={field === held}
                  onMouseEnter={() => onPoint(field)}
                  onFocus={() => onPoint(field)}
                  onBlur={() => onPoint(null)}
                  onClick={() => onHold(field)}
                >
                  <span>{field.name}</span>
                  <span title={`${field.text} ${field.note}`}>
                    {field.text} <small>{field.note}</small>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
};
