import { address } from '../../server/base/prng.ts';

// Each has at least 4.5:1 against white; grey is for whoever is away.
const COLOURS = [
  '#8764b8',
  '#b4009e',
  '#a74109',
  '#0f6cbd',
  '#0b7a5e',
  '#7a5c00',
  '#ad0b4f',
  '#4f6bed',
  '#8a3b12',
  '#006f94',
] as const;

/** The same colour for the same person on every screen. */
export const colourOf = (id: string): string => COLOURS[address(id) % COLOURS.length] ?? COLOURS[0];

/** `PN` for Priya Nair, `OM` for Omar: whole characters, so that no emoji is cut in two. */
export const initialsOf = (name: string): string => {
  const words = name.split(/[\s.-]+/u).filter(word => word !== '');
  const first = Array.from(words[0] ?? '?');
  const last = words.length > 1 ? Array.from(words.at(-1) ?? '') : [];
  const initials = last.length > 0 ? [first[0], last[0]] : first.slice(0, 2);
  return initials.join('').toLocaleUpperCase('en');
};
