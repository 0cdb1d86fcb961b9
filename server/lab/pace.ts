import type { Duration, SimTime } from '../protocol/time.ts';

/** Ticks of 100 ns that pass in one wall millisecond at a speed of one thousandth. */
const TICKS_PER_MS_AND_THOUSANDTH = 10;

/**
 * Where lab time should be by the wall clock. It is set again whenever the machine fell behind or
 * stood still, so that a lab never hurries to catch up.
 */
export class Pace {
  #lab: SimTime;
  #wall: number;
  /** Thousandths; 0 stands still. */
  #speed = 0;

  constructor(lab: SimTime, wall: number) {
    this.#lab = lab;
    this.#wall = wall;
  }

  get speed(): number {
    return this.#speed;
  }

  labTime(wall: number): SimTime {
    const passed = (wall - this.#wall) * this.#speed * TICKS_PER_MS_AND_THOUSANDTH;
    return (this.#lab + Math.max(0, Math.floor(passed))) as SimTime;
  }

  /** Lab time is `lab` now, and runs on at `speed`. */
  set(lab: SimTime, wall: number, speed: number): void {
    this.#lab = lab;
    this.#wall = wall;
    this.#speed = speed;
  }

  /** Wall milliseconds until lab time reaches `due`; Infinity while it stands still. */
  until(due: number, wall: number): number {
    if (this.#speed === 0) return Infinity;
    return Math.max(0, (due - this.labTime(wall)) / (this.#speed * TICKS_PER_MS_AND_THOUSANDTH));
  }

  /** How much lab time passes in a span of wall time. */
  span(milliseconds: number): Duration {
    return Math.ceil(milliseconds * this.#speed * TICKS_PER_MS_AND_THOUSANDTH) as Duration;
  }
}
