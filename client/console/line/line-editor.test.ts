import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '../../../server/powershell/syntax/parse.ts';
import { type Action, actionOf } from './keys.ts';
import { EMPTY } from './line.ts';
import { type Effect, LineEditor } from './line-editor.ts';
import { ENTRY_MOST } from './typed-text.ts';

const anEditor = (...entered: readonly string[]): LineEditor => {
  const editor = new LineEditor(text => parse(text).status === 'incomplete');
  editor.history.replace(entered);
  return editor;
};

/** Words are typed letter by letter; what stands in brackets is a key. */
const keys = (editor: LineEditor, ...what: readonly (Action | `"${string}"`)[]): Effect | null => {
  let last: Effect | null = null;
  for (const one of what) {
    if (!one.startsWith('"')) last = editor.press(one as Action);
    else for (const letter of one.slice(1, -1)) last = editor.type(letter);
  }
  return last;
};

/** The line with a bar where the cursor stands. */
const shown = ({ line: { text, cursor } }: LineEditor): string =>
  `${text.slice(0, cursor)}|${text.slice(cursor)}`;

test('words are jumped over as PSReadLine does, from beginning to beginning', () => {
  const editor = anEditor();
  keys(editor, '"Get-VM | select Name"', 'word-left', 'word-left');

  const left = shown(editor);
  keys(editor, 'home', 'word-right', 'word-right');

  expect(left).toBe('Get-VM | |select Name');
  expect(shown(editor)).toBe('Get-VM | |select Name');
});

test('what is cut word by word comes back in one piece', () => {
  const editor = anEditor();
  keys(editor, '"Stop-VM WEB01 -Force"', 'kill-word-left', 'kill-word-left');

  const cut = shown(editor);
  keys(editor, 'home', 'yank');

  expect(cut).toBe('Stop-VM |');
  expect(shown(editor)).toBe('WEB01 -Force|Stop-VM ');
});

test('letters of a word are undone together, and come back', () => {
  const editor = anEditor();
  keys(editor, '"Get-VM web"', 'undo');

  const once = editor.line.text;
  keys(editor, 'undo');
  const twice = editor.line.text;
  keys(editor, 'redo', 'redo');

  expect([once, twice]).toEqual(['Get-VM', '']);
  expect(shown(editor)).toBe('Get-VM web|');
});

test('a character of several code units is one step and one deletion', () => {
  const editor = anEditor();
  editor.type('a👩‍💻é');

  keys(editor, 'left', 'left');
  const before = shown(editor);
  keys(editor, 'delete-right');

  expect(before).toBe('a|👩‍💻é');
  expect(shown(editor)).toBe('a|é');
});

test('up goes back through lines, down comes back to what was being typed', () => {
  const editor = anEditor('Get-VM', 'Get-VMHost', 'Get-VMHost');
  keys(editor, '"Stop"', 'up', 'up');

  const back = editor.line.text;
  keys(editor, 'up');
  const end = editor.line.text;
  keys(editor, 'down', 'down');

  expect([back, end]).toEqual(['Get-VM', 'Get-VM']);
  expect(shown(editor)).toBe('Stop|');
});

test('in an entry of several rows up and down move between them first', () => {
  const editor = anEditor('Get-VM');
  editor.paste('foreach ($i in 1) {\n  $i\n}');

  keys(editor, 'up', 'up');
  const first = shown(editor);
  keys(editor, 'up');

  expect(first).toBe('f|oreach ($i in 1) {\n  $i\n}');
  expect(editor.line.text).toBe('Get-VM');
});

test('lines are found again by how they begin', () => {
  const editor = anEditor('Get-VM', 'Stop-VM WEB01', 'get-help');
  keys(editor, '"get"', 'prefix-older');

  const newest = shown(editor);
  keys(editor, 'prefix-older');

  expect(newest).toBe('get|-help');
  expect(shown(editor)).toBe('Get|-VM');
});

test('Ctrl+R finds letter by letter, goes on further back, and Enter runs what was found', () => {
  const editor = anEditor('Start-VM WEB01', 'Get-VM', 'Start-VM SQL01');
  keys(editor, '"x"', 'search-back', '"start"');

  const first = editor.line.text;
  keys(editor, 'search-back');
  const second = editor.line.text;
  const effect = keys(editor, 'enter');

  expect([first, second]).toEqual(['Start-VM SQL01', 'Start-VM WEB01']);
  expect(effect).toEqual({ do: 'enter', text: 'Start-VM WEB01' });
});

test('a search that finds nothing says so, and Escape brings the line back', () => {
  const editor = anEditor('Get-VM');
  keys(editor, '"mine"', 'search-back', '"vmx"');

  const failed = editor.search?.failed;
  keys(editor, 'revert');

  expect(failed).toBe(true);
  expect(shown(editor)).toBe('mine|');
});

test('Enter goes on in a new row as long as the entry is not complete', () => {
  const editor = anEditor();

  const effects = [
    keys(editor, '"if ($true) {"', 'enter'),
    keys(editor, '"1"', 'enter'),
    keys(editor, '"}"', 'enter'),
  ];

  expect(effects).toEqual([null, null, { do: 'enter', text: 'if ($true) {\n1\n}' }]);
  expect(editor.line).toEqual(EMPTY);
});

test('Shift+Enter begins a row anywhere; what is wrong is entered and answered by the shell', () => {
  const editor = anEditor();
  keys(editor, '"1"', 'new-line', '"2 )"');

  const effect = keys(editor, 'enter');

  expect(effect).toEqual({ do: 'enter', text: '1\n2 )' });
});

