/** A keyframe of a branch, without what is in it. In order of turns. */
export interface Held {
  readonly turn: number;
  readonly simulation: number;
  /** The turn of the keyframe that it is the changes to. */
  readonly base: number | null;
  readonly size: number;
  /** The first of a segment, or one that a branch stands on: it is not let go. */
  readonly isNeeded: boolean;
}

/** Some room is made at once, so that not every keyframe that comes sends another one away. */
const LEFT = 0.9;

/**
 * The keyframes to let go when all together are larger than the limit: again and again the one whose
 * absence is felt least, by the length of the gap that it leaves against how long ago that was. So
 * they lie close in the near past, and further and further apart before it.
 */
export const surplus = (held: readonly Held[], limit: number): readonly Held[] => {
  let size = held.reduce((sum, one) => sum + one.size, 0);
  if (size <= limit) return [];
  const left = [...held];
  const gone: Held[] = [];
  while (size > limit * LEFT) {
    const least = leastMissed(left);
    if (least === -1) break;
    const [one] = left.splice(least, 1);
    if (one === undefined) break;
    size -= one.size;
    gone.push(one);
  }
  return gone;
};

const leastMissed = (held: readonly Held[]): number => {
  const newest = held.at(-1);
  if (newest === undefined) return -1;
  const bases = new Set(held.map(({ base, simulation }) => `${base} ${simulation}`));
  let best = -1;
  let bestGap = Infinity;
  // The newest stays: the next one may be the changes to the same state.
  for (let index = 0; index < held.length - 1; index += 1) {
    const one = held[index] as Held;
    if (one.isNeeded || bases.has(`${one.turn} ${one.simulation}`)) continue;
    const before = held[index - 1]?.turn ?? 0;
    const after = (held[index + 1] as Held).turn;
    const gap = (after - before) / (newest.turn - one.turn + 1);
    if (gap < bestGap) [best, bestGap] = [index, gap];
  }
  return best;
};
