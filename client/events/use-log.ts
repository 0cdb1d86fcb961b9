import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { readFacts } from '../rest/request.ts';
import { useFacts } from '../state/lab-context.tsx';
import { History } from '../timeline/history.ts';
import { eventOf, type LogEvent } from './event.ts';

/** Pages of facts that are asked for by themselves; a log that goes on further is asked for. */
const PAGES = 3;

export interface Log {
  /** Newest first. */
  readonly events: readonly LogEvent[];
  readonly hasOlder: boolean;
  readonly isLoading: boolean;
  readonly loadOlder: () => void;
}

const isEvent = ({ kind }: Fact): boolean => kind === 'event';

/** The event log of a scope: what this page was sent, and what was logged before. */
export const useLog = (lab: string, scope: Scope): Log => {
  const history = useMemo(
    () => new History(asked => readFacts(lab, { scope, ...asked }), isEvent),
    [lab, scope],
  );
  const held = useFacts(scope);
  useEffect(() => void history.take(held), [history, held]);
  const version = useSyncExternalStore(history.listen, () => history.version);
  const asked = useRef({ of: history, pages: 0 });
  useEffect(() => {
    if (asked.current.of !== history) asked.current = { of: history, pages: 0 };
    if (!history.hasOlder || history.isLoading || asked.current.pages >= PAGES) return;
    asked.current.pages += 1;
    void history.loadOlder();
  }, [history, version]);
  const events = useMemo(
    () =>
      version < 0
        ? []
        : history.facts
            .map(eventOf)
            .filter(event => event !== null)
            .toReversed(),
    [history, version],
  );
  const loadOlder = useCallback(() => void history.loadOlder(), [history]);
  return { events, hasOlder: history.hasOlder, isLoading: history.isLoading, loadOlder };
};
