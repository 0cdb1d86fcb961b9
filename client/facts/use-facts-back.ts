import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { FACTS_IN_A_PICTURE } from '../../server/protocol/wire/limit.ts';
import type { Scope } from '../../server/protocol/wire/scope.ts';
import { readFacts } from '../rest/request.ts';
import { useFacts } from '../state/lab-context.tsx';
import { usePlace } from '../state/place.tsx';
import { useToldFacts } from '../state/told-facts.ts';
import { History } from '../timeline/history.ts';

export interface FactsBack {
  /** Oldest first: what the page was sent, and before it what was asked for. */
  readonly facts: readonly Fact[];
  readonly hasOlder: boolean;
  /** Somebody asked for older ones before. */
  readonly hasReached: boolean;
  /** Asks for a page of older ones. */
  readonly reach: () => void;
}

const NOTHING_TO_HEAR = (): (() => void) => () => undefined;

/** Facts of a scope that go further back once somebody wants it: until then nothing is asked or copied. */
export const useFactsBack = (scope: Scope): FactsBack => {
  const { lab } = usePlace();
  const held = useFacts(scope);
  const told = useToldFacts();
  const [reached, setReached] = useState<{ scope: Scope; lab: string; history: History } | null>(
    null,
  );
  const history =
    reached !== null && reached.scope === scope && reached.lab === lab ? reached.history : null;
  useEffect(() => {
    if (history?.take(held) === true) told.clear();
  }, [history, held, told]);
  const version = useSyncExternalStore(
    history?.listen ?? NOTHING_TO_HEAR,
    () => history?.version ?? 0,
  );
  const reach = useCallback(() => {
    const asked = history ?? new History(wanted => readFacts(lab, { scope, ...wanted }));
    if (history === null) {
      asked.take(held);
      setReached({ scope, lab, history: asked });
    }
    const before = asked.facts.length;
    void asked.loadOlder().then(() => told.put(asked.facts.slice(0, asked.facts.length - before)));
  }, [history, held, lab, scope, told]);
  return useMemo(
    () => ({
      facts: history === null || version === 0 ? held : history.facts,
      hasOlder:
        history === null
          ? held.length >= FACTS_IN_A_PICTURE && (held[0]?.n ?? 1) > 1
          : history.hasOlder,
      hasReached: history !== null,
      reach,
    }),
    [history, version, held, reach],
  );
};
