/** East Asian Wide and Fullwidth of the Unicode standard, annex 11, without what is unassigned. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

const JOINS = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\u200b]/u;
const EMOJI = /\p{Emoji_Presentation}/u;
const SOFT_HYPHEN = 0xad;

/** Cells that a character takes in a terminal; 0 for what joins the one before it. */
export const widthOf = (codePoint: number): 0 | 1 | 2 => {
  // Nearly everything that is typed or printed is this.
  if (codePoint < 0x300) return codePoint < 0x20 || isDelete(codePoint) ? 0 : 1;
  const character = String.fromCodePoint(codePoint);
  if (JOINS.test(character)) return 0;
  const isWide = WIDE.some(([first, last]) => codePoint >= first && codePoint <= last);
  return isWide || EMOJI.test(character) ? 2 : 1;
};

const isDelete = (codePoint: number): boolean =>
  codePoint >= 0x7f && codePoint < 0xa0 && codePoint !== SOFT_HYPHEN;

/** Cells of a whole text. */
export const cellsOf = (text: string): number => {
  let cells = 0;
  for (const character of text) cells += widthOf(character.codePointAt(0) ?? 0);
  return cells;
};
