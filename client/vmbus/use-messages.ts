import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { readFacts } from '../rest/request.ts';
import { useFacts } from '../state/lab-context.tsx';
import { usePlace } from '../state/place.tsx';
import { useToldFacts } from '../state/told-facts.ts';
import type { VmId } from '../../server/protocol/id.ts';
import type { Wanted } from './filter/compile.ts';
import { MessageLog } from './message-log.ts';
import type { MessageTable } from './message-table.ts';
import { MessageView } from './message-view.ts';

/** What a slice of filtering may take: half of what a frame has. */
const SLICE_MS = 8;

export interface Messages {
  readonly log: MessageLog;
  readonly view: MessageView;
  /** Grows when either of them changes. */
  readonly version: number;
  readonly loadOlder: () => void;
}

/** The messages of a machine's bus, those of them that are wanted, up to where they were paused. */
export const useMessages = (vm: VmId, { wanted, pausedAt }: Looked): Messages => {
  const { lab } = usePlace();
  const told = useToldFacts();
  const facts = useFacts(vm);
  const log = useMemo(
    () => new MessageLog(asked => readFacts(lab, { scope: vm, ...asked })),
    [lab, vm],
  );
  useEffect(() => {
    if (log.take(facts)) told.clear();
  }, [log, facts, told]);
  const version = useSyncExternalStore(log.listen, () => log.version);
  const { view, worked } = useView(log.table, version, { wanted, pausedAt });
  return {
    log,
    view,
    version: version + worked,
    loadOlder: () => void log.loadOlder(page => told.put(page)),
  };
};

interface Looked {
  readonly wanted: Wanted | null;
  readonly pausedAt: number | null;
}

/** Those messages of a table that are wanted; a long one is worked through in slices. */
export const useView = (
  table: MessageTable,
  version: number,
  { wanted, pausedAt }: Looked,
): { readonly view: MessageView; readonly worked: number } => {
  const view = useMemo(() => new MessageView(table, wanted), [table, wanted]);
  view.pauseAt(pausedAt);
  const [worked, setWorked] = useState(0);
  useEffect(() => {
    if (view.isComplete) return undefined;
    const timer = window.setTimeout(() => {
      view.work(SLICE_MS, () => performance.now());
      setWorked(count => count + 1);
    });
    return () => window.clearTimeout(timer);
  }, [view, version, worked]);
  return { view, worked };
};
