import { expect, test } from 'vitest';
import { FIRST_TIME, heightOf, LEAST_HEIGHT, readMemory } from './bottom-size.ts';

test('a console is given more room than a list, until somebody chooses', () => {
  const heights = [
    heightOf({ height: null, shown: 'facts' }, 720),
    heightOf({ height: null, shown: 'console:1' }, 720),
    heightOf({ height: 300, shown: 'facts' }, 720),
  ];

  expect(heights).toEqual([173, 274, 300]);
});

test('what was chosen in a large window leaves room for the view in a small one', () => {
  expect(heightOf({ height: 900, shown: 'facts' }, 720)).toBe(470);
  expect(heightOf({ height: 900, shown: 'facts' }, 200)).toBe(LEAST_HEIGHT);
});

test.each([null, '', '{', '[]', 'null', '7'])('%j is nothing to remember', text => {
  expect(readMemory(text)).toEqual(FIRST_TIME);
});

test('what was kept comes back', () => {
  const memory = { height: 310, collapsed: true, shown: 'console:1', aloud: true };

  expect(readMemory(JSON.stringify(memory))).toEqual(memory);
  expect(readMemory('{"height":"x","shown":3}')).toEqual(FIRST_TIME);
});
