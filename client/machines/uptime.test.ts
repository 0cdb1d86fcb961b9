import { expect, test } from 'vitest';
import { uptimeOf } from './uptime.ts';

test('a running machine counts on from before its last pause', () => {
  expect(uptimeOf({ state: 'Running', runningSince: 100, uptimeBefore: 50 }, 130)).toBe(80);
});

test('a paused machine stands still', () => {
  expect(uptimeOf({ state: 'Paused', runningSince: null, uptimeBefore: 50 }, 900)).toBe(50);
});

test.each(['Off', 'Saved'] as const)('a machine that is %s has no uptime', state => {
  expect(uptimeOf({ state, runningSince: null, uptimeBefore: 50 }, 900)).toBeNull();
});

test('a clock that is a little behind never shows a time before the start', () => {
  expect(uptimeOf({ state: 'Running', runningSince: 100, uptimeBefore: 0 }, 90)).toBe(0);
});
