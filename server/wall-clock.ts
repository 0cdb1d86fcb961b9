import type { Wall } from './lab/wall.ts';

/** The machine's own clock and timers. */
export function wallClock(newId: () => string): Wall {
  return {
    now: () => performance.now(),
    unix: () => Date.now(),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    soon: run => void setImmediate(run),
    newId,
  };
}
