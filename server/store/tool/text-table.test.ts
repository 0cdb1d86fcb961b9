import { expect, test } from 'vitest';
import { textTable } from './text-table.ts';

test('columns stand below each other and null differs from no text', () => {
  const table = textTable(
    ['id', 'name'],
    [
      ['1', 'Web'],
      ['20', null],
      ['3', ''],
    ],
  );

  expect(table.split('\n')).toEqual(['id | name', '---+-----', '1  | Web', '20 | ∅', '3  |']);
});

test('what would move the cursor or turn the text around is shown as a sign', () => {
  const table = textTable(['name'], [['\u001b[31mred\u202e\nnext']]);

  expect(table).toContain('\u{FFFD}[31mred\u{FFFD}⏎next');
});
