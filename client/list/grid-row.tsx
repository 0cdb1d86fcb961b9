import { type Column, columnTemplate } from './column.ts';
import css from './grid.module.css';

interface RowProps<T> {
  readonly id: string;
  readonly row: T;
  readonly place: { readonly index: number; readonly start: number; readonly height: number };
  readonly columns: readonly Column<T>[];
  readonly selected: boolean;
  readonly onSelect: (row: T) => void;
  readonly onOpen: ((row: T) => void) | undefined;
  readonly onMenu: ((row: T, at: { x: number; y: number }) => void) | undefined;
}

export const Row = <T,>({
  id,
  row,
  place,
  columns,
  selected,
  onSelect,
  onOpen,
  onMenu,
}: RowProps<T>) => (
  <div
    id={id}
    className={css['row']}
    style={{
      ...columnTemplate(columns),
      height: place.height,
      transform: `translateY(${place.start}px)`,
    }}
    role="row"
    aria-rowindex={place.index + 2}
    aria-selected={selected}
    onClick={() => onSelect(row)}
    onDoubleClick={() => onOpen?.(row)}
    onContextMenu={event => {
      if (onMenu === undefined) return;
      event.preventDefault();
      onSelect(row);
      onMenu(row, { x: event.clientX, y: event.clientY });
    }}
  >
    {columns.map(({ id: column, cell, end }) => (
      <div key={column} role="gridcell" className={cellClass(end)}>
        {cell(row)}
      </div>
    ))}
  </div>
);

const cellClass = (end = false): string => `${css['cell']} ${end ? css['end'] : ''}`;
