import type { Fact } from '../../server/protocol/fact.ts';
import { TINTS } from '../facts/components.ts';
import { clockTime, timeOfDay } from '../format/lab-time.ts';
import type { Arrow } from './arrows.ts';
import type { Colours } from './colours.ts';
import { type Frame, plotWidth, ROW, rowTop, RULER } from './layout.ts';
import { linesOf, type Scale, stepOf, timeAt, xOf } from './scale.ts';
import type { Slice } from './slices.ts';
import { firstAt, type Track } from './tracks.ts';

/** Everything that is drawn, and where. */
export interface Picture {
  readonly tracks: readonly Track[];
  readonly frame: Frame;
  readonly arrows: readonly Arrow[];
  readonly trackIndex: (fact: Fact) => number;
  readonly chosen: Fact | null;
  /** The job that is inspected. */
  readonly chosenJob: string | null;
  /** The moment that is looked at; null is now. */
  readonly playhead: number | null;
  readonly calendarStart: number;
  /** Where what happened last began: that is shown at first. */
  readonly opensAt: number | null;
  readonly textOf: (fact: Fact) => string;
}

type Sheet = CanvasRenderingContext2D;

const FONT = "12px 'Segoe UI', Inter, 'Open Sans', system-ui, sans-serif";
const SMALL = "11px 'Segoe UI', Inter, 'Open Sans', system-ui, sans-serif";

export const paint = (sheet: Sheet, picture: Picture, colours: Colours): void => {
  const { frame } = picture;
  sheet.fillStyle = colours.pane;
  sheet.fillRect(0, 0, frame.width, frame.height);
  sheet.save();
  sheet.beginPath();
  sheet.rect(frame.gutter, 0, plotWidth(frame), frame.height);
  sheet.clip();
  sheet.translate(frame.gutter, 0);
  paintGrid(sheet, picture, colours);
  sheet.save();
  sheet.beginPath();
  sheet.rect(0, RULER, plotWidth(frame), frame.height);
  sheet.clip();
  picture.tracks.forEach((track, index) => paintTrack(sheet, track, index, { picture, colours }));
  paintArrows(sheet, picture, colours);
  sheet.restore();
  paintFuture(sheet, picture, colours);
  sheet.restore();
  paintGutter(sheet, picture, colours);
  paintThumb(sheet, picture, colours);
};

const isInSight = (top: number, { height }: Frame): boolean => top > RULER - ROW && top < height;

// ---- the clock above ----

const paintGrid = (
  sheet: Sheet,
  { frame, calendarStart }: Picture,
  { line, textQuiet, raised }: Colours,
): void => {
  const width = plotWidth(frame);
  sheet.fillStyle = raised;
  sheet.fillRect(0, 0, width, RULER);
  const step = stepOf(frame.scale, 96);
  sheet.font = SMALL;
  sheet.textBaseline = 'middle';
  sheet.textAlign = 'left';
  for (const at of linesOf(frame.scale, width, step, (calendarStart * 10_000) % step)) {
    const x = Math.round(xOf(frame.scale, at)) + 0.5;
    sheet.fillStyle = line;
    sheet.fillRect(x - 0.5, RULER - 8, 1, frame.height);
    sheet.fillStyle = textQuiet;
    sheet.fillText(lineText(at, step, calendarStart), x + 4, RULER - 9);
  }
  sheet.fillStyle = line;
  sheet.fillRect(0, RULER - 1, width, 1);
};

/** As fine as the lines are apart. */
const lineText = (at: number, step: number, calendarStart: number): string => {
  if (step >= 10_000_000) return timeOfDay(calendarStart, at);
  const text = clockTime(calendarStart, at);
  if (step >= 10_000) return text.slice(3);
  const micros = ((at / 10) % 1_000).toFixed(step < 10 ? 1 : 0);
  return `.${text.slice(-3)} +${micros} µs`;
};

// ---- one line for each component ----

interface Of {
  readonly picture: Picture;
  readonly colours: Colours;
}

