import { ErrorObject } from '../engine/error-object.ts';
import { errorText } from '../engine/error-text.ts';
import type { Formatter, Formatting, Screen } from '../engine/host-port.ts';
import type { Steps } from '../engine/steps.ts';
import { DateTime } from '../value/date-time.ts';
import { Hashtable } from '../value/hashtable.ts';
import { itemsOf, textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { isScalar } from './cell.ts';
import { DATES } from './date-text.ts';
import type { Layout } from './layout.ts';
import { listLines } from './list.ts';
import { pairsOf } from './pairs.ts';
import { type Print, type Printing, printingOf } from './printing.ts';
import { FormattedRow } from './row.ts';
import { allFields, listOf, plainLayout, viewOf } from './view.ts';

/** Out-Default: whatever reaches the end of a line becomes text on the screen. */
export const formatter: Formatter = { open: screen => new OpenFormatting(screen) };

/** Who decided how what is being printed looks: a Format cmdlet, a type's view, or the first object. */
type Decided = 'command' | 'view' | 'first';

/**
 * The first object of a line decides how the line's objects are shown. Texts and numbers stand among
 * them as they are; an object that has no place in the view of another type is a list.
 */
class OpenFormatting implements Formatting {
  readonly #screen: Screen;
  readonly #print: Print;
  #printing: Printing | null = null;
  #layout: Layout | null = null;
  #decided: Decided = 'first';

  constructor(screen: Screen) {
    this.#screen = screen;
    this.#print = (text, look) => screen.print(text, look);
  }

  *put(value: Value): Steps<void> {
    const items = value instanceof Hashtable ? pairsOf(value) : itemsOf(value);
    if (items === null) return this.#one(value);
    for (const item of items) this.#one(item);
  }

  *end(): Steps<void> {
    this.#finish();
  }

  #one(value: Value): void {
    if (value === null) return;
    if (value instanceof FormattedRow) return this.#formatted(value);
    if (this.#decided === 'command') this.#finish();
    if (value instanceof ErrorObject)
      return this.#aside(errorText(value.record, this.#screen.width), ERROR_LOOK);
    if (isScalar(value)) return this.#aside(`${textOf(value)}\n`);
    if (this.#printing === null) this.#begin(value);
    else if (this.#decided === 'view' && layoutOf(value) !== this.#layout)
      return this.#aside(this.#listed(value));
    this.#printing?.put(value);
  }

  /** What a Format cmdlet has shaped; rows of one command share a layout. */
  #formatted({ layout, object }: FormattedRow): void {
    if (this.#layout !== layout) {
      this.#finish();
      this.#open(layout, 'command');
    }
    this.#printing?.put(object);
  }

  #begin(first: Value): void {
    const view = layoutOf(first);
    this.#open(view ?? plainLayout(first), view === null ? 'first' : 'view');
  }

  #open(layout: Layout, decided: Decided): void {
    this.#layout = layout;
    this.#decided = decided;
    this.#printing = printingOf(layout, this.#screen.width, this.#print);
  }

  #aside(text: string, look?: typeof ERROR_LOOK): void {
    if (this.#printing === null) this.#print(text, look);
    else this.#printing.aside(text, look);
  }

  #listed(object: Value): string {
    const lines = listLines(listOf(allFields), object, this.#screen.width);
    return ['', ...lines, ''].map(line => `${line}\n`).join('');
  }

  #finish(): void {
    this.#printing?.end();
    this.#printing = null;
    this.#layout = null;
    this.#decided = 'first';
  }
}

const ERROR_LOOK = { foreground: 'Red', background: 'Black' };

const layoutOf = (value: Value): Layout | null =>
  value instanceof DateTime ? DATES : viewOf(value);
