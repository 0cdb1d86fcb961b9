// Which characters do what. From CharTraits of PowerShell's own tokenizer.

/** Any dash is a dash: pages and mails turn them into typographic ones. */
export const isDash = (c: string): boolean =>
  c === '-' || c === '\u2013' || c === '\u2014' || c === '\u2015';

export const isSingleQuote = (c: string): boolean =>
  c === "'" || c === '\u2018' || c === '\u2019' || c === '\u201a' || c === '\u201b';

export const isDoubleQuote = (c: string): boolean =>
  c === '"' || c === '\u201c' || c === '\u201d' || c === '\u201e';

export const isQuote = (c: string): boolean => isSingleQuote(c) || isDoubleQuote(c);

export const isNewline = (c: string): boolean => c === '\n' || c === '\r';

/** White space other than newlines, which end statements. */
export const isBlank = (c: string): boolean =>
  c === ' ' ||
  c === '\t' ||
  c === '\v' ||
  c === '\f' ||
  (c > '\u0084' && (c === '\u0085' || SEPARATOR.test(c)));

const SEPARATOR = /^\p{Z}$/u;

export const isDigit = (c: string): boolean => c >= '0' && c <= '9';

export const isLetter = (c: string): boolean =>
  (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c > '\u007f' && LETTER.test(c));

const LETTER = /^\p{L}$/u;

export const isNameStart = (c: string): boolean => c === '_' || isLetter(c);

export const isNamePart = (c: string): boolean => c === '_' || isDigit(c) || isLetter(c);

/** `$?name`: what may stand in the name of a variable without braces. */
export const isVariablePart = (c: string): boolean => c === '?' || isNamePart(c);

/** Ends a word wherever it stands; '' is the end of the text. */
export const endsWord = (c: string): boolean =>
  c === '' || '{}();,|&'.includes(c) || isNewline(c) || isBlank(c);

/** Ends a number in an expression: `7+1` is a sum, `7z` a name. */
export const endsNumber = (c: string): boolean =>
  endsWord(c) || '!#%*+./<=>]'.includes(c) || isDash(c);

const ESCAPES = new Map([
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** What a backtick makes of the character behind it. */
export const escaped = (c: string): string => ESCAPES.get(c) ?? c;