const paintTrack = (sheet: Sheet, track: Track, index: number, of: Of): void => {
  const { frame } = of.picture;
  const top = rowTop(index, frame);
  if (!isInSight(top, frame)) return;
  sheet.fillStyle = of.colours.line;
  sheet.globalAlpha = 0.5;
  sheet.fillRect(0, top + ROW - 1, plotWidth(frame), 1);
  sheet.globalAlpha = 1;
  track.slices.forEach((slice, i) =>
    paintSlice(sheet, slice, { ...of, top, next: track.slices[i + 1] ?? null }),
  );
  paintHeard(sheet, track.heard, top, of);
  paintTicks(sheet, track.facts, top, of);
};

/** What others told it: half as high, so that what it did itself stands out. */
const paintHeard = (sheet: Sheet, heard: readonly Fact[], top: number, of: Of): void => {
  const { scale } = of.picture.frame;
  const until = timeAt(scale, plotWidth(of.picture.frame));
  let lastX = -Infinity;
  sheet.globalAlpha = 0.55;
  for (let i = firstAt(heard, timeAt(scale, 0)); i < heard.length; i += 1) {
    const fact = heard[i] as Fact;
    if (fact.at > until) break;
    const x = Math.round(xOf(scale, fact.at));
    if (x === lastX) continue;
    lastX = x;
    sheet.fillStyle = of.colours.tints[TINTS[fact.kind]];
    sheet.fillRect(x - 0.5, top + ROW - 8, 1.5, 6);
  }
  sheet.globalAlpha = 1;
};

interface SlicePlace extends Of {
  readonly top: number;
  readonly next: Slice | null;
}

const paintSlice = (sheet: Sheet, slice: Slice, place: SlicePlace): void => {
  const { picture, colours, top, next } = place;
  const { scale, now } = picture.frame;
  const width = plotWidth(picture.frame);
  const from = Math.max(-4, xOf(scale, slice.from));
  const to = Math.min(width + 4, Math.max(xOf(scale, slice.to ?? now), from + 3));
  if (to < 0 || from > width) return;
  const runs = slice.to === null;
  const edge = slice.isBad ? colours.bad : runs ? colours.brand : colours.ok;
  sheet.fillStyle = slice.isBad ? colours.badGround : runs ? colours.brandGround : colours.okGround;
  sheet.beginPath();
  sheet.roundRect(from, top + 3, to - from, ROW - 7, 3);
  sheet.fill();
  if (runs) {
    const whole = xOf(scale, now) - xOf(scale, slice.from);
    sheet.fillStyle = edge;
    sheet.fillRect(from, top + ROW - 6, Math.max(0, (whole * slice.percent) / 100), 2);
  }
  sheet.strokeStyle = edge;
  sheet.lineWidth = slice.id === picture.chosenJob ? 2 : 1;
  sheet.stroke();
  sheet.font = SMALL;
  sheet.fillStyle = colours.text;
  const said = runs ? `${slice.title} ${slice.percent} %` : slice.title;
  const y = top + ROW / 2;
  const inside = to - Math.max(from, 0) - 10;
  if (inside > 60) {
    const inSteps = inside > 320 && slice.steps.length > 1;
    if (inSteps) return paintSteps(sheet, slice, place, Math.min(to, width));
    return clipped(sheet, said, { x: Math.max(from, 0) + 6, y, room: inside });
  }
  // Too short for its name, which then stands beside it.
  const room = (next === null ? width : Math.min(width, xOf(scale, next.from))) - to - 12;
  if (room > LEAST_TEXT) clipped(sheet, said, { x: to + 6, y, room });
};

/** A job that is wide enough says its steps, each from where it began. */
const paintSteps = (sheet: Sheet, { steps }: Slice, place: SlicePlace, end: number): void => {
  const { picture, colours, top } = place;
  steps.forEach(({ at, title }, index) => {
    const x = xOf(picture.frame.scale, at);
    const next = steps[index + 1];
    const to = next === undefined ? end : Math.min(end, xOf(picture.frame.scale, next.at));
    if (to < 0 || x > end || to - x < 2) return;
    if (index > 0) {
      sheet.fillStyle = colours.lineStrong;
      sheet.fillRect(Math.round(x), top + 4, 1, ROW - 9);
    }
    const left = Math.max(x, 0) + 5;
    sheet.fillStyle = colours.text;
    if (to - left > 24) clipped(sheet, title, { x: left, y: top + ROW / 2, room: to - left - 4 });
  });
};

