import type { Fact } from '../../server/protocol/fact.ts';
import type { Colours } from './colours.ts';
import {
  type Frame,
  gutterFor,
  hitAt,
  mostScrolled,
  plotWidth,
  ROW,
  rowTop,
  RULER,
  type Hit,
} from './layout.ts';
import { paint, type Picture } from './paint.ts';
import { fitting, kept, panned, type Scale, timeAt, zoomed } from './scale.ts';

/** What is drawn, without where it is. */
export type Scene = Omit<Picture, 'frame'>;

export interface Clock {
  /** Lab time at this moment. */
  readonly now: () => number;
  /** Ticks of lab time in a millisecond; 0 stands still. */
  readonly pace: number;
  /** How often it may move by itself: those who asked for less motion get a step a second. */
  readonly leastMs: number;
}

/**
 * The canvas, and which part of time is on it. It draws when something changed and at the pace at which
 * a pixel of lab time passes, and not at all while the lab stands still.
 */
export class Stage {
  readonly #canvas: HTMLCanvasElement;
  readonly #sheet: CanvasRenderingContext2D;
  readonly #moved: () => void;
  #scene: Scene | null = null;
  #colours: Colours | null = null;
  #clock: Clock = { now: () => 0, pace: 0, leastMs: 0 };
  #size = { width: 0, height: 0 };
  #scale: Scale = { start: 0, ticksPerPixel: 100_000 };
  #scrolled = 0;
  /** Keeps now in sight, near the right edge. */
  #follows = true;
  #isPlaced = false;
  #frame = 0;
  #timer = 0;

  constructor(canvas: HTMLCanvasElement, moved: () => void) {
    const sheet = canvas.getContext('2d', { alpha: false });
    if (sheet === null) throw new Error('this browser draws on no canvas');
    this.#canvas = canvas;
    this.#sheet = sheet;
    this.#moved = moved;
  }

  get follows(): boolean {
    return this.#follows;
  }

