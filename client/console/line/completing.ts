import type { Line } from './line.ts';

export interface Match {
  readonly text: string;
  readonly list: string;
  readonly tip: string;
}

/** What the server offers in place of a stretch of the line. */
export interface Offer {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly Match[];
}

export type CompletionKind = 'next' | 'previous' | 'menu';

/** Going through what could stand there. */
export interface Completing {
  readonly offer: Offer;
  readonly at: number;
  readonly isMenu: boolean;
  readonly before: Line;
}

/** Null when there is nothing, or the offer does not fit the line. */
export const beginCompleting = (
  kind: CompletionKind,
  before: Line,
  offer: Offer,
): Completing | null => {
  const { start, end, matches } = offer;
  if (matches.length === 0 || start > end || end > before.text.length) return null;
  const at = kind === 'previous' ? matches.length - 1 : 0;
  return { offer, at, isMenu: kind === 'menu' && matches.length > 1, before };
};

/** Round and round. */
export const stepped = (completing: Completing, by: number): Completing => {
  const { length } = completing.offer.matches;
  return { ...completing, at: (((completing.at + by) % length) + length) % length };
};

/** The line with the match in its place. */
export const withMatch = ({ offer, at, before }: Completing): Line => {
  const text = offer.matches[at]?.text ?? '';
  return {
    text: before.text.slice(0, offer.start) + text + before.text.slice(offer.end),
    cursor: offer.start + text.length,
  };
};
