import { spanText } from '../format/lab-time.ts';
import type { When } from '../rest/request.ts';

/** What a moment is told by. */
export type By = 'time' | 'turn';

const TICKS_PER_SECOND = 10_000_000;

/** How far a lab has come. */
export interface Extent {
  readonly turn: number;
  readonly at: number;
}

/** What can be chosen: whole seconds of lab time, or turns. */
export const rangeOf = (by: By, { turn, at }: Extent): { min: number; max: number } =>
  by === 'turn' ? { min: 1, max: turn } : { min: 0, max: Math.floor(at / TICKS_PER_SECOND) };

/** What was typed, as far as it can be one of them. */
export const chosenIn = (text: string, by: By, extent: Extent): number | null => {
  if (!/^\d{1,15}$/u.test(text.trim())) return null;
  const { min, max } = rangeOf(by, extent);
  const value = Number(text);
  return value >= min && value <= max ? value : null;
};

export const whenOf = (by: By, value: number): When =>
  by === 'turn' ? { turn: value } : { at: value * TICKS_PER_SECOND };

/** `turn 17`, `2 min 5 s after its beginning`: in the middle of a sentence. */
export const momentText = (by: By, value: number): string =>
  by === 'turn'
    ? `turn ${value}`
    : value === 0
      ? 'its beginning'
      : `${spanText(value * TICKS_PER_SECOND)} after its beginning`;
