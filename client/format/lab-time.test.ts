import { expect, test } from 'vitest';
import {
  calendarDay,
  clockTime,
  consoleMoment,
  spanText,
  speedText,
  uptimeText,
} from './lab-time.ts';

const START = Date.UTC(2012, 10, 20, 10, 42, 0);
const second = 10_000_000;

test('the clock shows the calendar of the lab to the millisecond', () => {
  const at = 7 * second + 4_180_000;

  const shown = [clockTime(START, at), calendarDay(START, at)];

  expect(shown).toEqual(['10:42:07.418', 'Tue 20 Nov 2012']);
});

test.each([
  [0, '11/20/2012 10:42:00 AM'],
  [2 * 3_600 * second, '11/20/2012 12:42:00 PM'],
  [14 * 3_600 * second, '11/21/2012 12:42:00 AM'],
])('a console writes the moment after %i ticks as %s', (at, expected) => {
  expect(consoleMoment(START, at)).toBe(expected);
});

test.each([
  [0, '00:00:00'],
  [59.9 * second, '00:00:59'],
  [86_399 * second, '23:59:59'],
  [86_400 * second, '1.00:00:00'],
  [-5, '00:00:00'],
])('an uptime of %i ticks is %s', (ticks, expected) => {
  expect(uptimeText(ticks)).toBe(expected);
});

test.each([
  [3, '300 ns'],
  [25, '2.5 µs'],
  [3_400, '340 µs'],
  [125_000, '12.5 ms'],
  [32_000_000, '3.2 s'],
  [125 * second, '2 min 5 s'],
  [3_720 * second, '1 h 2 min'],
])('a span of %i ticks is %s', (ticks, expected) => {
  expect(spanText(ticks)).toBe(expected);
});

test.each([
  [1, '1/1000x'],
  [10, '1/100x'],
  [500, '1/2x'],
  [1_000, '1x'],
  [60_000, '60x'],
  [0, '0x'],
])('a speed of %i thousandths is %s', (speed, expected) => {
  expect(speedText(speed)).toBe(expected);
});
