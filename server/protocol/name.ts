// What people call themselves. A name is shown to a whole class, so it may not hide, imitate or
// overflow: the same rule stands in the page's form and at the border of the server.

export const NAME_LIMIT = 40;

/** What is wrong with a name whoever has it. */
export type NameFault = 'empty' | 'too-long' | 'forbidden-character' | 'too-many-marks';

/** What a name would say of who has it, and only the house knows: see `likeness.ts`. */
export type ImitationFault = 'of-the-house' | 'taken';

export const NAME_SENTENCES: Readonly<Record<NameFault | ImitationFault, string>> = {
  empty: 'A name has at least one letter, digit or sign.',
  'too-long': `A name has at most ${NAME_LIMIT} characters.`,
  'forbidden-character':
    'A name has no control characters and none that turn the direction of text.',
  'too-many-marks': 'A name has at most three accents on one letter.',
  'of-the-house': 'A guest cannot be called that: it says what only the house says of somebody.',
  taken:
    'Somebody in this lab has that name, or one that looks like it. Add your second name or a number.',
};

// Controls, formatting (all the bidirectional marks, overrides and isolates are in it), surrogates,
// unassigned, line and paragraph separators. The two joiners are spelling in Persian and Hindi and
// hold emoji together, so they stay.
export const FORBIDDEN_IN_NAMES = /(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/u;

// Letters by their category that show nothing at all: Hangul fillers, the empty braille cell.
const BLANK = /[\u115f\u1160\u2800\u3164\uffa0]/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

// Piled marks reach into the lines above and below.
const PILED = /\p{M}{4}/u;

/** The form in which a name is kept: composed, trimmed, inner white space single. */
export const tidyName = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\p{Zs}\t]+/gu, ' ')
    .trim();

/** What is wrong with a tidied name, or null. */
export const nameFault = (name: string): NameFault | null => {
  if (FORBIDDEN_IN_NAMES.test(name)) return 'forbidden-character';
  if (!VISIBLE.test(name.replaceAll(BLANK, ''))) return 'empty';
  // Counted in code points, as a person counts letters; units would count some twice.
  if (Array.from(name).length > NAME_LIMIT) return 'too-long';
  return PILED.test(name) ? 'too-many-marks' : null;
};
