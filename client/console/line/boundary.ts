// Where a cursor may stand: between what a person takes for one character, and between words.

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No character that a person sees as one is longer; what is would be stepped through. */
const LONGEST = 64;

/** What PSReadLine takes for the end of a word beside blanks: its WordDelimiters. */
const DELIMITERS = new Set(';:,.[]{}()/\\|^&*-=+\'"\u2013\u2014\u2015');

const isWordPart = (character: string): boolean =>
  character !== '' && !DELIMITERS.has(character) && !/\s/u.test(character);

export const leftOf = (text: string, at: number): number => {
  const before = text.slice(Math.max(0, at - LONGEST), at);
  let last = '';
  for (const { segment } of SEGMENTER.segment(before)) last = segment;
  return at - last.length;
};

export const rightOf = (text: string, at: number): number => {
  for (const { segment } of SEGMENTER.segment(text.slice(at, at + LONGEST)))
    return at + segment.length;
  return at;
};

/** The beginning of this word, or of the one before. */
export const wordLeft = (text: string, from: number): number => {
  let at = from;
  while (at > 0 && !isWordPart(text.charAt(at - 1))) at -= 1;
  while (at > 0 && isWordPart(text.charAt(at - 1))) at -= 1;
  return at;
};

/** The beginning of the next word. */
export const wordRight = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && isWordPart(text.charAt(at))) at += 1;
  while (at < text.length && !isWordPart(text.charAt(at))) at += 1;
  return at;
};

/** The end of this word, or of the next. */
export const wordEnd = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && !isWordPart(text.charAt(at))) at += 1;
  while (at < text.length && isWordPart(text.charAt(at))) at += 1;
  return at;
};

export const lineStart = (text: string, at: number): number =>
  at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;

export const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** As far into the line above; null in the first line. */
export const above = (text: string, at: number): number | null => {
  const start = lineStart(text, at);
  if (start === 0) return null;
  const before = lineStart(text, start - 1);
  return whole(text, Math.min(before + (at - start), start - 1));
};

/** As far into the line below; null in the last line. */
export const below = (text: string, at: number): number | null => {
  const end = lineEnd(text, at);
  if (end === text.length) return null;
  const next = end + 1;
  return whole(text, Math.min(next + (at - lineStart(text, at)), lineEnd(text, next)));
};

/** Never within a character. */
const whole = (text: string, at: number): number =>
  at === lineStart(text, at) ? at : leftOf(text, rightOf(text, at)) < at ? leftOf(text, at) : at;
