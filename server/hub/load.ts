import { performance } from 'node:perf_hooks';

/** What the thread of the hub did in the last second or so. */
export interface Load {
  /** The part of that time in which it was busy, from 0 to 1. */
  readonly utilisation: number;
  /** How often a reader was given what others were given too. */
  readonly sharedPerSecond: number;
}

/**
 * A busier thread collects longer, so that more leaves in each write. Narrower again only well below
 * what made it wider: the wider window is what made the thread less busy. (16 ms were measured to
 * cost a third of the processor and 11 ms of delay, so they have to be earned.)
 */
const WINDOWS = [
  { ms: 16, from: 0.6, until: 0.35 },
  { ms: 50, from: 0.8, until: 0.55 },
] as const;

/** Fewer are no load to speak of: whatever keeps the thread busy then, waiting would not help it. */
const SHARED_PER_SECOND = 5_000;

/** How long what changes is collected from now on, in milliseconds; 0 is the end of the tick. */
export function nextWindow(windowMs: number, { utilisation, sharedPerSecond }: Load): number {
  let next = 0;
  for (const { ms, from, until } of WINDOWS) {
    const isEarned = sharedPerSecond >= SHARED_PER_SECOND && utilisation >= from;
    const isKept = windowMs >= ms && utilisation >= until;
    if (isEarned || isKept) next = ms;
  }
  return next;
}

/** The share of time since the last call in which this thread was busy. */
export function utilisationOfThisThread(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
