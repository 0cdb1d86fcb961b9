/** Rows of text as a person reads them in a terminal; null is shown, and differs from no text. */
export const textTable = (
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): string => {
  const cells = [columns, ...rows].map(row => row.map(cell => (cell === null ? '∅' : tame(cell))));
  const widths = columns.map((_, column) =>
    Math.max(...cells.map(row => width(row[column] ?? ''))),
  );
  const lines = cells.map(row =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join(' | ')
      .trimEnd(),
  );
  const rule = widths.map(width => '-'.repeat(width)).join('-+-');
  return [lines[0] ?? '', rule, ...lines.slice(1)].join('\n');
};

const width = (text: string): number => Array.from(text).length;

/** A name in the database may hold what would move the cursor or colour the terminal. */
const tame = (text: string): string =>
  text.replaceAll('\n', '⏎').replaceAll(/\p{Cc}|\p{Bidi_Control}/gu, '\u{FFFD}');
