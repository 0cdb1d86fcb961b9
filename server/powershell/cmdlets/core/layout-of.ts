import type { Call } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import type { Field } from '../../format/layout.ts';
import { defaultFields } from '../../format/view.ts';
import { isNumber, plainNumber } from '../../value/number.ts';
import { textOf } from '../../value/text.ts';
import type { Value } from '../../value/value.ts';
import type { Align } from '../../format/width.ts';
import { type Selector, optionOf, selected } from './selector.ts';

/** An object's fields worked out once, by the script blocks too: a row holds its cells. */
export interface Cells {
  readonly fields: readonly Field[];
  /** In the order of the fields. */
  readonly values: readonly Value[];
}

export function* cellsOf(call: Call, selectors: readonly Selector[], object: Value): Steps<Cells> {
  if (selectors.length === 0) {
    const fields = defaultFields(object);
    return { fields: fields.map(atIndex), values: fields.map(({ of }) => of(object)) };
  }
  const fields: Field[] = [];
  const values: Value[] = [];
  for (const selector of selectors)
    for (const [label, value] of yield* selected(selector, object, call)) {
      fields.push(atIndex({ label, ...optionsOf(selector) }, fields.length));
      values.push(value);
    }
  return { fields, values };
}

type Shape = Omit<Field, 'of'>;

/** Reads the cell of its column from a row of cells. */
const atIndex = ({ label, width, align }: Shape, index: number): Field => ({
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

/** The labels decide whether two objects share a table. */
export const shapeOf = ({ fields }: Cells): string =>
  fields.map(({ label }) => label).join('\u0000');
