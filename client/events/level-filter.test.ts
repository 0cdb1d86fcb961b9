import { expect, test } from 'vitest';
import { hasWord, withWord } from './level-filter.ts';

test.each([
  ['', 'Error', 'error'],
  ['error', 'Error', ''],
  ['worker error -sql', 'Error', 'worker -sql'],
  ['Warning sql', 'Error', 'error sql'],
] as const)('in %j the button %s gives %j', (before, level, after) => {
  expect(withWord(before, level)).toBe(after);
});

test('a level is pressed when it is a word of the filter, and not when it is left out', () => {
  expect(hasWord('sql Error', 'Error')).toBe(true);
  expect(hasWord('-error', 'Error')).toBe(false);
});
