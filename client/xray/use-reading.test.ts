import { expect, test } from 'vitest';
import { paceOf, pauseFor } from './use-reading.ts';

test('one fact alone is read at leisure, many are read faster, and never faster than the eye', () => {
  const slow = paceOf(1);

  const pauses = [1, 40, 400].map(waiting => pauseFor(slow, waiting));

  expect(pauses).toEqual([slow.most, 225, slow.least]);
});

test('at full speed everything is a glance, and a burst is over within seconds', () => {
  const fast = paceOf(1_000);
  let waiting = 60;
  let passed = 0;

  for (; waiting > 0; waiting -= 1) passed += pauseFor(fast, waiting);

  expect(pauseFor(fast, 1)).toBeLessThan(pauseFor(paceOf(100), 1));
  expect(passed).toBeLessThan(6_000);
});
