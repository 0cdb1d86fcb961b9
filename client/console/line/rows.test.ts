import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENTRY_LIMIT } from '../../../server/protocol/wire/up/console-request.ts';
import { LineEditor } from './line-editor.ts';
import { sentArea, typedArea, watchedArea } from './input-area.ts';
import { coloured } from './look.ts';
import { menuOf } from './menu.ts';
import { progressRows } from './progress-rows.ts';
import { rowsOf, windowed } from './rows.ts';
import { ENTRY_MOST } from './typed-text.ts';
import { cellsOf, widthOf } from './width.ts';

const SGR = /\u001b\[[\d;]*m/gu;
const plain = (row: string): string => row.replaceAll(SGR, '');
const pieces = (text: string) => [{ text, look: '' }];
const rowsFor = (text: string, cursor: number, columns = 10, startColumn = 0) =>
  rowsOf({ prompt: 'PS> ', pieces: pieces(text), cursor, columns, startColumn });

test('an entry is as long as the server takes it', () => {
  expect(ENTRY_MOST).toBeLessThanOrEqual(ENTRY_LIMIT);
});

test('a long line goes on in the next row, and the cursor with it', () => {
  const { rows, cursor } = rowsFor('0123456789', 8);

  expect(rows).toEqual(['PS> 012345', '6789']);
  expect(cursor).toEqual({ row: 1, column: 2 });
});

test('behind a row that is just full the cursor stands in the next one', () => {
  const { rows, cursor } = rowsFor('012345', 6);

  expect(rows).toEqual(['PS> 012345', '']);
  expect(cursor).toEqual({ row: 1, column: 0 });
});

test('a row of an entry that is not complete begins with >>', () => {
  const { rows, cursor } = rowsFor('a\nb', 3);

  expect(rows).toEqual(['PS> a', '>> b']);
  expect(cursor).toEqual({ row: 1, column: 4 });
});

test('wide characters take two cells and are not cut in two', () => {
  const { rows, cursor } = rowsFor('01234漢字', 6);

  expect(rows).toEqual(['PS> 01234', '漢字']);
  expect(cursor).toEqual({ row: 1, column: 2 });
  expect(Array.from('a漢👍\u0301\u200d', one => widthOf(one.codePointAt(0) ?? 0))).toEqual([
    1, 2, 2, 0, 0,
  ]);
});

test('behind text that did not end its line the prompt begins there', () => {
  const { rows } = rowsFor('abc', 3, 10, 4);

  expect(rows).toEqual(['PS> ab', 'c']);
});

test('no row is longer than the terminal, and nothing is lost', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '漢', '\u0301', '\n', ' ', '👍') });

  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), fc.nat(80), (typed, columns, at) => {
      const { rows, cursor } = rowsFor(typed, Math.min(at, typed.length), columns);
      expect(Math.max(...rows.map(cellsOf))).toBeLessThanOrEqual(columns);
      expect(cursor.row).toBeLessThan(rows.length);
      expect(cursor.column).toBeLessThan(columns);
      const all = rows.join('').slice('PS> '.length).replaceAll('>> ', '');
      expect(all).toBe(typed.replaceAll('\n', ''));
    }),
  );
});

test('of an entry higher than the terminal the rows around the cursor are shown', () => {
  const text = Array.from({ length: 30 }, (_, index) => `row ${index}`).join('\n');

  const shown = windowed(rowsFor(text, text.indexOf('row 12'), 20), 6);

  expect(shown.rows.map(plain)).toEqual([
    '... 9 rows above',
    '>> row 9',
    '>> row 10',
    '>> row 11',
    '>> row 12',
    '... 17 rows below',
  ]);
  expect(shown.cursor).toEqual({ row: 4, column: 3 });
});

test('what is typed has the colours of PSReadLine', () => {
  const looks = coloured('Get-VM -Name "x" # all').filter(({ look }) => look !== '');

  expect(looks).toEqual([
    { text: 'Get-VM', look: '93' },
    { text: '-Name', look: '90' },
    { text: '"x"', look: '36' },
    { text: '# all', look: '32' },
  ]);
});

const STANDING = { state: 'ready', prompt: 'PS> ', secret: false } as const;
const ROOM = { columns: 40, rows: 8, startColumn: 0 };

test('a menu stands below the line in columns, with the tip of the chosen one', () => {
  const matches = ['Name', 'State', 'Uptime', 'Version', 'Path'].map(list => ({
    text: list,
    list,
    tip: `about ${list}`,
  }));
  const editor = new LineEditor(() => false);
  editor.type('Get-VM -');

  editor.offered('menu', editor.line, { start: 7, end: 8, matches });
  editor.press('down');
  const area = typedArea(editor, STANDING, { ...ROOM, columns: 20 });

  expect(area?.rows.map(plain)).toEqual([
    'PS> Get-VM State',
    'Name     Version',
    'State    Path',
    'Uptime',
    'about State',
  ]);
  expect(area?.cursor).toEqual({ row: 0, column: 16 });
});

test('a menu with more than there is room for keeps the chosen one in sight', () => {
  const matches = Array.from({ length: 90 }, (_, index) => `Item${index}`).map(list => ({
    text: list,
    list,
    tip: '',
  }));

  const { rows } = menuOf(matches, 70, { columns: 10, most: 5 });

  expect(rows).toHaveLength(5);
  expect(rows.join('')).toContain('\u001b[30;47mItem70');
  expect(plain(rows[4] ?? '')).toBe('71 of 90');
});

test('an answer is not coloured, and a secret one is stars for whoever types and nothing for others', () => {
  const editor = new LineEditor(() => false);
  const asking = { state: 'asking', prompt: 'Password: ', secret: true } as const;
  editor.turnTo('answer');
  editor.type('pa$$');

  const own = typedArea(editor, asking, ROOM);
  const others = watchedArea({ typing: { text: 'pa$$', cursor: 4 }, name: 'Ann' }, asking, ROOM);

  expect(own?.rows).toEqual(['Password: ****']);
  expect(others?.rows).toEqual(['Password: ']);
});

test('what somebody else types has their name behind it, and the cursor where they are', () => {
  const area = watchedArea({ typing: { text: 'Get-VM', cursor: 3 }, name: 'Ann' }, STANDING, ROOM);

  expect(area?.rows.map(plain)).toEqual(['PS> Get-VM  (Ann)']);
  expect(area?.cursor).toEqual({ row: 0, column: 7 });
});

test('while a line runs there is no prompt; what was entered stays until it is printed', () => {
  const running = { ...STANDING, state: 'running' } as const;

  const areas = [
    typedArea(new LineEditor(() => false), running, ROOM),
    sentArea('1', STANDING, ROOM),
  ];

  expect(areas[0]).toBeNull();
  expect(areas[1]).toMatchObject({ hasCursor: false });
});

test('progress is a band with a bar of o, as wide as the console', () => {
  const progress = { id: 1, activity: 'Starting', status: '50% complete', percent: 50 };

  const rows = progressRows(progress, 32);

  expect(rows.map(row => row.trimEnd())).toEqual([
    ' Starting',
    '    50% complete',
    '    [oooooooooo          ]',
    '',
  ]);
  expect(rows.every(row => row.length === 32)).toBe(true);
  expect(progressRows({ ...progress, percent: -1 }, 32)).toHaveLength(3);
});
