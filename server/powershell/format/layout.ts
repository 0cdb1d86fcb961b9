import type { Value } from '../value/value.ts';
import type { Align } from './width.ts';

/** One column of a table, or one line of a list. */
export interface Field {
  readonly label: string;
  /** Null: as wide as fits, or as its content when the table is sized to that. */
  readonly width?: number;
  /** Absent: numbers to the right. */
  readonly align?: Align;
  readonly of: (object: Value) => Value;
}

export interface TableLayout {
  readonly kind: 'table';
  readonly fields: readonly Field[];
  /** Columns are as wide as what is in them: nothing is printed before the last row is there. */
  readonly auto: boolean;
  readonly headers: boolean;
  readonly wrap: boolean;
  readonly group: Field | null;
}

export interface ListLayout {
  readonly kind: 'list';
  /** Every object has lines of its own. */
  readonly fieldsOf: (object: Value) => readonly Field[];
  readonly group: Field | null;
}

export interface WideLayout {
  readonly kind: 'wide';
  readonly field: Field;
  /** Null: as many as fit when sized to content, else two. */
  readonly columns: number | null;
  readonly auto: boolean;
  readonly group: Field | null;
}

/** A line of text for each object. */
export interface TextLayout {
  readonly kind: 'text';
  readonly of: (object: Value) => string;
}

export type Layout = TableLayout | ListLayout | WideLayout | TextLayout;
