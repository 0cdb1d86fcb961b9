// Which stretch of lab time is in sight. Times are ticks of 100 ns; x is in pixels from the left edge.

export interface Scale {
  /** The time at x = 0. */
  readonly start: number;
  readonly ticksPerPixel: number;
}

const FINEST = 0.02;

export const xOf = ({ start, ticksPerPixel }: Scale, at: number): number =>
  (at - start) / ticksPerPixel;

export const timeAt = ({ start, ticksPerPixel }: Scale, x: number): number =>
  start + x * ticksPerPixel;

/** Nearer or further, with what is under the pointer staying there. */
export const zoomed = (scale: Scale, factor: number, x: number): Scale => {
  const ticksPerPixel = Math.max(FINEST, scale.ticksPerPixel * factor);
  return { start: timeAt(scale, x) - x * ticksPerPixel, ticksPerPixel };
};

export const panned = (scale: Scale, pixels: number): Scale => ({
  ...scale,
  start: scale.start + pixels * scale.ticksPerPixel,
});

/** All of a stretch, with a little room at its ends. */
export const fitting = (from: number, to: number, width: number): Scale => {
  const ticksPerPixel = Math.max(FINEST, (to - from) / Math.max(1, width * 0.94));
  return { start: from - width * 0.03 * ticksPerPixel, ticksPerPixel };
};

/** Not so far away that nothing is to be seen: never the whole of it outside, never smaller than a tenth. */
export const kept = (scale: Scale, from: number, to: number, width: number): Scale => {
  const widest = Math.max(FINEST, ((to - from) / width) * 4, 1_000);
  const ticksPerPixel = Math.min(scale.ticksPerPixel, widest);
  const room = (width * ticksPerPixel) / 2;
  const start = Math.min(Math.max(scale.start, from - room), to - room);
  return { start, ticksPerPixel };
};

/** 1, 2 and 5 of every power of ten up to a second, then what clocks have. */
const STEPS: readonly number[] = [
  ...Array.from({ length: 7 }, (_, power) => [1, 2, 5].map(of => of * 10 ** power)).flat(),
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800].map(
    seconds => seconds * 10_000_000,
  ),
  ...[1, 2, 7, 14, 28].map(days => days * 864_000_000_000),
];

/** A line of the grid every so many ticks. */
export const stepOf = ({ ticksPerPixel }: Scale, leastPixels: number): number =>
  STEPS.find(step => step / ticksPerPixel >= leastPixels) ?? (STEPS.at(-1) as number);

/** The times of the lines in sight; `offset` is where midnight lies. */
export const linesOf = (
  scale: Scale,
  width: number,
  step: number,
  offset: number,
): readonly number[] => {
  const first = Math.ceil((scale.start + offset) / step) * step - offset;
  const count = Math.max(0, Math.floor((timeAt(scale, width) - first) / step) + 1);
  return Array.from({ length: Math.min(count, 400) }, (_, index) => first + index * step);
};
