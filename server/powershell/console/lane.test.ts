import { expect, test } from 'vitest';
import type { Wall } from '../../lab/wall.ts';
import { Lane } from './lane.ts';

/** A clock that goes on to whatever is due next; work takes as long as it says. */
class Clock {
  at = 0;
  #due: { readonly at: number; readonly run: () => void }[] = [];
  readonly wall: Wall = {
    now: () => this.at,
    unix: () => this.at,
    after: (milliseconds, run) => {
      this.#due.push({ at: this.at + milliseconds, run });
      return () => undefined;
    },
    soon: run => run(),
    newId: () => 'none',
  };

  next(): void {
    const due = this.#due.shift();
    this.at = Math.max(this.at, due?.at ?? 0);
    due?.run();
  }
}

test('lines in the lane have at most a ninth of the thread together, and later a fortieth', () => {
  const clock = new Clock();
  const lane = new Lane(clock.wall, () => false);
  let worked = 0;
  const work = (milliseconds: number): void => {
    clock.at += milliseconds;
    worked += milliseconds;
    lane.wait(() => work(milliseconds));
  };
  for (const milliseconds of [1, 1, 8, 40]) lane.wait(() => work(milliseconds));

  while (clock.at < 10_000) clock.next();
  const [soonAt, soon] = [clock.at, worked];
  while (clock.at < 60_000) clock.next();
  const [lateAt, late] = [clock.at, worked];
  while (clock.at < 160_000) clock.next();

  expect(soon).toBeLessThan(soonAt / 9 + 40);
  expect(soon).toBeGreaterThan(soonAt / 20);
  expect(worked - late).toBeLessThan((clock.at - lateAt) / 40 + 40);
  expect(worked - late).toBeGreaterThan((clock.at - lateAt) / 80);
});

test('while somebody waits for an answer, lines have one slice in five milliseconds', () => {
  const clock = new Clock();
  let isSomebodyWaiting = true;
  const lane = new Lane(clock.wall, () => isSomebodyWaiting);
  const slices: number[] = [];
  const work = (): void => {
    slices.push(clock.at);
    if (slices.length === 9) isSomebodyWaiting = false;
    if (slices.length < 12) lane.soon(work);
  };

  lane.soon(work);
  while (slices.length < 12) clock.next();

  expect(slices.slice(0, 9)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40]);
  // The last answer has four milliseconds to get to where it belongs.
  expect(slices.slice(9)).toEqual([44, 44, 44]);
});
