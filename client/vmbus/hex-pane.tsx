import { useMemo } from 'react';
import type { DecodedField } from './decode.ts';
import { hexLines } from './hex-lines.ts';
import css from './vmbus.module.css';

const PER_LINE = 16;

interface HexPaneProps {
  readonly bytes: string;
  readonly fields: readonly DecodedField[];
  readonly lit: DecodedField | null;
  readonly onLight: (field: DecodedField | null) => void;
}

/** The bytes as they lay in memory. Pointing at one lights its field. */
export const HexPane = ({ bytes, fields, lit, onLight }: HexPaneProps) => {
  const lines = useMemo(() => hexLines(bytes, PER_LINE), [bytes]);
  const fieldAt = (at: number): DecodedField | null =>
    fields.find(({ offset, size }) => at >= offset && at < offset + size) ?? null;
  const isLit = (at: number): boolean =>
    lit !== null && at >= lit.offset && at < lit.offset + lit.size;
  return (
    <div className={css['pane']} role="region" aria-label="Bytes" tabIndex={0}>
      <pre className={css['hex']}>
        {lines.map(({ offset, hex, text }, line) => (
          <div key={offset}>
            <i>{offset} </i>
            {hex.split(' ').map((pair, index) => {
              const at = line * PER_LINE + index;
              return (
                <b
                  key={at}
                  className={isLit(at) ? css['lit'] : ''}
                  onMouseEnter={() => onLight(fieldAt(at))}
                >
                  {' '}
                  {pair}
                </b>
              );
            })}
            <i>
              {' '.repeat((PER_LINE - text.length) * 3 + 2)}
              {text}
            </i>
          </div>
        ))}
      </pre>
    </div>
  );
};
