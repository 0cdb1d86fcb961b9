import { expect, test } from 'vitest';
import { colourOf, initialsOf } from './badge.ts';

test.each([
  ['Priya Nair', 'PN'],
  ['omar', 'OM'],
  ['Ana María de la Cruz', 'AC'],
  ['🦊 Fox', '🦊F'],
  ['Q', 'Q'],
  ['', '?'],
])('%s is shown as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('a person has the same colour everywhere', () => {
  expect(colourOf('person:1')).toBe(colourOf('person:1'));
});