const LEAST_TEXT = 46;
const MOST_TEXT = 300;
const LEAST_LEFT = 4;

/** Ticks of facts; several on one pixel are drawn once, and where there is room they say what they are. */
const paintTicks = (sheet: Sheet, facts: readonly Fact[], top: number, of: Of): void => {
  const { frame, textOf } = of.picture;
  const { scale } = frame;
  const width = plotWidth(frame);
  const { tints, textSoft } = of.colours;
  const until = timeAt(scale, width + 4);
  let lastX = -Infinity;
  let lastTint = '';
  sheet.font = SMALL;
  for (let i = firstAt(facts, timeAt(scale, -MOST_TEXT)); i < facts.length; i += 1) {
    const fact = facts[i] as Fact;
    if (fact.at > until) break;
    const x = Math.round(xOf(scale, fact.at));
    const tint = tints[TINTS[fact.kind]];
    const isSame = x === lastX;
    if (!isSame || tint !== lastTint) paintTick(sheet, fact, { x, top, tint, isSame });
    lastX = x;
    lastTint = tint;
    // Of a fact before the edge the words begin at the edge, with a sign that it lies further left.
    const left = Math.max(x + (fact.kind === 'action' ? 8 : 5), LEAST_LEFT);
    const room = Math.min(nextApart(facts, i, scale) - left - 3, MOST_TEXT);
    if (room < LEAST_TEXT) continue;
    sheet.fillStyle = textSoft;
    const text = x < 0 ? `‹ ${textOf(fact)}` : textOf(fact);
    clipped(sheet, text, { x: left, y: top + ROW / 2, room });
  }
};

/** Where the next fact stands that is not on the same pixel. */
const nextApart = (facts: readonly Fact[], index: number, scale: Scale): number => {
  const here = facts[index]?.at ?? 0;
  const next = facts[index + 1];
  if (next === undefined) return Infinity;
  return next.at === here ? -Infinity : xOf(scale, next.at);
};

interface Tick {
  readonly x: number;
  readonly top: number;
  readonly tint: string;
  /** Another kind of fact stands there already: they share the room. */
  readonly isSame: boolean;
}

const paintTick = (sheet: Sheet, { kind }: Fact, { x, top, tint, isSame }: Tick): void => {
  sheet.fillStyle = tint;
  if (kind === 'action') paintPerson(sheet, x, top);
  else sheet.fillRect(x - 1, isSame ? top + ROW / 2 : top + 5, 2, isSame ? 6 : ROW - 11);
};

const paintPerson = (sheet: Sheet, x: number, top: number): void => {
  sheet.beginPath();
  sheet.arc(x, top + ROW / 2 - 0.5, 4.5, 0, Math.PI * 2);
  sheet.fill();
};

const clipped = (
  sheet: Sheet,
  text: string,
  { x, y, room }: { x: number; y: number; room: number },
): void => {
  sheet.textBaseline = 'middle';
  sheet.textAlign = 'left';
  const whole = sheet.measureText(text).width;
  if (whole <= room) return sheet.fillText(text, x, y);
  // Letters are of about the same width: near enough for an end that is cut.
  const letters = Math.floor((text.length * (room - 8)) / whole);
  if (letters > 2) sheet.fillText(`${text.slice(0, letters)}…`, x, y);
};

// ---- what is chosen, and why it is so ----

