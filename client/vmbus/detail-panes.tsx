import { useState } from 'react';
import type { DecodedField, DecodedPart } from './decode.ts';
import { FieldPane } from './field-pane.tsx';
import { HexPane } from './hex-pane.tsx';
import css from './vmbus.module.css';

/** What the message says and the bytes that say it, linked both ways: pointing shows, a click holds. */
export const DetailPanes = ({
  parts,
  bytes,
  isComing,
}: {
  parts: readonly DecodedPart[];
  bytes: string;
  isComing: boolean;
}) => {
  const [held, setHeld] = useState<DecodedField | null>(null);
  const [pointed, setPointed] = useState<DecodedField | null>(null);
  const linked = {
    lit: pointed ?? held,
    held,
    onPoint: setPointed,
    onHold: (field: DecodedField | null) => setHeld(before => (before === field ? null : field)),
  };
  return (
    <div className={css['panes']}>
      <FieldPane parts={parts} isComing={isComing} {...linked} />
      <HexPane bytes={bytes} fields={parts.flatMap(({ fields }) => fields)} {...linked} />
    </div>
  );
};
