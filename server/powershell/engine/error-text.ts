import { categoryText } from './error-object.ts';
import type { ErrorRecord, Place } from './error-record.ts';

/**
 * An error as Windows PowerShell 3 prints it: the command and the message, where it was, its category
 * and its id, wrapped to the console's width. Ends with a line of one space.
 */
export const errorText = (record: ErrorRecord, width: number): string => {
  const head = record.command === '' ? '' : `${record.command} : `;
  const message = `${head}${record.message}`;
  const position = record.place === null ? [] : positionLines(record.place);
  // What the parser says stands below the place.
  const lines = isParsers(record) ? [...position, message] : [message, ...position];
  lines.push(chunked(`+ CategoryInfo          : ${categoryText(record)}`, width));
  lines.push(chunked(`+ FullyQualifiedErrorId : ${record.id}`, width));
  lines.push(' ');
  return lines
    .flatMap(line => line.split(/\r?\n/))
    .flatMap(line => wrapped(line, width - 1))
    .map(line => `${line}\n`)
    .join('');
};

const isParsers = ({ reason }: ErrorRecord): boolean =>
  reason === 'ParentContainsErrorRecordException';

const INDENT = 4;
const MOST_ON_LINE = 69;

/** `At line:1 char:5`, the line, and what of it is meant. */
export const positionLines = ({ text, file, extent }: Place): string[] => {
  const before = text.slice(0, extent.start);
  const number = before.split('\n').length;
  const column = extent.start - (before.lastIndexOf('\n') + 1);
  const line = (text.split('\n')[number - 1] ?? '').trimEnd();
  const length = Math.max(Math.min(extent.end - extent.start, line.length - column), 1);
  const shown = excerpt(line, column, length);
  return [
    `At ${file === null ? 'line' : `${file}`}:${number} char:${column + 1}`,
    `+ ${shown.text}`,
    `+ ${' '.repeat(shown.column)}${'~'.repeat(shown.length)}`,
  ];
};

/** A long line is cut on both sides of what is meant. */
const excerpt = (line: string, column: number, length: number) => {
  if (line.length <= MOST_ON_LINE) return { text: line, column, length };
  const kept = Math.min(length, MOST_ON_LINE);
  const spare = Math.max(MOST_ON_LINE - kept, 0);
  const from = Math.max(Math.min(column - Math.floor(spare / 2), line.length - MOST_ON_LINE), 0);
  const to = Math.min(from + MOST_ON_LINE, line.length);
  const prefix = from > 0 ? '... ' : '';
  return {
    text: `${prefix}${line.slice(from, to)}${to < line.length ? ' ...' : ''}`,
    column: column - from + prefix.length,
    length: Math.min(kept, to - column),
  };
};

/** Pieces as long as the console less six, each behind four spaces, one behind another. */
const chunked = (text: string, width: number): string => {
  const size = Math.max(width - INDENT - 2, 1);
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
  return pieces.map(piece => ' '.repeat(INDENT) + piece).join('');
};

/** Breaks between words; every space may end a line or begin the next. */
const wrapped = (line: string, width: number): string[] => {
  const lines = [''];
  for (const [word] of line.matchAll(/ |[^ ]+/g)) {
    let rest = word;
    let last = lines.pop() ?? '';
    if (last.length + rest.length > width && last !== '') {
      lines.push(last);
      last = '';
    }
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    lines.push(last + rest);
  }
  return lines;
};
