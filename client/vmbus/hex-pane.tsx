import { useEffect, useMemo, useRef } from 'react';
import type { DecodedField } from './decode.ts';
import type { Linked } from './field-pane.tsx';
import { hexLines } from './hex-lines.ts';
import css from './vmbus.module.css';

const PER_LINE = 16;

interface HexPaneProps extends Linked {
  readonly bytes: string;
  readonly fields: readonly DecodedField[];
}

/** The bytes as they lay in memory. Pointing at one lights its field, a click keeps it lit. */
export const HexPane = ({ bytes, fields, lit, held, onPoint, onHold }: HexPaneProps) => {
  const lines = useMemo(() => hexLines(bytes, PER_LINE), [bytes]);
  const pane = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (held === null) return;
    pane.current
      ?.querySelector(`[data-byte="${held.offset}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [held]);
  const fieldAt = (at: number): DecodedField | null =>
    fields.find(({ offset, size }) => at >= offset && at < offset + size) ?? null;
  const classOf = (at: number): string => {
    const isLit = lit !== null && at >= lit.offset && at < lit.offset + lit.size;
    return isLit ? (css['lit'] ?? '') : '';
  };
  return (
    <div
      ref={pane}
      className={css['pane']}
      role="region"
      aria-label="Bytes"
      tabIndex={0}
      onMouseLeave={() => onPoint(null)}
    >
      <pre className={css['hex']}>
        {lines.map(({ offset, hex, text }, line) => (
          <div key={offset}>
            <i>{offset} </i>
            {hex.split(' ').map((pair, index) => {
              const at = line * PER_LINE + index;
              return (
                <b
                  key={at}
                  data-byte={at}
                  className={classOf(at)}
                  onMouseEnter={() => onPoint(fieldAt(at))}
                  onClick={() => onHold(fieldAt(at))}
                >
                  {' '}
                  {pair}
                </b>
              );
            })}
            <i>{' '.repeat((PER_LINE - text.length) * 3 + 2)}</i>
            {Array.from(text, (character, index) => {
              const at = line * PER_LINE + index;
              return (
                <b key={at} className={classOf(at)} onMouseEnter={() => onPoint(fieldAt(at))}>
                  {character}
                </b>
              );
            })}
          </div>
        ))}
      </pre>
    </div>
  );
};
