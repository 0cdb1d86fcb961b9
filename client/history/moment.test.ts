import { expect, test } from 'vitest';
import { chosenIn, momentText, rangeOf, whenOf } from './moment.ts';

const EXTENT = { turn: 40, at: 125_400_000 };

test('a lab can be looked at from its first turn and second to those that are complete', () => {
  expect([rangeOf('turn', EXTENT), rangeOf('time', EXTENT)]).toEqual([
    { min: 1, max: 40 },
    { min: 0, max: 12 },
  ]);
});

test.each([
  ['12', 'time', 12],
  ['13', 'time', null],
  ['0', 'turn', null],
  [' 7 ', 'turn', 7],
  ['1e1', 'turn', null],
  ['-1', 'time', null],
  ['', 'turn', null],
] as const)('what is typed as %j by %s is %j', (text, by, expected) => {
  expect(chosenIn(text, by, EXTENT)).toBe(expected);
});

test('seconds are asked for in ticks, and both are told in words', () => {
  expect([whenOf('time', 12), whenOf('turn', 12)]).toEqual([{ at: 120_000_000 }, { turn: 12 }]);
  expect([momentText('time', 125), momentText('turn', 12), momentText('time', 0)]).toEqual([
    '2 min 5 s after its beginning',
    'turn 12',
    'its beginning',
  ]);
});
