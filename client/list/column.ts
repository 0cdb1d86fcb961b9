import type { ReactNode } from 'react';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** The title is for those who hear it; what is below needs none to be understood. */
  readonly untitled?: boolean;
  /** As in `grid-template-columns`. */
  readonly width: string;
  readonly end?: boolean;
  readonly cell: (row: T) => ReactNode;
  /** What it is ordered by; without one it cannot be. */
  readonly order?: (row: T) => string | number;
}

export const columnTemplate = <T>(columns: readonly Column<T>[]) => ({
  gridTemplateColumns: columns.map(({ width }) => width).join(' '),
});

export interface Order {
  readonly column: string;
  readonly down: boolean;
}

/** Once up, once down, then as it came. */
export const nextOrder = (order: Order | null, column: string): Order | null => {
  if (order?.column !== column) return { column, down: false };
  return order.down ? null : { column, down: true };
};

/** Texts as a person counts, numbers by size, what is equal as it came. */
export const ordered = <T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  order: Order | null,
): readonly T[] => {
  const by = columns.find(({ id }) => id === order?.column)?.order;
  if (order === null || by === undefined) return rows;
  const sign = order.down ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(by(a), by(b)));
};

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), 'en', { numeric: true });
