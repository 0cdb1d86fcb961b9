import { type KeyboardEvent, useMemo, useState } from 'react';
import { Faces } from '../people/face.tsx';
import { groupBy } from '../state/group-by.ts';
import { useArrived, useById, useMe, usePeople, useRecords } from '../state/lab-context.tsx';
import { useMove, usePlace } from '../state/place.tsx';
import type { Person } from '../link/port.ts';
import { Dot } from './dot.tsx';
import { type TreeRow, treeRows } from './tree-model.ts';
import css from './tree.module.css';

const NOBODY: readonly Person[] = [];

/** Everyone else who is here, by what they have selected. */
const useWatchers = (): ReadonlyMap<string, readonly Person[]> => {
  const people = usePeople();
  const me = useMe();
  return useMemo(
    () =>
      groupBy(
        people.filter(person => person.online && person.id !== me?.id),
        person => person.selection ?? '',
      ),
    [people, me],
  );
};

export const Tree = () => {
  const hosts = useRecords('host');
  const vms = useRecords('vm');
  const jobs = useById('job');
  const { on } = usePlace();
  const move = useMove();
  const arrived = useArrived('lab');
  const watchers = useWatchers();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => treeRows({ hosts, vms, jobs }, closed), [hosts, vms, jobs, closed]);
  const toggle = (id: string): void => {
    setClosed(before => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  };
  const keys = (event: KeyboardEvent<HTMLUListElement>): void => {
    const at = rows.findIndex(row => row.id === on);
    const row = rows[at];
    const target = nextRow(event.key, rows, at);
    if (target !== undefined) move({ on: target.id, inspect: null }, 'replace');
    else if (row && isTwist(event.key, row, closed)) toggle(row.id);
    else return;
    event.preventDefault();
  };
  const focusable = rows.some(row => row.id === on) ? on : rows[0]?.id;
  return (
    <>
      <h2 className={css['head']}>Hosts</h2>
      <ul
        className={css['rows']}
        role="tree"
        aria-label="Hosts and virtual machines"
        onKeyDown={keys}
      >
        {rows.map(row => (
          <Row
            key={row.id}
            row={row}
            selected={row.id === on}
            focusable={row.id === focusable}
            open={!closed.has(row.id)}
            watchers={watchers.get(row.id) ?? NOBODY}
            onChoose={() => move({ on: row.id, inspect: null })}
            onToggle={() => toggle(row.id)}
          />
        ))}
      </ul>
      {arrived && rows.length === 0 && <p className={css['hint']}>This lab file has no hosts.</p>}
    </>
  );
};

const nextRow = (key: string, rows: readonly TreeRow[], at: number): TreeRow | undefined => {
  if (key === 'ArrowDown') return rows[at + 1];
  if (key === 'ArrowUp') return rows[Math.max(0, at - 1)];
  if (key === 'Home') return rows[0];
  if (key === 'End') return rows.at(-1);
  const isVm = rows[at]?.level === 2;
  return key === 'ArrowLeft' && isVm
    ? rows.slice(0, at).findLast(row => row.level === 1)
    : undefined;
};

const isTwist = (key: string, row: TreeRow, closed: ReadonlySet<string>): boolean =>
  row.level === 1 &&
  ((key === 'ArrowLeft' && !closed.has(row.id)) || (key === 'ArrowRight' && closed.has(row.id)));

interface RowProps {
  readonly row: TreeRow;
  readonly selected: boolean;
  readonly focusable: boolean;
  readonly open: boolean;
  readonly watchers: readonly Person[];
  readonly onChoose: () => void;
  readonly onToggle: () => void;
}

const Row = ({ row, selected, focusable, open, watchers, onChoose, onToggle }: RowProps) => {
  const isHost = row.level === 1;
  return (
    <li
      ref={element => {
        // The arrow keys move the selection; the focus goes with it, if it is in the tree at all.
        const inTree = element?.parentElement?.contains(document.activeElement) ?? false;
        if (selected && inTree && document.activeElement !== element) element?.focus();
      }}
      className={`${css['row']} ${isHost ? '' : css['vm']}`}
      role="treeitem"
      aria-level={row.level}
      aria-selected={selected}
      aria-expanded={isHost ? open : undefined}
      aria-label={`${row.name}, ${row.word}`}
      tabIndex={focusable ? 0 : -1}
      onClick={onChoose}
      onDoubleClick={isHost ? onToggle : undefined}
      onKeyDown={event => {
        if (event.key === 'Enter' || event.key === ' ') onChoose();
      }}
    >
      {isHost && (
        <span
          className={`${css['twist']} ${open ? css['open'] : ''}`}
          aria-hidden="true"
          onClick={event => {
            event.stopPropagation();
            onToggle();
          }}
        >
          {row.children > 0 ? '▶' : ''}
        </span>
      )}
      <Dot mood={row.mood} />
      <span className={css['name']} title={row.name}>
        {row.name}
      </span>
      <span className={css['word']}>{row.word}</span>
      {watchers.length > 0 && <Faces people={watchers} most={2} small doing="is looking at this" />}
    </li>
  );
};
