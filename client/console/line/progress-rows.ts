import { fitted } from './menu.ts';
import { cellsOf } from './width.ts';

export interface Progress {
  readonly id: number;
  readonly activity: string;
  readonly status: string;
  readonly percent: number;
}

/** Bands that are drawn at once; more would leave nothing of the console. */
const BANDS = 3;

/** One activity as the console of Windows PowerShell 3 draws it across its top. */
export const progressRows = (progress: Progress, columns: number): readonly string[] => {
  const { activity, status, percent } = progress;
  const inner = columns - 12;
  const filled = Math.round((Math.min(100, Math.max(0, percent)) / 100) * inner);
  const bar = `[${'o'.repeat(filled)}${' '.repeat(Math.max(0, inner - filled))}]`;
  const rows = [` ${activity}`, `    ${status}`, ...(percent < 0 ? [] : [`    ${bar}`])];
  return [...rows, ''].map(row => padded(fitted(row, columns), columns));
};

export const shownProgress = (progress: readonly Progress[]): readonly Progress[] =>
  progress.slice(0, BANDS);

const padded = (row: string, columns: number): string =>
  row + ' '.repeat(Math.max(0, columns - cellsOf(row)));
