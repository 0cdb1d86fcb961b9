import { type Column, columnTemplate, nextOrder, type Order } from './column.ts';
import css from './grid.module.css';

/** The titles; choosing one orders the list by it. */
export const Head = <T,>({
  columns,
  ...of
}: {
  columns: readonly Column<T>[];
  order: Order | null;
  onOrder: (order: Order | null) => void;
}) => (
  <div className={css['head']} style={columnTemplate(columns)} role="row" aria-rowindex={1}>
    {columns.map(column => (
      <Title key={column.id} column={column} {...of} />
    ))}
  </div>
);

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
  const { id, title, end = false, untitled = false } = column;
  const className = `${css['title']} ${end ? css['end'] : ''}`;
  if (column.order === undefined) {
    return (
      <div role="columnheader" className={className}>
        <span className={untitled ? 'unseen' : ''}>{title}</span>
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
