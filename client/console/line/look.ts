import { highlight } from '../../../server/powershell/syntax/highlight.ts';
import type { Mark } from '../../../server/powershell/syntax/mark.ts';

/** A stretch of text in one look: the numbers of a terminal's SGR sequence, or none. */
export interface Piece {
  readonly text: string;
  readonly look: string;
}

/** PSReadLine's first colours, by the sixteen of a terminal. */
const LOOKS: { readonly [K in Mark['kind']]: string } = {
  command: '93',
  parameter: '90',
  string: '36',
  variable: '92',
  number: '97',
  operator: '90',
  keyword: '92',
  comment: '32',
  type: '37',
  member: '97',
  error: '91',
};

export const DIM = '90';
export const CHOSEN = '30;47';

/** A line of PowerShell in its colours. */
export const coloured = (text: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, kind } of highlight(text)) {
    if (start > at) pieces.push({ text: text.slice(at, start), look: '' });
    pieces.push({ text: text.slice(start, end), look: LOOKS[kind] });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), look: '' });
  return pieces;
};
