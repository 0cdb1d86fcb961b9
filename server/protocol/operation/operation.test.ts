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

test('a name or an id that turns the direction of text is refused', () => {
  const accepted = [
    givenName.safeParse('a\u202eb').success,
    idOf('vm').safeParse('vm:a\u202eb').success,
  ];

  expect(accepted).toEqual([false, false]);
});
