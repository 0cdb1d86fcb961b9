// Who gets how much of the logical processors, in millionths of one: TLFS 2.0a chapter 18. Whole
// numbers throughout, so that every machine comes to the same result.

/** One logical processor. */
export const WHOLE = 1_000_000;

/** 0x10000 is the whole of one logical processor in reserves and caps. */
export const WHOLE_PROCESSOR = 0x1_0000;

/** What a virtual processor wants and may have. */
export interface Wish {
  /** What it would use, its cap taken into account already. */
  readonly demand: number;
  /** What it has before all others, whatever they want. */
  readonly reserve: number;
  /** 1 to 10,000. */
  readonly weight: number;
}

/** A share of the scheduling policy, 0 to 0x10000, in millionths. */
export function millionths(share: number): number {
  return Math.floor((share * WHOLE) / WHOLE_PROCESSOR);
}

const HEAVIEST = 10_000;

/**
 * Shares of `capacity`. Each processor first has its reserve, as far as it wants it; the rest goes by
 * weight, and what one does not want goes to the others by theirs. There is one level at which all is
 * given away; whoever is not satisfied stands at weight × level. What rounding leaves goes to the
 * first of those, one millionth each.
 */
export function shares(wishes: readonly Wish[], capacity: number): number[] {
  const all = wishes.map(({ demand }) => demand);
  if (sum(all) <= capacity) return all;
  const at = (level: number): number[] =>
    wishes.map(({ demand, reserve, weight }) =>
      Math.min(demand, Math.max(reserve, Math.floor((weight * level) / HEAVIEST))),
    );
  let [low, high] = [0, WHOLE * HEAVIEST];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sum(at(middle)) <= capacity) low = middle;
    else high = middle - 1;
  }
  const given = at(low);
  let left = capacity - sum(given);
  return given.map((share, n) => {
    if (left <= 0 || share >= (wishes[n]?.demand ?? 0)) return share;
    left -= 1;
    return share + 1;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