const paintArrows = (sheet: Sheet, picture: Picture, colours: Colours): void => {
  const { frame, arrows, chosen, trackIndex } = picture;
  const point = (fact: Fact) => ({
    x: xOf(frame.scale, fact.at),
    y: rowTop(trackIndex(fact), frame) + ROW / 2,
  });
  sheet.strokeStyle = colours.brand;
  sheet.fillStyle = colours.brand;
  for (const { from, to, distance } of arrows) {
    const [a, b] = [point(from), point(to)];
    sheet.globalAlpha = Math.max(0.35, 1 - distance * 0.06);
    sheet.lineWidth = 1.5;
    sheet.beginPath();
    sheet.moveTo(a.x, a.y);
    const bend = Math.max(14, Math.abs(b.x - a.x) / 2);
    // On one line it goes over what is written there, not through it.
    const lift = a.y === b.y ? Math.min(14, Math.abs(b.x - a.x)) : 0;
    sheet.bezierCurveTo(a.x + bend, a.y - lift, b.x - bend, b.y - lift, b.x, b.y);
    sheet.stroke();
    sheet.beginPath();
    sheet.moveTo(b.x + 1, b.y);
    sheet.lineTo(b.x - 6, b.y - 3.5);
    sheet.lineTo(b.x - 6, b.y + 3.5);
    sheet.fill();
  }
  sheet.globalAlpha = 1;
  if (chosen === null) return;
  const { x, y } = point(chosen);
  sheet.strokeStyle = colours.text;
  sheet.lineWidth = 2;
  sheet.beginPath();
  sheet.roundRect(x - 5, y - 9, 10, 18, 3);
  sheet.stroke();
};

/** Now, or the moment that is looked at; what comes after it is veiled. */
const paintFuture = (
  sheet: Sheet,
  { frame, playhead }: Picture,
  { pane, brand, warn }: Colours,
): void => {
  const at = playhead ?? frame.now;
  const x = xOf(frame.scale, at);
  const width = plotWidth(frame);
  if (x < width) {
    sheet.fillStyle = pane;
    sheet.globalAlpha = playhead === null ? 0.35 : 0.6;
    sheet.fillRect(Math.max(0, x), RULER, width, frame.height);
    sheet.globalAlpha = 1;
  }
  if (x < -8 || x > width + 8) return;
  sheet.fillStyle = playhead === null ? brand : warn;
  sheet.fillRect(Math.round(x) - 1, 8, 2, frame.height);
  sheet.beginPath();
  sheet.moveTo(x - 7, 2);
  sheet.lineTo(x + 7, 2);
  sheet.lineTo(x + 7, 10);
  sheet.lineTo(x, 17);
  sheet.lineTo(x - 7, 10);
  sheet.fill();
};

/** That there are more tracks than fit, and which of them are in sight. */
const paintThumb = (sheet: Sheet, { tracks, frame }: Picture, { lineStrong }: Colours): void => {
  const room = frame.height - RULER;
  const whole = tracks.length * ROW;
  if (whole <= room) return;
  sheet.fillStyle = lineStrong;
  sheet.beginPath();
  const top = RULER + (frame.scrolled / whole) * room;
  sheet.roundRect(frame.width - 7, top + 2, 4, Math.max(20, (room * room) / whole - 4), 2);
  sheet.fill();
};

const paintGutter = (sheet: Sheet, { tracks, frame }: Picture, colours: Colours): void => {
  const { gutter, height } = frame;
  sheet.fillStyle = colours.pane;
  sheet.fillRect(0, 0, gutter, height);
  sheet.font = FONT;
  sheet.save();
  sheet.beginPath();
  sheet.rect(0, RULER, gutter, height);
  sheet.clip();
  tracks.forEach(({ title, group }, index) => {
    const top = rowTop(index, frame);
    if (!isInSight(top, frame)) return;
    sheet.fillStyle = colours.groups[group];
    sheet.fillRect(0, top, 3, ROW);
    sheet.fillStyle = group === 'machine' || group === 'people' ? colours.text : colours.textSoft;
    clipped(sheet, title, { x: 12, y: top + ROW / 2, room: gutter - 20 });
    sheet.fillStyle = colours.line;
    sheet.globalAlpha = 0.5;
    sheet.fillRect(0, top + ROW - 1, gutter, 1);
    sheet.globalAlpha = 1;
  });
  sheet.restore();
  sheet.fillStyle = colours.raised;
  sheet.fillRect(0, 0, gutter, RULER);
  sheet.fillStyle = colours.line;
  sheet.fillRect(0, RULER - 1, gutter, 1);
  sheet.fillRect(gutter - 1, 0, 1, height);
};
