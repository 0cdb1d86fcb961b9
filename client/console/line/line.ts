/** What is being typed, and where in it the cursor stands. */
export interface Line {
  readonly text: string;
  readonly cursor: number;
}

export const EMPTY: Line = { text: '', cursor: 0 };

export const lineOf = (text: string): Line => ({ text, cursor: text.length });

export const inserted = ({ text, cursor }: Line, more: string): Line => ({
  text: text.slice(0, cursor) + more + text.slice(cursor),
  cursor: cursor + more.length,
});

export const without = ({ text }: Line, from: number, to: number): Line => ({
  text: text.slice(0, from) + text.slice(to),
  cursor: from,
});

export const isSame = (one: Line, other: Line): boolean =>
  one.text === other.text && one.cursor === other.cursor;
