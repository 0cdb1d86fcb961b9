import type { Piece } from './look.ts';
import { widthOf } from './width.ts';

/** Where the cursor is, counted from the first row that is drawn. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface Rows {
  /** As a terminal takes them, none longer than the terminal is wide. */
  readonly rows: readonly string[];
  readonly cursor: Cell;
}

/** Before every row of an entry but its first. */
export const CONTINUED = '>> ';

/** Fills rows cell by cell as a terminal does, so that it is known where everything stands. */
class Filler {
  readonly rows: string[] = [];
  cursor: Cell = { row: 0, column: 0 };
  #row = '';
  #column: number;
  #look = '';
  readonly #columns: number;

  constructor(columns: number, startColumn: number) {
    this.#columns = columns;
    this.#column = startColumn;
  }

  put(text: string, look: string): void {
    for (const character of text) this.#put(character, look);
  }

  #put(character: string, look: string): void {
    const width = widthOf(character.codePointAt(0) ?? 0);
    if (this.#column + width > this.#columns) this.newRow();
    if (look !== this.#look) {
      this.#row += look === '' ? '\u001b[0m' : `\u001b[0;${look}m`;
      this.#look = look;
    }
    this.#row += character;
    this.#column += width;
  }

  newRow(): void {
    this.rows.push(this.#look === '' ? this.#row : `${this.#row}\u001b[0m`);
    this.#row = '';
    this.#column = 0;
    this.#look = '';
  }

  /** The cursor stands here, in front of a character so wide. */
  mark(width: number): void {
    // Behind a row that is full there is no cell.
    if (width > 0 && this.#column + width > this.#columns) this.newRow();
    this.cursor = { row: this.rows.length, column: Math.min(this.#column, this.#columns - 1) };
  }
}

export interface Written {
  readonly prompt: string;
  readonly pieces: readonly Piece[];
  /** Into the text of all pieces; null shows none. */
  readonly cursor: number | null;
  readonly columns: number;
  /** Where the line before, which did not end, left off. */
  readonly startColumn: number;
}

/** The prompt and what is typed behind it. */
export const rowsOf = ({ prompt, pieces, cursor, columns, startColumn }: Written): Rows => {
  const filler = new Filler(columns, startColumn);
  prompt.split('\n').forEach((row, index) => {
    if (index > 0) filler.newRow();
    filler.put(row, '');
  });
  let at = 0;
  for (const { text, look } of pieces) {
    for (const character of text) {
      const isBreak = character === '\n';
      if (at === cursor) filler.mark(isBreak ? 0 : widthOf(character.codePointAt(0) ?? 0));
      at += character.length;
      if (isBreak) {
        filler.newRow();
        filler.put(CONTINUED, '');
      } else filler.put(character, look);
    }
  }
  if (cursor === null || at <= cursor) filler.mark(1);
  filler.newRow();
  return { rows: filler.rows, cursor: filler.cursor };
};

/** At most so many rows, those around the cursor, and how many are not shown. */
export const windowed = ({ rows, cursor }: Rows, most: number): Rows => {
  if (rows.length <= most) return { rows, cursor };
  // One row says what is above, one what is below.
  const shown = Math.max(1, most - 2);
  const first = Math.min(Math.max(0, cursor.row - shown + 1), rows.length - shown);
  const below = rows.length - first - shown;
  return {
    rows: [
      `\u001b[90m... ${first} rows above\u001b[0m`,
      ...rows.slice(first, first + shown),
      `\u001b[90m... ${below} rows below\u001b[0m`,
    ],
    cursor: { row: cursor.row - first + 1, column: cursor.column },
  };
};