  frame(): Frame {
    const { width, height } = this.#size;
    const gutter = gutterFor(this.#scene?.tracks ?? [], width);
    return {
      width,
      height,
      gutter,
      scale: this.#scale,
      scrolled: this.#scrolled,
      now: this.#clock.now(),
    };
  }

  /** The stretch of time in sight. */
  span(): { readonly from: number; readonly to: number } {
    const frame = this.frame();
    return { from: timeAt(frame.scale, 0), to: timeAt(frame.scale, plotWidth(frame)) };
  }

  hit(point: { readonly x: number; readonly y: number }): Hit {
    return this.#scene === null
      ? { on: 'nothing' }
      : hitAt(point, this.#scene.tracks, this.frame());
  }

  timeAt(x: number): number {
    const { scale, gutter } = this.frame();
    return timeAt(scale, x - gutter);
  }

  show(scene: Scene, clock: Clock): void {
    this.#scene = scene;
    this.#clock = clock;
    this.#place();
    this.invalidate();
  }

  dress(colours: Colours): void {
    this.#colours = colours;
    this.invalidate();
  }

  resize(width: number, height: number, density: number): void {
    this.#canvas.width = Math.round(width * density);
    this.#canvas.height = Math.round(height * density);
    this.#sheet.setTransform(density, 0, 0, density, 0, 0);
    this.#size = { width, height };
    this.#place();
    this.#draw();
  }

  /** Around a point of the canvas; without one around what is chosen, or else now, where it is in sight. */
  zoom(factor: number, x: number | null): void {
    const { gutter, scale } = this.frame();
    const around = x === null ? this.#anchor() : x - gutter;
    this.#go(zoomed(scale, factor, around), this.#follows && x === null);
  }

  #anchor(): number {
    const frame = this.frame();
    const width = plotWidth(frame);
    const places = [this.#scene?.chosen?.at, this.#scene?.playhead, frame.now]
      .filter(at => typeof at === 'number')
      .map(at => (at - frame.scale.start) / frame.scale.ticksPerPixel);
    const first = this.#follows ? places.at(-1) : places.find(at => at >= 0 && at <= width);
    return first ?? width / 2;
  }

  pan(pixels: number): void {
    this.#go(panned(this.#scale, pixels), false);
  }

  scroll(pixels: number): void {
    const most = mostScrolled(this.#scene?.tracks.length ?? 0, this.#size.height);
    this.#scrolled = Math.min(Math.max(0, this.#scrolled + pixels), most);
    this.invalidate();
  }

  /** All that is known. */
  fit(): void {
    const { from, to } = this.#known();
    this.#go(fitting(from, to, plotWidth(this.frame())), false);
  }

  /** Stays where it is, whatever the time. */
  hold(): void {
    this.#follows = false;
  }

  toNow(): void {
    this.#go(this.#scale, true);
  }

  /** Brings a fact into sight, without moving more than is needed. */
  reveal(fact: Fact): void {
    const frame = this.frame();
    const { from, to } = this.span();
    const margin = (to - from) / 12;
    if (fact.at < from + margin || fact.at > to - margin) {
      const start = fact.at - (to - from) / 2;
      this.#go({ ...this.#scale, start }, false);
    }
    const top = rowTop(this.#scene?.trackIndex(fact) ?? 0, frame);
    if (top < RULER) this.scroll(top - RULER);
    else if (top + ROW > frame.height) this.scroll(top + ROW - frame.height);
  }

  invalidate(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    window.clearTimeout(this.#timer);
  }

  #known(): { from: number; to: number } {
    const now = this.#clock.now();
    const tracks = this.#scene?.tracks ?? [];
    const starts = tracks.flatMap(({ facts, slices }) => [
      facts[0]?.at ?? now,
      slices[0]?.from ?? now,
    ]);
    const from = Math.min(now, ...starts);
    return { from, to: Math.max(now, from + 10_000_000) };
  }

  /** At first: what happened lately, or all of it where nothing did. */
  #place(): void {
    if (this.#isPlaced || this.#scene === null || this.#size.width === 0) return;
    const { to } = this.#known();
    const from = this.#scene.opensAt;
    if (from === null || this.#clock.now() === 0) return;
    this.#isPlaced = true;
    this.#scale = fitting(from, Math.max(to, from + 10_000_000), plotWidth(this.frame()) * 0.95);
    this.#follows = this.#scene.playhead === null && to - from < LATELY;
  }

  #go(scale: Scale, follows: boolean): void {
    const { from, to } = this.#known();
    this.#scale = kept(scale, from, to, plotWidth(this.frame()));
    this.#follows = follows;
    this.invalidate();
  }

  #draw(): void {
    if (this.#scene === null || this.#colours === null || this.#size.width === 0) return;
    const most = mostScrolled(this.#scene.tracks.length, this.#size.height);
    this.#scrolled = Math.min(this.#scrolled, most);
    if (this.#follows) {
      const room = plotWidth(this.frame()) * NOW_STANDS_AT * this.#scale.ticksPerPixel;
      this.#scale = { ...this.#scale, start: this.#clock.now() - room };
    }
    paint(this.#sheet, { ...this.#scene, frame: this.frame() }, this.#colours);
    this.#moved();
    this.#again();
  }

  /** The next drawing, when now has moved by a pixel. */
  #again(): void {
    const { pace, leastMs } = this.#clock;
    window.clearTimeout(this.#timer);
    if (pace <= 0) return;
    const wait = Math.max(leastMs, this.#scale.ticksPerPixel / pace);
    if (wait <= 16) return this.invalidate();
    this.#timer = window.setTimeout(() => this.invalidate(), Math.min(wait, 10_000));
  }
}

const LATELY = 5 * 60 * 10_000_000;
const NOW_STANDS_AT = 0.92;
