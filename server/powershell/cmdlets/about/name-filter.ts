import { Wildcard } from '../../value/wildcard.ts';

/** Whether a name is one of the patterns, without case; everything when there are none. */
export const filter = (patterns: readonly string[] | undefined): ((name: string) => boolean) => {
  if (patterns === undefined) return () => true;
  const all = patterns.map(pattern => new Wildcard(pattern));
  return name => all.some(one => one.matches(name));
};

/** By name without case, as the console lists commands. */
export const byName =
  <T>(nameOf: (one: T) => string) =>
  (one: T, other: T): number => {
    const [a, b] = [nameOf(one).toLowerCase(), nameOf(other).toLowerCase()];
    return a < b ? -1 : a > b ? 1 : 0;
  };
