import { address } from '../../server/base/prng.ts';

// Legible as text on both grounds: each is a pair of a colour for light and for dark.
const PAIRS = [
  ['#0f6cbd', '#62abf5'],
  ['#0b7a5e', '#54c8a8'],
  ['#8a3ffc', '#be95ff'],
  ['#b4009e', '#ee5fd0'],
  ['#a74109', '#ffa26b'],
  ['#7a5c00', '#e3b341'],
] as const;

/** The same lab has the same colour for everyone. */
export const labColour = (lab: string, dark: boolean): string => {
  const pair = PAIRS[address(lab) % PAIRS.length] ?? PAIRS[0];
  return pair[dark ? 1 : 0];
};
