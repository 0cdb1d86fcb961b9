import { assert } from '../../base/assert.ts';
import type { Value } from '../value/value.ts';
import { cellText, isRight } from './cell.ts';
import type { TableLayout } from './layout.ts';
import { type Align, fitted, placed } from './width.ts';

/** Rows by whose content a table is sized at most; those after them are cut to it. */
export const SIZED_BY = 5_000;

interface Column {
  readonly width: number;
  readonly align: Align;
}

interface Begun {
  readonly head: readonly string[];
  readonly body: readonly (readonly string[])[];
}

/** A table on a screen of so many characters: its head once, then rows. */
export class Table {
  readonly #layout: TableLayout;
  readonly #line: number;
  #columns: readonly Column[] | null = null;

  constructor(layout: TableLayout, line: number) {
    this.#layout = layout;
    this.#line = line;
  }

  /** Fixes the widths, by these first rows, and gives the head and the lines of each of them. */
  begin(rows: readonly Value[]): Begun {
    const { fields, auto, headers } = this.#layout;
    const texts = rows.map(row => this.#texts(row));
    const widths = fields.map(({ label, width }, index) => {
      if (width !== undefined) return width;
      if (!auto) return null;
      return texts.reduce((most, row) => Math.max(most, row[index]?.length ?? 0), label.length);
    });
    const fit = fitted(widths, this.#line - 1);
    const [first = null] = rows;
    this.#columns = fields.map(({ align, of }, index) => ({
      width: fit[index] ?? 0,
      align: align ?? (isRight(of(first)) ? 'right' : 'left'),
    }));
    const body = texts.map(row => this.#lines(row));
    if (!headers) return { head: [], body };
    const labels = fields.map(({ label }) => label);
    const rules = labels.map((label, index) => '-'.repeat(Math.min(label.length, fit[index] ?? 0)));
    return { head: [this.#place(labels), this.#place(rules)], body };
  }

  row(value: Value): readonly string[] {
    return this.#lines(this.#texts(value));
  }

  #lines(texts: readonly string[]): readonly string[] {
    return this.#layout.wrap ? this.#wrapped(texts) : [this.#place(texts)];
  }

  #texts(row: Value): string[] {
    return this.#layout.fields.map(({ of }) => oneLine(cellText(of(row))));
  }

  #place(texts: readonly string[]): string {
    assert(this.#columns !== null, 'a table has begun before its rows');
    return this.#columns
      .flatMap(({ width, align }, index) =>
        width === 0 ? [] : [placed(texts[index] ?? '', width, align)],
      )
      .join(' ')
      .trimEnd();
  }

  #wrapped(texts: readonly string[]): readonly string[] {
    assert(this.#columns !== null, 'a table has begun before its rows');
    const columns = this.#columns;
    const parts = columns.map(({ width }, index) => piecesOf(texts[index] ?? '', width));
    const height = Math.max(1, ...parts.map(part => part.length));
    return Array.from({ length: height }, (_, line) =>
      this.#place(parts.map(part => part[line] ?? '')),
    );
  }
}

const oneLine = (text: string): string => text.replaceAll(/\r?\n/g, ' ');

/** At most 200 lines of a cell: a wrapped novel is nobody's table. */
const piecesOf = (text: string, width: number): string[] => {
  if (width === 0) return [];
  const pieces: string[] = [];
  for (let at = 0; at < text.length && pieces.length < 200; at += width)
    pieces.push(text.slice(at, at + width));
  return pieces;
};
