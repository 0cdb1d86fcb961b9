import { useCallback, useRef, useSyncExternalStore } from 'react';
import { RECORD_KINDS, type RecordKind } from '../../server/protocol/record/kind.ts';
import { useLab } from '../state/lab-context.tsx';
import type { LabStore, Seen } from '../state/lab-store.ts';

/** Records that name another one, by kind: what hangs below it in a tree. */
export interface Branch {
  readonly kind: RecordKind;
  readonly records: readonly Seen<RecordKind>[];
}

/** Kinds that tell nothing about what they name. */
const SILENT: ReadonlySet<RecordKind> = new Set<RecordKind>(['clock', 'dice', 'library-image']);

interface Found {
  readonly lists: readonly (readonly Seen<RecordKind>[])[];
  readonly branches: readonly Branch[];
}

const KINDS = RECORD_KINDS.filter(kind => !SILENT.has(kind));

/** The same answer as long as no list changed. */
const find = (store: LabStore, id: string, before: Found | null): Found => {
  const lists = KINDS.map(kind => store.records(kind) as readonly Seen<RecordKind>[]);
  if (before !== null && before.lists.every((list, index) => list === lists[index])) return before;
  const branches = KINDS.flatMap((kind, index): readonly Branch[] => {
    const records = (lists[index] ?? []).filter(
      record => record.id !== id && Object.values(record).some(value => value === id),
    );
    return records.length === 0 ? [] : [{ kind, records }];
  });
  return { lists, branches };
};

/** What hangs below a record: all records that name it. */
export const useRelated = (id: string): readonly Branch[] => {
  const { link, store } = useLab();
  const known = useRef<{
    readonly id: string;
    readonly of: LabStore;
    readonly found: Found;
  } | null>(null);
  const subscribe = useCallback((listener: () => void) => link.listen(listener), [link]);
  return useSyncExternalStore(subscribe, () => {
    const last = known.current;
    const same = last !== null && last.id === id && last.of === store;
    const found = find(store, id, same ? last.found : null);
    if (!same || found !== last.found) known.current = { id, of: store, found };
    return found.branches;
  });
};
