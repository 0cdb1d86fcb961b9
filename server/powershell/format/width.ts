/** Narrower than this a column is left out. */
const LEAST = 5;

/** A space between two columns. */
const GAP = 1;

/** Null is a column without a width of its own. */
export type Width = number | null;

/**
 * Widths of columns in a line of so many characters, 0 for one that is left out: columns without a
 * width share what is left, then from the right what does not fit is cut or left out. Recalled.
 */
export const fitted = (widths: readonly Width[], line: number): readonly number[] => {
  const given = shared(widths, line);
  for (let last = given.length - 1; last >= 0; last -= 1) {
    const extra = totalOf(given) - line;
    if (extra <= 0) break;
    const left = (given[last] ?? 0) - extra;
    // The first column is shown whatever happens.
    if (left >= LEAST || last === 0) {
      given[last] = Math.max(1, left);
      break;
    }
    given[last] = 0;
  }
  return given;
};

const shared = (widths: readonly Width[], line: number): number[] => {
  const open = widths.filter(width => width === null).length;
  if (open === 0) return widths.map(width => width ?? 0);
  const taken = widths.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  const left = line - taken - GAP * (widths.length - 1);
  const share = Math.max(LEAST, Math.floor(left / open));
  return widths.map(width => width ?? share);
};

const totalOf = (widths: readonly number[]): number => {
  const shown = widths.filter(width => width > 0);
  return shown.reduce((sum, width) => sum + width + GAP, -GAP);
};

export type Align = 'left' | 'center' | 'right';

/** Text in a cell of that width; what is cut ends in dots, and a number is cut at its front. */
export const placed = (text: string, width: number, align: Align): string => {
  if (text.length > width) {
    if (width <= 3) return text.slice(0, width);
    return align === 'right' ? `...${text.slice(3 - width)}` : `${text.slice(0, width - 3)}...`;
  }
  if (align === 'right') return text.padStart(width);
  if (align === 'left') return text.padEnd(width);
  const before = Math.floor((width - text.length) / 2);
  return text.padStart(before + text.length).padEnd(width);
};
