import { expect, test } from 'vitest';
import { claimsTheHouse, likenessOf } from './likeness.ts';

test.each([
  ['Ada', 'ada'],
  ['Ada', 'Аdа'], // Cyrillic А and а
  ['Ada Lovelace', 'Ada  Lovelace'],
  ['Ada Lovelace', 'AdaLovelace'],
  ['Zoë', 'Zoe'],
  ['Omar', 'Οmаr'], // Greek Ο, Cyrillic а
  ['Bill', 'BiII'],
  ['Bob', 'B0b'],
  ['Ann', 'A\u200dnn'], // a joiner with nothing to join
  ['Ｍarta', 'Marta'], // full width
  ['Mia', 'rnia'],
  ["O'Brien", 'O’Brien'],
])('%j and %j look alike', (one, other) => {
  expect(likenessOf(one)).toBe(likenessOf(other));
});

test.each([
  ['Ada', 'Adam'],
  ['Learner 2', 'Learner 3'],
  ['Learner 1', 'Learner 11'],
  ['李小龍', '李小狼'],
  ['محمد', 'محمود'],
  ['...', '---'],
])('%j and %j do not', (one, other) => {
  expect(likenessOf(one)).not.toBe(likenessOf(other));
});

test.each([
  'Instructor',
  'INSTRUCTOR',
  '1nstruct0r',
  'Іnѕtruсtor',
  'The Instructor',
  'In structor',
])('%j claims to be of the house', name => {
  expect(claimsTheHouse(name)).toBe(true);
});

test.each(['Ada', 'Teach', 'Instanton', '李小龍'])('%j claims nothing', name => {
  expect(claimsTheHouse(name)).toBe(false);
});
