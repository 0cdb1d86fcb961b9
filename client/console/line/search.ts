import type { Line } from './line.ts';

/** A search in the lines entered before: Ctrl+R, then letter by letter. */
export interface Search {
  readonly direction: 'back' | 'forward';
  readonly query: string;
  /** Index in the lines; their number is the line that was being typed. */
  readonly at: number;
  readonly failed: boolean;
  readonly before: Line;
}

export const beginSearch = (
  direction: Search['direction'],
  before: Line,
  lines: readonly string[],
): Search => ({ direction, query: '', at: lines.length, failed: false, before });

/** With another query, from where it stands. */
export const searchFor = (search: Search, query: string, lines: readonly string[]): Search =>
  find({ ...search, query }, Math.min(search.at, lines.length - 1), lines);

/** The next line that has it, the same way or the other. */
export const searchOn = (
  search: Search,
  direction: Search['direction'],
  lines: readonly string[],
): Search => find({ ...search, direction }, search.at + stepOf(direction), lines);

const stepOf = (direction: Search['direction']): 1 | -1 => (direction === 'back' ? -1 : 1);

const find = (search: Search, from: number, lines: readonly string[]): Search => {
  if (search.query === '') return { ...search, failed: false };
  const query = search.query.toLowerCase();
  const shown = lines[search.at];
  for (let at = from; at >= 0 && at < lines.length; at += stepOf(search.direction)) {
    const line = lines[at] ?? '';
    const isNew = at === search.at || line !== shown;
    if (isNew && line.toLowerCase().includes(query)) return { ...search, at, failed: false };
  }
  return { ...search, failed: true };
};

/** What stands in the line meanwhile: what was found, with the cursor where it was found. */
export const foundBy = (search: Search, lines: readonly string[]): Line => {
  const text = lines[search.at];
  if (text === undefined) return search.before;
  const cursor = text.toLowerCase().indexOf(search.query.toLowerCase());
  return { text, cursor: Math.max(0, cursor) };
};

/** The row below the line: PSReadLine's words. */
export const searchRow = ({ direction, query, failed }: Search): string => {
  const word = direction === 'back' ? 'bck-i-search' : 'fwd-i-search';
  return `${failed ? `failed-${word}` : word}: ${query}_`;
};
