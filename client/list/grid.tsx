import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import { type Column, nextOrder, type Order, ordered } from './column.ts';
import css from './grid.module.css';
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
  /** What to say and do when there is nothing. */
  readonly empty: ReactNode;
  /** Below this the list scrolls sideways. */
  readonly leastWidth?: number;
  readonly rowHeight?: number;
  /** New rows come at the end, and the end stays in sight unless one scrolled away from it. */
  readonly follow?: boolean;
  readonly rowClass?: (row: T) => string | undefined;
}

const ROW_HEIGHT = 28;

/** A list with columns: as many rows as there may be, drawn as far as they are in sight. */
export const Grid = <T,>(props: GridProps<T>) => {
  const { label, columns, keyOf, selected, onSelect, onOpen, empty } = props;
  const { rowHeight = ROW_HEIGHT, leastWidth = 0, follow = false } = props;
  const [order, setOrder] = useState<Order | null>(null);
  const rows = useMemo(() => ordered(props.rows, columns, order), [props.rows, columns, order]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // Room for the head, which lies over the first row otherwise.
    scrollPaddingStart: 30,
  });
  const { behind, onScroll, toEnd } = useFollow(scroller, rows.length, follow && order === null);
  const at = rows.findIndex(row => keyOf(row) === selected);
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };

  const keys = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, at, rows.length);
    const row = target === null ? undefined : rows[target];
    if (row !== undefined && target !== null) {
      onSelect(row);
      virtual.scrollToIndex(target);
    } else if (event.key === 'Enter' && rows[at] !== undefined) onOpen?.(rows[at]);
    else return;
    event.preventDefault();
  };

  return (
    <div className={css['frame']} style={{ ['--least-width' as string]: `${leastWidth}px` }}>
      <div
        ref={scroller}
        className={css['scroller']}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={at < 0 ? undefined : rowId(label, at)}
        tabIndex={0}
        onKeyDown={keys}
        onScroll={onScroll}
      >
        <div className={css['head']} style={template} role="row" aria-rowindex={1}>
          {columns.map(column => (
            <Title key={column.id} column={column} order={order} onOrder={setOrder} />
          ))}
        </div>
        <div className={css['space']} style={{ height: virtual.getTotalSize() }} role="rowgroup">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index] as T;
            return (
              <div
                key={keyOf(row)}
                id={rowId(label, index)}
                className={`${css['row']} ${props.rowClass?.(row) ?? ''}`}
                style={{ ...template, height: rowHeight, transform: `translateY(${start}px)` }}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={index === at}
                onClick={() => onSelect(row)}
                onDoubleClick={() => onOpen?.(row)}
              >
                {columns.map(({ id, cell, end }) => (
                  <div key={id} role="gridcell" className={cellClass(end)}>
                    {cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
        {rows.length === 0 && <div className={css['empty']}>{empty}</div>}
      </div>
      {behind && (
        <button type="button" className={css['newer']} onClick={toEnd}>
          Newest ↓
        </button>
      )}
    </div>
  );
};

const rowId = (label: string, index: number): string =>
  `${label.replaceAll(/\W+/gu, '-')}-${index}`;

const cellClass = (end = false): string => `${css['cell']} ${end ? css['end'] : ''}`;

const targetOf = (key: string, at: number, count: number): number | null => {
  if (count === 0) return null;
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'PageDown') return Math.min(at + 12, count - 1);
  if (key === 'PageUp') return Math.max(at - 12, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
};

const ARROWS = { ascending: '▲', descending: '▼', none: '' } as const;

const Title = <T,>({
  column,
  order,
  onOrder,
}: {
  column: Column<T>;
  order: Order | null;
  onOrder: (order: Order | null) => void;
}) => {
  const { id, title, end = false } = column;
  const className = `${css['title']} ${end ? css['end'] : ''}`;
  if (column.order === undefined) {
    return (
      <div role="columnheader" className={className}>
        <span>{title}</span>
      </div>
    );
  }
  const mine = order?.column === id ? order : null;
  const sort = mine === null ? 'none' : mine.down ? 'descending' : 'ascending';
  return (
    <div role="columnheader" aria-sort={sort} style={{ display: 'grid' }}>
      <button type="button" className={className} onClick={() => onOrder(nextOrder(order, id))}>
        <span>{title}</span>
        <small aria-hidden="true">{ARROWS[sort]}</small>
      </button>
    </div>
  );
};
