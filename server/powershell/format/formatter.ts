import { ErrorObject } from '../engine/error-object.ts';
import { errorText } from '../engine/error-text.ts';
import type { Formatter, Formatting, Screen } from '../engine/host-port.ts';
import type { Steps } from '../engine/steps.ts';
import { CustomObject } from '../value/custom-object.ts';
import { DateTime } from '../value/date-time.ts';
import { formatDate } from '../value/date-format.ts';
import { Hashtable } from '../value/hashtable.ts';
import { textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { isScalar } from './cell.ts';
import type { Layout } from './layout.ts';
import { type Printing, printingOf } from './printing.ts';
import { FormattedRow } from './row.ts';
import { fieldOf, plainLayout, shapeOf, tableOf, viewOf } from './view.ts';

/** Out-Default: whatever reaches the end of a line becomes text on the screen. */
export const formatter: Formatter = { open: screen => new OpenFormatting(screen) };

class OpenFormatting implements Formatting {
  readonly #screen: Screen;
  #printing: Printing | null = null;
  /** Of what is being printed: a layout that a command made, or a shape. */
  #key: Layout | string | null = null;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  *put(value: Value): Steps<void> {
    if (value === null) return;
    if (value instanceof ErrorObject) return this.#error(value);
    if (value instanceof FormattedRow) return this.#row(value.layout, value.layout, value.object);
    const view = viewOf(value);
    if (view !== null) return this.#row(view, view, value);
    if (isScalar(value)) return this.#text(value);
    if (value instanceof Hashtable) return this.#table(value);
    this.#row(shapeOf(value), plainLayout(value), value);
  }

  *end(): Steps<void> {
    this.#finish();
  }

  #row(key: Layout | string, layout: Layout, object: Value): void {
    if (this.#key !== key) {
      this.#finish();
      this.#key = key;
      const { width } = this.#screen;
      this.#printing = printingOf(layout, width, text => this.#screen.print(text));
    }
    this.#printing?.put(object);
  }

  /** A table's pairs are its rows. */
  #table(table: Hashtable): void {
    for (const pair of pairsOf(table)) this.#row(PAIRS, PAIRS, pair);
  }

  #text(value: Value): void {
    this.#finish();
    const isDate = value instanceof DateTime;
    const text = isDate ? `\n${formatDate(value, 'F') ?? ''}\n` : textOf(value);
    this.#screen.print(`${text}\n`);
  }

  #error({ record }: ErrorObject): void {
    this.#finish();
    this.#screen.print(errorText(record, this.#screen.width), ERROR_LOOK);
  }

  #finish(): void {
    this.#printing?.end();
    this.#printing = null;
    this.#key = null;
  }
}

const ERROR_LOOK = { foreground: 'Red', background: 'Black' };

/** The pairs of a hashtable, as Out-Default shows them. */
const PAIRS = tableOf([
  { ...fieldOf('Name'), width: 30, align: 'left' },
  { ...fieldOf('Value'), align: 'left' },
]);

const pairsOf = (table: Hashtable): readonly CustomObject[] =>
  [...table.entries()].map(({ key, value }) =>
    CustomObject.of([
      ['Name', key],
      ['Value', value],
    ]),
  );
