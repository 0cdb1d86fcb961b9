import { expect, test } from 'vitest';
import { lineRange } from './line-range.ts';

const TEXT = 'era: 2012\nhosts:\n  HV1: {}';

test.each([
  [1, 'era: 2012'],
  [2, 'hosts:'],
  [3, '  HV1: {}'],
  [99, '  HV1: {}'],
  [0, 'era: 2012'],
])('line %i is %o', (line, content) => {
  const [from, to] = lineRange(TEXT, line);

  expect(TEXT.slice(from, to)).toBe(content);
});
