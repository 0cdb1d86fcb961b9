import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { complete, type Offer } from './filter/complete.ts';
import type { FilterFault } from './filter/lex.ts';
import { parseFilter } from './filter/parse.ts';
import css from './filter-box.module.css';

interface FilterBoxProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly types: readonly string[];
}

/** Where a display filter is typed: what could come next below, what is wrong under the text. */
export const FilterBox = ({ text, onText, types }: FilterBoxProps) => {
  const [typed, setTyped] = useState(text);
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const tell = useTold({ text, typed, setTyped, onText });
  const completion = caret === null ? null : complete(typed, caret, types);
  const offers = completion?.offers ?? [];
  // Between two words Tab leads on, as everywhere.
  const isBegun = completion !== null && completion.start < (caret ?? 0);
  const change = (value: string, position: number): void => {
    setTyped(value);
    setCaret(position);
    setAt(0);
    tell(value);
  };
  const take = (offer: Offer): void => {
    if (completion === null) return;
    const before = `${typed.slice(0, completion.start)}${offer.text} `;
    // At once: whatever is typed before the next frame belongs behind what was completed.
    flushSync(() => change(before + typed.slice(completion.end).trimStart(), before.length));
    input.current?.focus();
    input.current?.setSelectionRange(before.length, before.length);
  };
  const keys = (event: KeyboardEvent): void => {
    const offer = offers[at];
    if (offer === undefined) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % offers.length);
    else if (event.key === 'ArrowUp') setAt((at + offers.length - 1) % offers.length);
    else if (event.key === 'Escape') setCaret(null);
    else if (event.key === 'Enter' && (isBegun || at > 0)) take(offer);
    else if (event.key === 'Tab' && isBegun && !event.shiftKey) take(offer);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const fault = faultOf(typed);
  const isOpen = offers.length > 0;
  const colour = fault === null ? css[typed === '' ? 'none' : 'right'] : css['wrong'];
  return (
    <div className={css['box']}>
      <div className={`${css['line']} ${colour ?? ''}`}>
        <Marks typed={typed} fault={fault} />
        <input
          ref={input}
          role="combobox"
          aria-label="Display filter"
          aria-expanded={isOpen}
          aria-controls={`${id}-offers`}
          aria-activedescendant={isOpen ? `${id}-${at}` : undefined}
          aria-invalid={fault !== null}
          autoComplete="off"
          spellCheck={false}
          placeholder={EXAMPLE}
          value={typed}
          onChange={({ target }) => change(target.value, target.selectionStart ?? 0)}
          onKeyDown={keys}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onBlur={() => setCaret(null)}
        />
        {typed !== '' && (
          <button type="button" aria-label="Clear the filter" onClick={() => change('', 0)}>
            ×
          </button>
        )}
      </div>
      {fault && <Fault fault={fault} />}
      <Offers id={id} offers={offers} at={at} onTake={take} />
    </div>
  );
};

const faultOf = (typed: string): FilterFault | null => {
  const parsed = parseFilter(typed);
  return parsed.ok ? null : parsed.fault;
};

const EXAMPLE = 'Display filter: type == OfferChannel && channel == 3, or "net"';

/** Behind the text: what of it is wrong, underlined. */
const Marks = ({ typed, fault }: { typed: string; fault: FilterFault | null }) => (
  <div className={css['marks']} aria-hidden="true">
    {fault && (
      <>
        {typed.slice(0, fault.start)}
        <mark>{typed.slice(fault.start, fault.end)}</mark>
      </>
    )}
  </div>
);

const Fault = ({ fault }: { fault: FilterFault }) => (
  <p className={css['fault']} role="status">
    {fault.message}
  </p>
);

const Offers = ({
  id,
  offers,
  at,
  onTake,
}: {
  id: string;
  offers: readonly Offer[];
  at: number;
  onTake: (offer: Offer) => void;
}) => (
  <ul
    id={`${id}-offers`}
    role="listbox"
    aria-label="What could come next"
    className={css['offers']}
    hidden={offers.length === 0}
  >
    {offers.map((offer, index) => (
      <li
        key={offer.text}
        id={`${id}-${index}`}
        role="option"
        aria-selected={index === at}
        onMouseDown={event => {
          event.preventDefault();
          onTake(offer);
        }}
      >
        <code>{offer.text}</code> <small>{offer.about}</small>
      </li>
    ))}
  </ul>
);

const IDLE_MS = 250;

/** The address changes when one stops typing; and the text when the address does. */
const useTold = ({
  text,
  typed,
  setTyped,
  onText,
}: {
  text: string;
  typed: string;
  setTyped: (text: string) => void;
  onText: (text: string) => void;
}): ((value: string) => void) => {
  const timer = useRef(0);
  // What was said and is not in the address yet: it comes back later than one types on.
  const said = useRef<readonly string[]>([]);
  const tell = useEffectEvent((value: string) => {
    if (value === text && said.current.length === 0) return;
    said.current = [...said.current, value];
    onText(value);
  });
  const follow = useEffectEvent(() => {
    const ours = said.current.indexOf(text);
    if (ours >= 0) said.current = said.current.slice(ours + 1);
    else if (text !== typed) setTyped(text);
  });
  useEffect(() => follow(), [text]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null) return undefined;
    timer.current = window.setTimeout(() => tell(wanted), IDLE_MS);
    return () => window.clearTimeout(timer.current);
  }, [wanted]);
  return setWanted;
};
