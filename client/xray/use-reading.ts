import { useEffect, useRef, useState } from 'react';
import type { Fact } from '../../server/protocol/fact.ts';
import { endOfRun, TRAIL } from './lights.ts';

// Facts come as the lab's clock lets them, often dozens in one instant. They are read one after the other,
// in their order, each for a moment: the faster, the more are waiting, so that reading never falls far
// behind what the boxes already show.

/** How long a fact stays in sight by this computer's clock while the lab runs. */
const STAYS = 2_200;

/** More than this many that wait are passed over: nobody can read them. */
const MOST_WAITING = 240;

export interface Pace {
  /** Milliseconds a fact is shown when nothing waits behind it. */
  readonly least: number;
  readonly most: number;
  /** In how many milliseconds all that waits shall be read. */
  readonly within: number;
}

/** At full speed a glance; slowed down or stepping, long enough to read a name. */
export const paceOf = (speed: number): Pace =>
  speed >= 1_000 ? { least: 40, most: 160, within: 1_500 } : { least: 70, most: 420, within: 9_000 };

export const pauseFor = ({ least, most, within }: Pace, waiting: number): number =>
  Math.min(most, Math.max(least, within / Math.max(1, waiting)));

/**
 * The last facts that were read, the newest last. While the lab stands still they stay, so that whoever
 * steps through it sees what the step did.
 */
export const useReading = (facts: readonly Fact[], speed: number): readonly Fact[] => {
  const [read, setRead] = useState<number | null>(null);
  const [trail, setTrail] = useState<readonly Fact[]>([]);
  const newest = useRef(facts);
  newest.current = facts;
  const last = facts.at(-1)?.n ?? 0;
  // What was there before this drawing, or came with its first picture, is history and no news.
  const from = read ?? last;
  const waits = last > from && from > 0;
  const runs = speed > 0;
  useEffect(() => {
    if (read === null && last > 0) setRead(last);
  }, [read, last]);
  useEffect(() => {
    if (!waits) return undefined;
    const waiting = newest.current.length - 1 - indexOf(newest.current, from);
    const timer = window.setTimeout(
      () => {
        const all = newest.current;
        const first = Math.max(indexOf(all, from) + 1, all.length - MOST_WAITING);
        const end = waiting > 3 ? endOfRun(all, first) : first;
        const fact = all[end];
        if (fact === undefined) return;
        setTrail(before => [...before, fact].slice(-TRAIL));
        setRead(fact.n);
      },
      trail.length === 0 ? 0 : pauseFor(paceOf(speed), waiting),
    );
    return () => window.clearTimeout(timer);
  }, [waits, from, speed, trail.length]);
  useEffect(() => {
    if (!runs || waits || trail.length === 0) return undefined;
    const timer = window.setTimeout(() => setTrail([]), STAYS);
    return () => window.clearTimeout(timer);
  }, [runs, waits, trail]);
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
