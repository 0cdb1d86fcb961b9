import { expect, test } from 'vitest';
import type { Seen } from '../../state/lab-store.ts';
import { treeOf } from './tree.ts';

const one = (
  name: string,
  createdAt: number,
  parent: string | null,
  current = false,
): Seen<'vm-snapshot'> => ({
  id: `vm-snapshot:${name}`,
  rev: 1,
  cause: 0,
  name,
  createdAt,
  parent: parent === null ? null : `vm-snapshot:${parent}`,
  current,
});

const lines = (snapshots: readonly Seen<'vm-snapshot'>[]): readonly string[] =>
  treeOf(snapshots).map(({ snapshot, depth }) => '-'.repeat(depth) + (snapshot?.name ?? 'Now'));

test('snapshots stand below what they were taken from, and Now below the last', () => {
  const tree = lines([one('c', 3, 'a', true), one('b', 2, 'a'), one('a', 1, null)]);

  expect(tree).toEqual(['a', '-b', '-c', '--Now']);
});

test('a snapshot whose parent is not known stands at the root', () => {
  expect(lines([one('b', 2, 'gone', true)])).toEqual(['b', '-Now']);
  expect(lines([])).toEqual([]);
});
