import { expect, test } from 'vitest';
import type { Cmdlet } from './cmdlet.ts';
import { Console } from './console.fixture.ts';

test('a session keeps variables, functions, history and errors between lines', () => {
  const console = new Console();
  console.run('$x = 1; function f { "f$x" }');
  console.run('Get-Foo');

  const lines = console.lines('f; $Error.Count');

  expect(lines).toEqual(['f1', '1']);
  expect(console.session.prompt).toBe('PS C:\\Users\\Administrator> ');
  expect(console.session.state.history.map(({ line }) => line)).toEqual([
    '$x = 1; function f { "f$x" }',
    'Get-Foo',
    'f; $Error.Count',
  ]);
});

test('exit ends the session with its code', () => {
  const console = new Console();

  console.run("exit 3; 'never'");

  expect(console.session.exited).toBe(3);
  expect(console.printed).toBe('');
});

test('[PS220] Ctrl+C runs every finally, innermost first, and nothing else', () => {
  const console = new Console();
  const text =
    "function f { try { while ($true) {} } finally { Write-Host 'inner' } }; try { f } finally { Write-Host 'outer' }; 'never'";

  const printed = console.cancel(text, 3);

  expect(printed).toBe('inner\nouter\n');
  expect(console.lines("'alive'")).toEqual(['alive']);
});

test('[PS220] Ctrl+C far inside calls runs every finally', () => {
  const console = new Console();
  const text =
    'function f($n) { try { if ($n -eq 0) { while ($true) {} } else { f ($n - 1) } } finally { Write-Host $n } }; f 40';

  const printed = console.cancel(text, 30);

  expect(printed.trim().split('\n')).toEqual(Array.from({ length: 41 }, (_, i) => String(i)));
});

test('a cmdlet waits for an answer, and nobody there is an empty one', () => {
  const console = new Console();
  console.answers.push('WEB01');

  const lines = console.lines('$n = Read-Host \'Name\'; "<$n>"');

  expect(lines.at(-1)).toBe('<WEB01>');
  expect(console.waits).toMatchObject([{ wait: 'ask', answer: 'WEB01' }]);
});

test('a bug of a cmdlet is not hidden from whoever drives the session', () => {
  const broken: Cmdlet = {
    name: 'Start-Process',
    synopsis: 'Breaks.',
    examples: [],
    process: () => {
      throw new TypeError('a bug');
    },
  };
  const console = new Console(broken);

  expect(() => console.run('try { Start-Process x } catch { "hidden" }')).toThrow(TypeError);
});
