import type { Seen } from '../../state/lab-store.ts';

/** A line of the tree: a snapshot, or what the machine is now. */
export interface Branch {
  readonly snapshot: Seen<'vm-snapshot'> | null;
  readonly depth: number;
}

/** The tree as lines, the oldest first; `Now` stands below the snapshot taken or applied last. */
export const treeOf = (snapshots: readonly Seen<'vm-snapshot'>[]): readonly Branch[] => {
  const known = new Set(snapshots.map(({ id }) => id));
  const inOrder = snapshots.toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  const below = (parent: string | null, depth: number): readonly Branch[] => [
    ...inOrder
      .filter(one => (one.parent && known.has(one.parent) ? one.parent : null) === parent)
      .flatMap(snapshot => [{ snapshot, depth }, ...below(snapshot.id, depth + 1)]),
    ...(inOrder.some(one => one.id === parent && one.current === true)
      ? [{ snapshot: null, depth }]
      : []),
  ];
  return below(null, 0);
};
