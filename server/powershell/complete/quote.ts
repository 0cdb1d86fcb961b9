import { endsWord, isDash, isDoubleQuote, isQuote, isSingleQuote } from '../syntax/characters.ts';
import type { Quote } from './context.ts';

/** A value as it must stand in a command line: in the quotes it was begun with, or in as few as do. */
export const quoted = (value: string, quote: Quote): string => {
  if (quote === '"') return `"${escapedIn(value, isDoubleQuote)}"`;
  return quote === "'" || needsQuotes(value) ? `'${escapedIn(value, isSingleQuote)}'` : value;
};

/** The quotes in it doubled; between double quotes a dollar and a backtick mean something, too. */
const escapedIn = (value: string, isMine: (c: string) => boolean): string => {
  let text = '';
  for (const c of value) {
    if (isMine(c)) text += c;
    else if (isMine('"') && (c === '$' || c === '`')) text += '`';
    text += c;
  }
  return text;
};

const needsQuotes = (value: string): boolean => {
  const first = value.charAt(0);
  if (value === '' || isDash(first) || '@#<>'.includes(first)) return true;
  for (const c of value) if (endsWord(c) || isQuote(c) || c === '$' || c === '`') return true;
  return false;
};
