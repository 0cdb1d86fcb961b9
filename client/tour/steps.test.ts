import { expect, test } from 'vitest';
import { STEPS } from './steps.ts';

const WORDS_PER_MINUTE = 230;

test('the tour is read in a minute', () => {
  const words = STEPS.flatMap(({ title, text }) => `${title} ${text}`.split(/\s+/u)).length;

  expect(words / WORDS_PER_MINUTE).toBeLessThanOrEqual(1.1);
});

test('no two stops say the same', () => {
  expect(new Set(STEPS.map(({ title }) => title)).size).toBe(STEPS.length);
});
