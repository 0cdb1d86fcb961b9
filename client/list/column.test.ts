import { expect, test } from 'vitest';
import { type Column, nextOrder, ordered } from './column.ts';

interface Machine {
  readonly name: string;
  readonly memory: number;
}

const COLUMNS: readonly Column<Machine>[] = [
  { id: 'name', title: 'Name', width: '1fr', cell: ({ name }) => name, order: ({ name }) => name },
  { id: 'memory', title: 'Memory', width: '1fr', cell: () => '', order: ({ memory }) => memory },
  { id: 'plain', title: 'Plain', width: '1fr', cell: () => '' },
];

const MACHINES = [
  { name: 'WEB10', memory: 512 },
  { name: 'WEB9', memory: 4096 },
  { name: 'APP', memory: 512 },
];

const names = (column: string, down = false): readonly string[] =>
  ordered(MACHINES, COLUMNS, { column, down }).map(({ name }) => name);

test('texts are ordered as a person counts', () => {
  expect(names('name')).toEqual(['APP', 'WEB9', 'WEB10']);
});

test('what is equal stays in the order in which it came, both ways', () => {
  expect(names('memory')).toEqual(['WEB10', 'APP', 'WEB9']);
  expect(names('memory', true)).toEqual(['WEB9', 'WEB10', 'APP']);
});

test('a column without an order changes nothing', () => {
  expect(names('plain')).toEqual(MACHINES.map(({ name }) => name));
});

test('a title orders up, then down, then not at all', () => {
  const first = nextOrder(null, 'name');
  const second = nextOrder(first, 'name');
  const third = nextOrder(second, 'name');

  expect([first, second, third]).toEqual([
    { column: 'name', down: false },
    { column: 'name', down: true },
    null,
  ]);
});
