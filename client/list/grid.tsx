import type { KeyboardEvent, ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { type Column, type Order, ordered } from './column.ts';
import { Head } from './grid-head.tsx';
import css from './grid.module.css';
import { Row } from './grid-row.tsx';
import { useDrawn } from './use-drawn.ts';
import { useFollow } from './use-follow.ts';

export interface GridProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly keyOf: (row: T) => string;
  readonly selected: string | null;
  readonly onSelect: (row: T) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (row: T) => void;
  /** A right click, or the menu key. */
  readonly onMenu?: (row: T, at: { readonly x: number; readonly y: number }) => void;
  /** What to say and do when there is nothing. */
  readonly empty: ReactNode;
  /** Below this the list scrolls sideways. */
  readonly leastWidth?: number;
  readonly rowHeight?: number;
  /** New rows come at the end, and the end stays in sight unless one scrolled away from it. */
  readonly follow?: boolean;
}

const ROW_HEIGHT = 28;

/** A list with columns: as many rows as there may be, drawn as far as they are in sight. */
export const Grid = <T,>(props: GridProps<T>) => {
  const { label, columns, keyOf, selected, onSelect, onOpen, onMenu, empty } = props;
  const { rowHeight = ROW_HEIGHT, leastWidth = 0, follow = false } = props;
  const [order, setOrder] = useState<Order | null>(null);
  const rows = useMemo(() => ordered(props.rows, columns, order), [props.rows, columns, order]);
  const { scroller, behind, onScroll, toEnd } = useFollow(rows.length, follow && order === null);
  const at = rows.findIndex(row => keyOf(row) === selected);
  const { drawn, height, show } = useDrawn(scroller, {
    count: rows.length,
    rowHeight,
    at,
    chosen: selected,
  });
  const keys = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, at, rows.length);
    const row = target === null ? undefined : rows[target];
    if (row !== undefined && target !== null) {
      onSelect(row);
      show(target);
    } else if (event.key === 'Enter' && rows[at] !== undefined) onOpen?.(rows[at]);
    else return;
    event.preventDefault();
  };
  const isDrawn = drawn.some(({ index }) => index === at);
  return (
    <div className={css['frame']} style={{ ['--least-width' as string]: `${leastWidth}px` }}>
      <div
        ref={scroller}
        className={css['scroller']}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={isDrawn ? rowId(label, at) : undefined}
        tabIndex={0}
        onKeyDown={keys}
        onScroll={onScroll}
      >
        <Head columns={columns} order={order} onOrder={setOrder} />
        <div className={css['space']} style={{ height }} role="rowgroup">
          {drawn.map(({ index, start }) => {
            const row = rows[index] as T;
            return (
              <Row
                key={keyOf(row)}
                id={rowId(label, index)}
                row={row}
                place={{ index, start, height: rowHeight }}
                columns={columns}
                selected={index === at}
                onSelect={onSelect}
                onOpen={onOpen}
                onMenu={onMenu}
              />
            );
          })}
        </div>
        {rows.length === 0 && <Empty>{empty}</Empty>}
      </div>
      {behind && (
        <button type="button" className={css['newer']} onClick={toEnd}>
          Newest ↓
        </button>
      )}
    </div>
  );
};

/** What there is to press instead of rows is a cell of the grid, too: nothing else may be in one. */
const Empty = ({ children }: { children: ReactNode }) => (
  <div role="row">
    <div className={css['empty']} role="gridcell">
      {children}
    </div>
  </div>
);

const rowId = (label: string, index: number): string =>
  `${label.replaceAll(/\W+/gu, '-')}-${index}`;

const targetOf = (key: string, at: number, count: number): number | null => {
  if (count === 0) return null;
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'PageDown') return Math.min(at + 12, count - 1);
  if (key === 'PageUp') return Math.max(at - 12, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
};
