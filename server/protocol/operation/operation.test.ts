import { expect, test } from 'vitest';
import { freeText, givenName, idOf } from './operation.ts';

const unstorable = ['a\u0000b', 'half \ud83d of a smile', '\udc00'];

test.each(unstorable)(
  '%j, which no database holds as text, is no name, no id and no text',
  text => {
    const accepted = [givenName, freeText, idOf('vm')].map(
      (schema, index) => schema.safeParse(index === 2 ? `vm:${text}` : text).success,
    );

    expect(accepted).toEqual([false, false, false]);
  },
);

test('whole characters of every plane are text, and lines too', () => {
  const accepted = [
    givenName.safeParse('Küche 😀 データ').success,
    freeText.safeParse('one line\nand\tanother 😀').success,
    idOf('host').safeParse('host:Küche 😀').success,
  ];

  expect(accepted).toEqual([true, true, true]);
});

test.each([
  ['a control', 'a\u0007b'],
  ['a C1 control', 'a\u0085b'],
  ['an override of direction', 'a\u202eb'],
  ['an isolate', 'a\u2066b'],
  ['a mark of direction', 'a\u200fb'],
  ['the Arabic letter mark', 'a\u061cb'],
  ['a line separator', 'a\u2028b'],
  ['a space of no width', 'a\u200bb'],
  ['a soft hyphen', 'a\u00adb'],
  ['a tag', 'a\u{e0041}b'],
])('a name or an id with %s is refused', (_what, name) => {
  const accepted = [
    givenName.safeParse(name).success,
    idOf('vm').safeParse(`vm:${name}`).success,
    givenName.safeParse(name.replaceAll(/[^ab]/gu, '')).success,
  ];

  expect(accepted).toEqual([false, false, true]);
});

test('joiners stay, for they are spelling', () => {
  expect(givenName.safeParse('می\u200cخواهم 👩\u200d💻').success).toBe(true);
});
