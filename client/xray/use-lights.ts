import { useEffect, useRef, useState } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';

/** How long a fact stays in sight by this computer's clock, and how many at once. */
const STAYS = 2_200;
const MOST = 6;

interface Held {
  readonly fact: Fact;
  readonly since: number;
}

/**
 * The facts that are lit now: the newest, each for a moment. While the lab stands still the last ones stay,
 * so that whoever steps through it sees what the step did.
 */
export const useLitFacts = (facts: readonly Fact[], runs: boolean): readonly Fact[] => {
  const [held, setHeld] = useState<readonly Held[]>([]);
  const seen = useRef<number | null>(null);
  useEffect(() => {
    const last = facts.at(-1)?.n ?? 0;
    // What was there before this drawing, or came with its first picture, is history and no news.
    const after = seen.current === null || seen.current === 0 ? last : seen.current;
    seen.current = last;
    if (last <= after) return;
    const since = performance.now();
    const fresh = facts
      .slice(-MOST * 4)
      .filter(({ n }) => n > after)
      .slice(-MOST)
      .map(fact => ({ fact, since }));
    setHeld(before => [...(runs ? before : []), ...fresh].slice(-MOST));
  }, [facts, runs]);
  useEffect(() => {
    if (!runs || held.length === 0) return undefined;
    const oldest = held[0]?.since ?? 0;
    const timer = window.setTimeout(
      () => {
        const now = performance.now();
        setHeld(before => before.filter(({ since }) => now - since < STAYS));
      },
      Math.max(30, STAYS - (performance.now() - oldest)),
    );
    return () => window.clearTimeout(timer);
  }, [held, runs]);
  return held.map(({ fact }) => fact);
};
