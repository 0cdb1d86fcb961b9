import { expect, test } from 'vitest';
import type { SimTime } from '../protocol/time.ts';
import { seconds } from '../protocol/time.ts';
import { Pace } from './pace.ts';

const at = (time: number): SimTime => time as SimTime;

test.each([
  [1, seconds(1) / 1_000],
  [1_000, seconds(1)],
  [60_000, seconds(60)],
])('at %i thousandths a wall second is %i ticks', (speed, ticks) => {
  const pace = new Pace(at(500), 0);
  pace.set(at(500), 2_000, speed);

  const time = pace.labTime(3_000);

  expect(time).toBe(500 + ticks);
});

test('it stands still at speed 0 and says that nothing will come', () => {
  const pace = new Pace(at(500), 0);
  pace.set(at(500), 0, 0);

  const time = pace.labTime(1_000_000);

  expect(time).toBe(500);
  expect(pace.until(501, 0)).toBe(Infinity);
});

test('set again, it forgets what it was behind', () => {
  const pace = new Pace(at(0), 0);
  pace.set(at(0), 0, 1_000);

  pace.set(at(seconds(1)), 10_000, 1_000);

  expect(pace.labTime(10_000)).toBe(seconds(1));
});
