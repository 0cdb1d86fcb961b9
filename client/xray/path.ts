import type { Point, Rect } from './drawing.ts';

interface End extends Rect {
  readonly door?: 'left';
}

// Ways between two boxes: straight where they face each other, else out, along the gap between them, and
// in. Boxes lie over the ways, so a way behind a box is only hidden and never crosses a text.

const LEAST_OVERLAP = 14;

const overlap = (a: number, b: number, c: number, d: number): number =>
  Math.min(b, d) - Math.max(a, c);

const middle = (a: number, b: number, c: number, d: number): number =>
  (Math.max(a, c) + Math.min(b, d)) / 2;

export const way = (from: End, to: End): readonly Point[] => {
  if (from.door === 'left' && to.door !== 'left') return way(to, from).toReversed();
  const below = to.y >= from.y + from.h;
  const above = from.y >= to.y + to.h;
  const beside = overlap(from.y, from.y + from.h, to.y, to.y + to.h) >= LEAST_OVERLAP;
  if (beside && !below && !above) return across(from, to);
  if (to.door === 'left') return throughDoor(from, to);
  const facing = overlap(from.x, from.x + from.w, to.x, to.x + to.w) >= LEAST_OVERLAP;
  const start = below ? from.y + from.h : from.y;
  const end = below ? to.y : to.y + to.h;
  if (facing) {
    const x = middle(from.x, from.x + from.w, to.x, to.x + to.w);
    return [
      { x, y: start },
      { x, y: end },
    ];
  }
  const gap = below ? end - Math.min(14, (end - start) / 2) : end + Math.min(14, (start - end) / 2);
  const x1 = from.x + from.w / 2;
  const x2 = to.x + to.w / 2;
  return [
    { x: x1, y: start },
    { x: x1, y: gap },
    { x: x2, y: gap },
    { x: x2, y: end },
  ];
};

/** How far before a door a way turns towards it. */
const STEP = 4;

/** Out of the nearer edge, along it to the foot of the stack, up beside it, and in. */
const throughDoor = (from: Rect, to: Rect): readonly Point[] => {
  const below = to.y >= from.y;
  const edge = below ? from.y + from.h : from.y;
  const x = to.x - STEP;
  const out = Math.min(Math.max(x, from.x + 10), from.x + from.w - 10);
  const y = to.y + to.h / 2;
  if (out === x) {
    return [
      { x, y: edge },
      { x, y },
      { x: to.x, y },
    ];
  }
  const gap = edge + (below ? 9 : -9);
  return [
    { x: out, y: edge },
    { x: out, y: gap },
    { x, y: gap },
    { x, y },
    { x: to.x, y },
  ];
};

const across = (from: Rect, to: Rect): readonly Point[] => {
  const y = middle(from.y, from.y + from.h, to.y, to.y + to.h);
  const right = to.x >= from.x;
  return [
    { x: right ? from.x + from.w : from.x, y },
    { x: right ? to.x : to.x + to.w, y },
  ];
};

/** `M1 2L3 4`, with corners a little round. */
export const pathText = (points: readonly Point[], radius = 5): string =>
  points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (before === undefined) return `M${at(point)}`;
      if (after === undefined) return `L${at(point)}`;
      const into = towards(point, before, radius);
      const out = towards(point, after, radius);
      return `L${at(into)}Q${at(point)} ${at(out)}`;
    })
    .join('');

const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;

const round = (value: number): number => Math.round(value * 10) / 10;

const towards = (from: Point, to: Point, most: number): Point => {
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
  const share = length === 0 ? 0 : Math.min(most, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
};

const LABEL_HEIGHT = 20;

/** Shares of the way at which a label may stand, the best first. */
const STOPS = [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2, 0.9, 0.1];

/** Where a label of that width covers no box; in the middle where there is no such place. */
export const labelPoint = (
  points: readonly Point[],
  width: number,
  boxes: readonly Rect[],
): Point => {
  const isFree = ({ x, y }: Point): boolean =>
    boxes.every(
      box =>
        overlap(x - width / 2, x + width / 2, box.x, box.x + box.w) <= 0 ||
        overlap(y - LABEL_HEIGHT / 2, y + LABEL_HEIGHT / 2, box.y, box.y + box.h) <= 0,
    );
  const stops = STOPS.map(share => along(points, share));
  return stops.find(isFree) ?? stops[0] ?? { x: 0, y: 0 };
};

const lengthOf = (a: Point, b: Point): number => Math.abs(b.x - a.x) + Math.abs(b.y - a.y);

/** The point at a share of the whole way. */
const along = (points: readonly Point[], share: number): Point => {
  const pieces = points.slice(1).map((to, index) => ({ from: points[index] as Point, to }));
  let left = share * pieces.reduce((sum, { from, to }) => sum + lengthOf(from, to), 0);
  for (const { from, to } of pieces) {
    const length = lengthOf(from, to);
    if (left <= length) {
      const part = length === 0 ? 0 : left / length;
      return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    }
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
};
