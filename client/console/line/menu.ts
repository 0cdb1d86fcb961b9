import type { Match } from './completing.ts';
import { CHOSEN, DIM } from './look.ts';
import { cellsOf, widthOf } from './width.ts';

export interface Menu {
  readonly rows: readonly string[];
  /** Matches in one column: how far Left and Right go. */
  readonly perColumn: number;
}

const GAP = 2;

/** All matches in columns, the chosen one lit, its tip below: as many rows as there is room for. */
export const menuOf = (
  matches: readonly Match[],
  at: number,
  { columns, most }: { readonly columns: number; readonly most: number },
): Menu => {
  const widest = Math.max(...matches.map(({ list }) => cellsOf(list)));
  const cell = Math.min(widest + GAP, columns);
  const across = Math.max(1, Math.floor(columns / cell));
  const perColumn = Math.ceil(matches.length / across);
  const room = Math.max(1, most - 1);
  const chosenRow = at % perColumn;
  const first = Math.min(Math.max(0, chosenRow - room + 1), Math.max(0, perColumn - room));
  const rows: string[] = [];
  for (let row = first; row < Math.min(perColumn, first + room); row += 1) {
    let text = '';
    for (let index = row; index < matches.length; index += perColumn) {
      const word = fitted(matches[index]?.list ?? '', cell - GAP);
      const pad = ' '.repeat(Math.max(0, cell - cellsOf(word)));
      text += index === at ? `\u001b[${CHOSEN}m${word}\u001b[0m${pad}` : `${word}${pad}`;
    }
    rows.push(text.trimEnd());
  }
  const tip = (matches[at]?.tip ?? '').split('\n')[0] ?? '';
  const count = perColumn > room ? `${at + 1} of ${matches.length}  ` : '';
  if (most > 1) rows.push(`\u001b[${DIM}m${fitted((count + tip).trimEnd(), columns - 1)}\u001b[0m`);
  return { rows, perColumn };
};

/** As much of it as has room. */
export const fitted = (text: string, cells: number): string => {
  if (cellsOf(text) <= cells) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += widthOf(character.codePointAt(0) ?? 0);
    if (used > cells - 1) break;
    kept += character;
  }
  return `${kept}\u2026`;
};
