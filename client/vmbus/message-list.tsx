import { type KeyboardEvent, memo, type ReactNode, useEffect, useEffectEvent } from 'react';
import { clockTime } from '../format/lab-time.ts';
import grid from '../list/grid.module.css';
import { wayOf } from './filter/compile.ts';
import type { MessageTable } from './message-table.ts';
import type { MessageView } from './message-view.ts';
import css from './message-list.module.css';
import { ruleOf } from './rules.ts';
import { useRowWindow } from './use-row-window.ts';

const ROW_HEIGHT = 22;
const HEAD_HEIGHT = 29;

const COLUMNS = ['No.', 'Lab time', 'Direction', 'Channel', 'Type', 'Bytes', 'Summary'];
const SAMPLED = COLUMNS.with(-1, 'Packet, shown').concat('Summary');

const NUMBERS: ReadonlySet<string> = new Set(['No.', 'Channel', 'Bytes']);

interface MessageListProps {
  readonly label: string;
  readonly view: MessageView;
  /** Grows when the view lists something else. */
  readonly version: number;
  readonly calendarStart: number;
  /** The number of the chosen message. */
  readonly chosen: number | null;
  readonly onChoose: (place: number) => void;
  readonly follow: boolean;
  /** Older messages are wanted: the top is in sight. */
  readonly onTop: () => void;
  /** Above the first message. */
  readonly above: ReactNode;
  readonly empty: ReactNode;
  /** Of a sample: the packet's number on its channel, and one in how many is listed. */
  readonly sampled?: (place: number) => string;
}

/** The messages, newest last: as many as there may be, drawn as far as they are in sight. */
export const MessageList = (props: MessageListProps) => {
  const { label, view, chosen, onChoose, follow, onTop, above, empty, sampled } = props;
  const { count } = view;
  const { scroller, height, first, last, top, onScroll, show, toEnd, isAtEnd } = useRowWindow({
    count,
    rowHeight: ROW_HEIGHT,
    origin: view.older,
    headHeight: HEAD_HEIGHT,
    follow,
  });
  const at = chosen === null ? null : indexOf(view, chosen);
  const showChosen = useEffectEvent(() => {
    if (at !== null) show(at);
  });
  // A row that moves because others come is not followed; a new choice is, once it is there.
  const isThere = at !== null;
  useEffect(() => showChosen(), [chosen, isThere]);
  const isTop = first === 0;
  const reachTop = useEffectEvent(onTop);
  useEffect(() => {
    if (isTop) reachTop();
  }, [isTop, count]);
  const keys = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, at, count);
    if (target === null) return;
    onChoose(view.place(target));
    show(target);
    event.preventDefault();
  };
  return (
    <div className={`${css['frame']} ${sampled === undefined ? '' : css['sampled']}`}>
      <div
        ref={scroller}
        className={grid['scroller']}
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-activedescendant={
          at === null || at < first || at > last ? undefined : rowId(view.place(at))
        }
        tabIndex={0}
        onKeyDown={keys}
        onScroll={onScroll}
      >
        <Head titles={sampled === undefined ? COLUMNS : SAMPLED} />
        <div className={css['space']} style={{ height }} role="rowgroup">
          {range(first, last).map(index => (
            <Row
              key={view.place(index)}
              table={view.table}
              place={view.place(index)}
              index={index}
              top={top(index)}
              isChosen={index === at}
              calendarStart={props.calendarStart}
              onChoose={onChoose}
              sampled={sampled?.(view.place(index))}
            />
          ))}
        </div>
        {count === 0 && <div className={grid['empty']}>{empty}</div>}
      </div>
      {isTop && count > 0 && above}
      {!isAtEnd && follow && count > 0 && (
        <button type="button" className={grid['newer']} onClick={toEnd}>
          Newest ↓
        </button>
      )}
    </div>
  );
};

const Head = ({ titles }: { titles: readonly string[] }) => (
  <div className={`${grid['head']} ${css['columns']}`} role="row" aria-rowindex={1}>
    {titles.map(title => (
      <div
        key={title}
        role="columnheader"
        className={`${grid['title']} ${NUMBERS.has(title) ? grid['end'] : ''}`}
      >
        {title}
      </div>
    ))}
  </div>
);

interface RowProps {
  readonly table: MessageTable;
  readonly place: number;
  readonly index: number;
  readonly top: number;
  readonly isChosen: boolean;
  readonly calendarStart: number;
  readonly onChoose: (place: number) => void;
  readonly sampled: string | undefined;
}

const Row = memo((props: RowProps) => {
  const { table, place, index, top, isChosen, calendarStart, onChoose, sampled } = props;
  const rule = ruleOf(table, place);
  const summary = table.summary(place);
  const toGuest = table.toGuest(place);
  return (
    <div
      id={rowId(place)}
      className={`${grid['row']} ${css['columns']} ${css['row']} ${css[rule?.colour ?? 'quiet']}`}
      style={{ transform: `translateY(${top}px)` }}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      onClick={() => onChoose(place)}
    >
      <Cell end>{table.n(place)}</Cell>
      <Cell>{clockTime(calendarStart, table.at(place))}</Cell>
      <Cell>
        {toGuest !== null && (
          <span className={toGuest ? css['toGuest'] : css['toHost']} aria-hidden="true">
            {toGuest ? '▶ ' : '◀ '}
          </span>
        )}
        {wayOf(toGuest)}
      </Cell>
      <Cell end>{table.channel(place) ?? ''}</Cell>
      <Cell>{table.type(place)}</Cell>
      <Cell end>{table.length(place)}</Cell>
      {sampled !== undefined && <Cell>{sampled}</Cell>}
      <Cell>
        <span title={summary}>{summary}</span>
      </Cell>
    </div>
  );
});

const Cell = ({ children, end = false }: { children: ReactNode; end?: boolean }) => (
  <div role="gridcell" className={`${grid['cell']} ${end ? grid['end'] : ''}`}>
    {children}
  </div>
);

const rowId = (place: number): string => `message-${place}`;

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

const indexOf = (view: MessageView, n: number): number | null => {
  const place = view.table.placeOf(n);
  return place === null ? null : view.indexOf(place);
};

const PAGE = 14;

const targetOf = (key: string, at: number | null, count: number): number | null => {
  if (count === 0) return null;
  const last = count - 1;
  if (key === 'ArrowDown') return at === null ? last : Math.min(at + 1, last);
  if (key === 'ArrowUp') return at === null ? last : Math.max(at - 1, 0);
  if (key === 'PageDown') return Math.min((at ?? 0) + PAGE, last);
  if (key === 'PageUp') return Math.max((at ?? last) - PAGE, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
};
