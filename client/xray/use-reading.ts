import { useEffect, useEffectEvent, useState } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { endOfRun, TRAIL } from './lights.ts';

// Facts come as the lab's clock lets them, often dozens in one instant. They are read one after the other,
// in their order, each for a moment: the faster, the more are waiting, so that reading never falls far
// behind what the boxes already show.

/** How long a fact stays in sight by this computer's clock while the lab runs; a slower lab works longer on it. */
const STAYS = 2_200;

const staysFor = (speed: number): number => (STAYS * 1_000) / Math.min(speed, 1_000);

/** More than this many that wait are passed over: nobody can read them. */
const MOST_WAITING = 1_000;

export interface Pace {
  /** Milliseconds a fact is shown when nothing waits behind it. */
  readonly least: number;
  readonly most: number;
  /** In how many milliseconds all that waits shall be read. */
  readonly within: number;
}

/** At full speed a glance; slowed down or stepping, long enough to read a name. */
export const paceOf = (speed: number): Pace =>
  speed >= 1_000
    ? { least: 40, most: 160, within: 1_500 }
    : { least: 70, most: 420, within: 9_000 };

export const pauseFor = ({ least, most, within }: Pace, waiting: number): number =>
  Math.min(most, Math.max(least, within / Math.max(1, waiting)));

interface Read {
  /** The number of the fact read last; 0 before the first facts are here. */
  readonly upTo: number;
  readonly trail: readonly Fact[];
}

/**
 * The last facts that were read, the newest last. While the lab stands still they stay, so that whoever
 * steps through it sees what the step did.
 */
export const useReading = (facts: readonly Fact[], speed: number): readonly Fact[] => {
  const last = facts.at(-1)?.n ?? 0;
  const [{ upTo, trail }, setRead] = useState<Read>({ upTo: last, trail: [] });
  // What came with the first picture is history and no news.
  if (upTo === 0 && last > 0) setRead({ upTo: last, trail: [] });
  const waits = upTo > 0 && last > upTo;
  const runs = speed > 0;
  const next = useEffectEvent(() => {
    setRead(before => {
      const first = Math.max(indexOf(facts, before.upTo) + 1, facts.length - MOST_WAITING);
      const end = facts.length - first > 3 ? endOfRun(facts, first) : first;
      const fact = facts[end];
      if (fact === undefined) return before;
      return { upTo: fact.n, trail: [...before.trail, fact].slice(-TRAIL) };
    });
  });
  const pause = useEffectEvent((): number => {
    if (trail.length === 0) return 0;
    return pauseFor(paceOf(speed), facts.length - 1 - indexOf(facts, upTo));
  });
  useEffect(() => {
    if (!waits) return undefined;
    const timer = window.setTimeout(next, pause());
    return () => window.clearTimeout(timer);
  }, [waits, upTo]);
  useEffect(() => {
    if (!runs || waits || trail.length === 0) return undefined;
    const timer = window.setTimeout(() => setRead({ upTo, trail: [] }), staysFor(speed));
    return () => window.clearTimeout(timer);
  }, [runs, waits, upTo, trail.length, speed]);
  return trail;
};

/** The index of the last fact that is not newer than a number; -1 where there is none. */
const indexOf = (facts: readonly Fact[], n: number): number => {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((facts[middle] as Fact).n <= n) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