const OFFER = {
  start: 0,
  end: 6,
  matches: ['Get-VM', 'Get-VMHost', 'Get-VMSwitch'].map(text => ({ text, list: text, tip: '' })),
};

test('Tab asks, puts the first one in, and goes round; Shift+Tab goes back', () => {
  const editor = anEditor();
  const effect = keys(editor, '"get-vm -Name x"', 'home', 'complete-next');
  const asked = editor.line;

  editor.offered('next', asked, OFFER);
  const first = shown(editor);
  keys(editor, 'complete-previous');
  const last = shown(editor);
  keys(editor, 'complete-next', 'complete-next');

  expect(effect).toEqual({ do: 'complete', kind: 'next' });
  expect([first, last]).toEqual(['Get-VM| -Name x', 'Get-VMSwitch| -Name x']);
  expect(shown(editor)).toBe('Get-VMHost| -Name x');
});

test('an answer for a line that is not there any more is not used', () => {
  const editor = anEditor();
  keys(editor, '"get-vm"');
  const asked = editor.line;
  keys(editor, '"s"');

  const used = editor.offered('next', asked, OFFER);

  expect(used).toBe(false);
  expect(shown(editor)).toBe('get-vms|');
});

test('in the menu arrows choose, Enter takes, and Escape brings back what was typed', () => {
  const editor = anEditor();
  keys(editor, '"get-vm"');
  editor.offered('menu', editor.line, OFFER);

  keys(editor, 'down', 'down');
  const chosen = editor.line.text;
  const effect = keys(editor, 'enter');
  keys(editor, 'undo');
  editor.offered('menu', editor.line, OFFER);
  keys(editor, 'down', 'revert');

  expect(chosen).toBe('Get-VMSwitch');
  expect(effect).toBeNull();
  expect(editor.completing).toBeNull();
  expect(shown(editor)).toBe('get-vm|');
});

test('an answer is one line and nobody’s history; what was typed ahead waits for its prompt', () => {
  const editor = anEditor('Get-VM');
  keys(editor, '"ahead"');
  editor.turnTo('answer');
  const empty = editor.line.text;

  const effect = editor.paste('secret\nmore');
  keys(editor, 'up');
  const answered = keys(editor, 'enter');
  editor.turnTo('line');

  expect(empty).toBe('');
  expect(effect).toMatchObject({ do: 'say' });
  expect(answered).toEqual({ do: 'enter', text: 'secret' });
  expect(editor.history.lines).toEqual(['Get-VM']);
  expect(shown(editor)).toBe('ahead|');
});

test('what is pasted is cleaned, and too much of it is refused with a sentence and nothing else', () => {
  const editor = anEditor();
  editor.paste('a\tb\u0007\r\nc\ud800\r\n');
  const pasted = editor.line.text;

  const long = editor.paste('x'.repeat(ENTRY_MOST));
  const rows = editor.paste('x\n'.repeat(2_000));

  expect(pasted).toBe('a    b\nc\ufffd');
  expect(long).toMatchObject({ message: expect.stringMatching(/24,\d+ characters.*24,000/u) });
  expect(rows).toMatchObject({ message: expect.stringMatching(/2,001 lines/u) });
  expect(editor.line.text).toBe(pasted);
});

test('a line that is suggested replaces what was typed, which can be had back', () => {
  const editor = anEditor();
  keys(editor, '"half"');

  editor.suggest('Start-VM WEB01');
  const suggested = shown(editor);
  keys(editor, 'undo');

  expect(suggested).toBe('Start-VM WEB01|');
  expect(shown(editor)).toBe('half|');
});

test('whatever keys are pressed, the cursor stays between characters of the text', () => {
  const actions = [
    'enter',
    'new-line',
    'left',
    'right',
    'word-left',
    'word-right',
    'home',
  ] as const;
  const more = ['end', 'up', 'down', 'delete-left', 'delete-right', 'kill-word-left'] as const;
  const rest = ['kill-to-end', 'yank', 'undo', 'redo', 'revert', 'search-back'] as const;
  const press = fc.constantFrom<Action>(...actions, ...more, ...rest, 'complete-menu', 'cancel');
  const typed = fc.constantFrom('a', '-', ' ', '\n', '漢', '👩‍💻', '{', '"', '\ud800');
  const step = fc.oneof(
    press,
    typed.map(text => ({ text })),
  );

  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const editor = anEditor('Get-VM', 'if (1) {\n}');
      for (const one of steps) {
        if (typeof one === 'string') editor.press(one);
        else editor.type(one.text);
        const { text, cursor } = editor.line;
        expect(cursor).toBeGreaterThanOrEqual(0);
        expect(cursor).toBeLessThanOrEqual(text.length);
        expect(/[\ud800-\udfff]/u.test(text.slice(0, cursor))).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['Tab', {}, 'complete-next'],
  ['Tab', { shiftKey: true }, 'complete-previous'],
  [' ', { ctrlKey: true }, 'complete-menu'],
  ['R', { ctrlKey: true }, 'search-back'],
  ['Enter', { shiftKey: true }, 'new-line'],
  ['c', {}, null],
  ['c', { ctrlKey: true, altKey: true }, null],
  ['c', { metaKey: true }, null],
  ['t', { ctrlKey: true }, null],
] as const)('the key %s with %o is %s', (key, held, action) => {
  const event = { key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held };

  expect(actionOf(event)).toBe(action);
});
