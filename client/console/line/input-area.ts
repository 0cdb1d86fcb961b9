import { coloured, DIM, type Piece } from './look.ts';
import type { LineEditor } from './line-editor.ts';
import { EMPTY, type Line } from './line.ts';
import { fitted, menuOf } from './menu.ts';
import { type Rows, rowsOf, windowed } from './rows.ts';
import { searchRow } from './search.ts';

/** How a console stands, as far as its line is concerned. */
export interface Standing {
  readonly state: 'ready' | 'running' | 'asking';
  readonly prompt: string;
  readonly secret: boolean;
}

export interface Room {
  readonly columns: number;
  /** Of the whole terminal: a line never takes all of them. */
  readonly rows: number;
  readonly startColumn: number;
}

export type InputArea = Rows & { readonly hasCursor: boolean };

/** The prompt with the line as it is being typed, and the menu or the search below it. */
export const typedArea = (editor: LineEditor, standing: Standing, room: Room): InputArea | null => {
  if (standing.state === 'running') return null;
  const { rows, cursor } = written(editor.line, standing, room);
  const below = rowsBelow(editor, Math.max(2, room.rows - rows.length - 1), room);
  const shown = windowed({ rows, cursor }, Math.max(1, room.rows - below.length));
  return { rows: [...shown.rows, ...below], cursor: shown.cursor, hasCursor: true };
};

/** What somebody else types, with their name behind it; nothing of what is secret. */
export const watchedArea = (
  { typing, name }: { readonly typing: Line; readonly name: string | null },
  standing: Standing,
  room: Room,
): InputArea | null => {
  if (standing.state === 'running') return null;
  const line = standing.secret ? EMPTY : typing;
  const signed = name === null || line.text === '' ? [] : [{ text: `  (${name})`, look: DIM }];
  const { prompt } = standing;
  const pieces = [...piecesOf(line.text, standing), ...signed];
  const rows = rowsOf({ prompt, pieces, cursor: line.cursor, ...room });
  return { ...windowed(rows, room.rows), hasCursor: true };
};

/** A line that was entered and is not yet printed. */
export const sentArea = (text: string, standing: Standing, room: Room): InputArea => {
  const { rows, cursor } = written({ text, cursor: text.length }, standing, room);
  return { ...windowed({ rows, cursor }, room.rows), hasCursor: false };
};

const written = ({ text, cursor }: Line, standing: Standing, room: Room): Rows =>
  rowsOf({ prompt: standing.prompt, pieces: piecesOf(text, standing), cursor, ...room });

const piecesOf = (text: string, { state, secret }: Standing): readonly Piece[] => {
  if (state !== 'asking') return coloured(text);
  // One star for each of its units: where the cursor stands is counted in them.
  return [{ text: secret ? '*'.repeat(text.length) : text, look: '' }];
};

const rowsBelow = (editor: LineEditor, most: number, { columns }: Room): readonly string[] => {
  const { search, completing } = editor;
  if (search !== null) return [`\u001b[${DIM}m${fitted(searchRow(search), columns - 1)}\u001b[0m`];
  if (completing === null || !completing.isMenu) return [];
  const menu = menuOf(completing.offer.matches, completing.at, { columns, most });
  editor.menuRows = menu.perColumn;
  return menu.rows;
};
