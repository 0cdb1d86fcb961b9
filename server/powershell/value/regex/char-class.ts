import type { CharSet } from './node.ts';

type Ranges = CharSet['ranges'];

const DIGIT: Ranges = [[48, 57]];
const SPACE: Ranges = [
  [9, 13],
  [32, 32],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x3000, 0x3000],
];
/** Letters beyond ASCII as whole blocks: Latin, Greek, Cyrillic, Hebrew, Arabic, CJK. */
const LETTERS_BEYOND: Ranges = [
  [0xaa, 0xaa],
  [0xb5, 0xb5],
  [0xba, 0xba],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x3ff],
  [0x400, 0x52f],
  [0x5d0, 0x5ea],
  [0x620, 0x64a],
  [0x3040, 0x30ff],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
];
const WORD: Ranges = [[48, 57], [65, 90], [95, 95], [97, 122], ...LETTERS_BEYOND];
const LETTER: Ranges = [[65, 90], [97, 122], ...LETTERS_BEYOND];
const PUNCTUATION: Ranges = [
  [33, 35],
  [37, 42],
  [44, 47],
  [58, 59],
  [63, 64],
  [91, 93],
  [95, 95],
  [123, 123],
  [125, 125],
  [0xa1, 0xa1],
  [0xab, 0xab],
  [0xbb, 0xbb],
  [0x2010, 0x2027],
];

const NAMED: ReadonlyMap<string, Ranges> = new Map([
  ['L', LETTER],
  ['Lu', [[65, 90]]],
  ['Ll', [[97, 122]]],
  ['N', DIGIT],
  ['Nd', DIGIT],
  ['P', PUNCTUATION],
  ['IsBasicLatin', [[0, 127]]],
]);

/** What lies between the ranges, so that \D may stand inside a class. */
const others = (ranges: Ranges): Ranges => {
  const gaps: [number, number][] = [];
  let from = 0;
  for (const [least, most] of ranges.toSorted(([a], [b]) => a - b)) {
    if (least > from) gaps.push([from, least - 1]);
    from = Math.max(from, most + 1);
  }
  if (from <= 0xffff) gaps.push([from, 0xffff]);
  return gaps;
};

/** \d \w \s and their opposites; null for another letter. */
export const shorthand = (letter: string): Ranges | null => {
  switch (letter) {
    case 'd':
      return DIGIT;
    case 'D':
      return others(DIGIT);
    case 'w':
      return WORD;
    case 'W':
      return others(WORD);
    case 's':
      return SPACE;
    case 'S':
      return others(SPACE);
    default:
      return null;
  }
};

/** \p{..} and \P{..}; null for a name that is not known. */
export const category = (name: string, opposite: boolean): Ranges | null => {
  const ranges = NAMED.get(name) ?? null;
  return ranges === null ? null : opposite ? others(ranges) : ranges;
};
