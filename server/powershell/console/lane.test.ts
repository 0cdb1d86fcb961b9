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

test('lines that wait in the lane have at most a quarter of the thread together', () => {
  const clock = new Clock();
  const lane = new Lane(clock.wall);
  let worked = 0;
  const work = (milliseconds: number): void => {
    clock.at += milliseconds;
    worked += milliseconds;
    lane.wait(() => work(milliseconds));
  };
  for (const milliseconds of [1, 1, 8, 40]) lane.wait(() => work(milliseconds));

  while (clock.at < 10_000) clock.next();

  expect(worked).toBeLessThan(clock.at / 4 + 40);
  expect(worked).toBeGreaterThan(clock.at / 10);
});
