import type { DecodedField, DecodedPart } from './decode.ts';
import css from './vmbus.module.css';

interface FieldPaneProps {
  readonly parts: readonly DecodedPart[];
  readonly lit: DecodedField | null;
  readonly onLight: (field: DecodedField | null) => void;
}

/** What the message says, field by field. Pointing at one lights its bytes. */
export const FieldPane = ({ parts, lit, onLight }: FieldPaneProps) => (
  <div className={css['pane']} role="region" aria-label="Fields" tabIndex={0}>
    {parts.length === 0 && <p className={css['hint']}>Choose a message above.</p>}
    {parts.map(({ title, fields }) => (
      <section key={title}>
        <h3 className={css['partTitle']}>{title}</h3>
        <ul className={css['part']}>
          {fields.map(field => (
            <li key={`${field.offset} ${field.name}`}>
              <button
                type="button"
                className={`${css['field']} ${field === lit ? css['lit'] : ''}`}
                aria-pressed={field === lit}
                onMouseEnter={() => onLight(field)}
                onFocus={() => onLight(field)}
                onClick={() => onLight(field)}
              >
                <span>{field.name}</span>
                <span title={`${field.text} ${field.note}`}>
                  {field.text} <small>{field.note}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    ))}
  </div>
);
