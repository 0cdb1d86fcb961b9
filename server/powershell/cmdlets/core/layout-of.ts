import type { Call } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import type { Field } from '../../format/layout.ts';
import { pairsOf } from '../../format/pairs.ts';
import { Hashtable } from '../../value/hashtable.ts';
import { isNumber, plainNumber } from '../../value/number.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import type { Align } from '../../format/width.ts';
import { type Selector, optionOf, selected, selectorOf } from './selector.ts';

/** An object's cells worked out once, by the script blocks too. */
export interface Cells {
  readonly fields: readonly Field[];
  /** In the order of the fields. */
  readonly values: readonly Value[];
}

/** `fallback` is what is shown when nothing is named. */
export function* cellsOf(
  call: Call,
  selectors: readonly Selector[],
  object: Value,
  fallback: readonly Field[],
): Steps<Cells> {
  if (selectors.length === 0)
    return { fields: fallback.map(atIndex), values: fallback.map(({ of }) => of(object)) };
  const fields: Field[] = [];
  const values: Value[] = [];
  for (const selector of selectors)
    for (const [label, value] of yield* selected(selector, object, call)) {
      fields.push(atIndex({ label, ...optionsOf(selector) }, fields.length));
      values.push(value);
    }
  return { fields, values };
}

/** Wildcards become the names that they mean for this object. */
export function* named(
  call: Call,
  selectors: readonly Selector[],
  object: Value,
): Steps<readonly Selector[]> {
  const all: Selector[] = [];
  for (const selector of selectors) {
    if (selector.pattern === null) all.push(selector);
    else
      for (const [name] of yield* selected(selector, object, call))
        all.push({ ...selector, name, pattern: null });
  }
  return all;
}

/** What -GroupBy groups by, and how it is called above a group. */
export const groupingOf = (call: Call): Selector | null => {
  const by = call.bound.value('GroupBy');
  return by === undefined ? null : selectorOf(by, call);
};

/** Objects as rows: a table's pairs are its rows. */
export const rowsOf = (object: Value): readonly Value[] => {
  if (object === null) return [];
  return object instanceof Hashtable ? pairsOf(object) : [object];
};

type Shape = Omit<Field, 'of'>;

/** Reads the cell of its column from a row of cells. */
export const atIndex = ({ label, width, align }: Shape, index: number): Field => ({
  label,
  ...(width === undefined ? {} : { width }),
  ...(align === undefined ? {} : { align }),
  of: row => (Array.isArray(row) ? ((row as readonly Value[])[index] ?? null) : null),
});

const optionsOf = ({ options }: Selector): Partial<Shape> => {
  if (options === null) return {};
  const width = optionOf(options, ['width', 'w']);
  const align = textOf(optionOf(options, ['alignment', 'a']) ?? null).toLowerCase();
  return {
    ...(isNumber(width ?? null) && typeof width === 'number' ? { width: plainNumber(width) } : {}),
    ...(isAlign(align) ? { align } : {}),
  };
};

const isAlign = (text: string): text is Align =>
  text === 'left' || text === 'center' || text === 'right';
