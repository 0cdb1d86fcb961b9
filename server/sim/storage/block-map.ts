// Which blocks of a virtual disk are there: runs of (first, count), lowest first, none touching
// another. A run is what a person reads and what a row keeps; the table of a real file has an entry
// for each block.

export type BlockRun = readonly [first: number, count: number];
export type BlockMap = readonly BlockRun[];

/** All blocks of both. */
export function joined(one: BlockMap, other: BlockMap): BlockRun[] {
  const runs: BlockRun[] = [];
  for (const [first, count] of [...one, ...other].toSorted((a, b) => a[0] - b[0])) {
    if (count <= 0) continue;
    const last = runs.at(-1);
    if (last === undefined || last[0] + last[1] < first) runs.push([first, count]);
    else runs[runs.length - 1] = [last[0], Math.max(last[0] + last[1], first + count) - last[0]];
  }
  return runs;
}

/** The first's without the second's. */
export function without(map: BlockMap, taken: BlockMap): BlockRun[] {
  let runs: BlockRun[] = [...map];
  for (const [first, count] of taken) {
    const end = first + count;
    runs = runs.flatMap(([base, length]): BlockRun[] => {
      const before: BlockRun = [base, Math.min(length, first - base)];
      const from = Math.max(base, end);
      const after: BlockRun = [from, base + length - from];
      return [before, after].filter(run => run[1] > 0);
    });
  }
  return runs;
}

export function countOf(map: BlockMap): number {
  let blocks = 0;
  for (const [, count] of map) blocks += count;
  return blocks;
}

/** The same bytes in blocks of another size: every block that any of them touches. */
export function resized(map: BlockMap, from: number, to: number): BlockRun[] {
  const runs = map.map(([first, count]): BlockRun => spanned(first * from, count * from, to));
  return joined(runs, []);
}

/** The blocks that a stretch of bytes touches. */
export function spanned(at: number, bytes: number, blockSize: number): BlockRun {
  const first = Math.floor(at / blockSize);
  return [first, bytes <= 0 ? 0 : Math.ceil((at + bytes) / blockSize) - first];
}
