import type { Fact } from '../../server/protocol/fact.ts';
import { type Scale, timeAt, xOf } from './scale.ts';
import type { Slice, Step } from './slices.ts';
import { firstAt, type Track } from './tracks.ts';

/** What is where on the canvas. */
export const RULER = 30;
export const ROW = 24;

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Room for the names of the tracks. */
  readonly gutter: number;
  readonly scale: Scale;
  /** How far the tracks are scrolled. */
  readonly scrolled: number;
  readonly now: number;
}

export const rowTop = (index: number, { scrolled }: Pick<Frame, 'scrolled'>): number =>
  RULER + index * ROW - scrolled;

const LETTER = 6.7;
const LEAST_GUTTER = 96;

/** As wide as the longest name of a track, and never more than a third of the drawing. */
export const gutterFor = (tracks: readonly { readonly title: string }[], width: number): number => {
  const longest = tracks.reduce((most, { title }) => Math.max(most, title.length), 0);
  const most = Math.max(LEAST_GUTTER, Math.round(width / 3));
  return Math.min(most, Math.max(LEAST_GUTTER, Math.ceil(longest * LETTER) + 22));
};

export const plotWidth = ({ width, gutter }: Pick<Frame, 'width' | 'gutter'>): number =>
  Math.max(1, width - gutter);

/** How far the tracks can be scrolled. */
export const mostScrolled = (tracks: number, height: number): number =>
  Math.max(0, tracks * ROW - (height - RULER) + 4);

export type Hit =
  | { readonly on: 'fact'; readonly fact: Fact; readonly others: number }
  | { readonly on: 'slice'; readonly slice: Slice; readonly step: Step | null }
  | { readonly on: 'ruler' }
  | { readonly on: 'gutter' }
  | { readonly on: 'nothing' };

const REACH = 6;

/** What lies under a point of the canvas. */
export const hitAt = (
  { x, y }: { readonly x: number; readonly y: number },
  tracks: readonly Track[],
  frame: Frame,
): Hit => {
  if (y < RULER) return { on: x < frame.gutter ? 'gutter' : 'ruler' };
  if (x < frame.gutter) return { on: 'gutter' };
  const track = tracks[Math.floor((y - RULER + frame.scrolled) / ROW)];
  if (track === undefined) return { on: 'nothing' };
  const along = x - frame.gutter;
  return (
    factNear(along, track.facts, frame) ??
    factNear(along, track.heard, frame) ??
    sliceAt(along, track, frame)
  );
};

const factNear = (x: number, facts: readonly Fact[], { scale }: Frame): Hit | null => {
  const until = timeAt(scale, x + REACH);
  let best: Fact | null = null;
  let others = -1;
  for (let i = firstAt(facts, timeAt(scale, x - REACH)); i < facts.length; i += 1) {
    const fact = facts[i] as Fact;
    if (fact.at > until) break;
    const isNearer =
      best === null || Math.abs(xOf(scale, fact.at) - x) <= Math.abs(xOf(scale, best.at) - x);
    if (isNearer) best = fact;
    others += 1;
  }
  return best === null ? null : { on: 'fact', fact: best, others };
};

const sliceAt = (x: number, { slices }: Track, { scale, now }: Frame): Hit => {
  const slice = slices.findLast(
    ({ from, to }) =>
      xOf(scale, from) <= x && x <= Math.max(xOf(scale, to ?? now), xOf(scale, from) + 4),
  );
  if (slice === undefined) return { on: 'nothing' };
  const at = timeAt(scale, x);
  return { on: 'slice', slice, step: slice.steps.findLast(step => step.at <= at) ?? null };
};
