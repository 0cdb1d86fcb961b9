import { expect, test } from 'vitest';
import { Console } from './console.fixture.ts';

test.each<[text: string, id: string]>([
  ['while ($true) {}', 'LineLimitReached'],
  ['for (;;) { try { throw 1 } catch {} }', 'LineLimitReached'],
  ['try { while ($true) {} } catch { "seen" } finally { while ($true) {} }', 'LineLimitReached'],
  ['$s = "x"; while ($true) { $s += $s }', 'LineLimitReached'],
  ['$a = @(1); while ($true) { $a += $a }', 'LineLimitReached'],
  ['$h = @{}; $i = 0; while ($true) { $h[$i++] = "x" * 1000 }', 'LineLimitReached'],
  [
    '$l = New-Object System.Collections.ArrayList; while ($true) { [void]$l.Add("y" * 100) }',
    'LineLimitReached',
  ],
  ['1..2000000000', 'LineLimitReached'],
  ['"a" * 2000000000', 'LineLimitReached'],
  ['"a".PadLeft(2000000000)', 'StringTooLong'],
  ['$b = "x" * 900000; (@($b) * 1000) -join ""', 'StringTooLong'],
  ['$b = "x" * 900000; "x" * 900000 -replace "", $b', 'StringTooLong'],
  ['$b = "x" * 900000; (@($b) * 100000) -contains ("y" * 900000)', 'StringTooLong'],
  ['("a" * 900000) -like ("*" + "a" * 400000 + "b")', 'StringTooLong'],
  ['("a" * 900000).Contains("b" + "a" * 400000)', 'StringTooLong'],
  ['("a" * 900000) -match "(a?){50}b"', 'LineLimitReached'],
  ['[regex]::IsMatch("a" * 900000, "(a?){50}b")', 'RegexTooMuchWork'],
  ['function f { f }; f', 'CallDepthOverflow'],
  ['function f { try { f } finally { f } }; f', 'CallDepthOverflow'],
  ['function f { 1 | % { f } }; f', 'CallDepthOverflow'],
  ['$f = { & $f }; & $f', 'CallDepthOverflow'],
  [`1 ${'| % { $_ } '.repeat(150)}`, 'PipelineTooLong'],
])('[PS221] %s ends with an error and the session goes on', (text, id) => {
  const console = new Console();

  console.run(text);

  expect(console.lastError).toBe(id);
  expect(console.lines("'alive'")).toEqual(['alive']);
});

test('[PS221] a long line breathes, so that others have their turn', () => {
  const console = new Console();

  console.run('for ($i = 0; $i -lt 20000; $i++) {}');

  expect(console.breaths).toBeGreaterThan(20);
});

test.each([
  '$b = "$a"',
  '$b = $a -join ","',
  '$b = $a -contains -1',
  '$b = -1 -in $a',
  '$b = $a -eq -1',
  '$b = [string[]]$a',
  '$b = [string]$a',
  '$b = $a -match "x+y"',
  '$b = $a -replace "x", "y"',
  '$b = $a -split "x"',
  '$b = ("ab" * 100000) -match "(b+a+)+c"',
  '$b = ("ab" * 100000) -replace "b", "c"',
  '$b = ("ab" * 100000) -split "b"',
])('[PS221] %s is done piece by piece', text => {
  const console = new Console();
  console.run('$a = 1..100000');
  const before = console.breaths;

  console.run(text);

  expect(console.breaths - before).toBeGreaterThan(15);
});

test.each([
  ['$a + 1', '$a.Count', 2_000],
  ['$a.Clone()', '$a.Count', 2_000],
  ['throw "x"', '1', 500],
  ['Get-Date', '1', 500],
  ['& { 1 }', '1', 500],
  ['[scriptblock]::Create("if (1) { 2 } else { foreach (`$x in 3, 4) { `$x } }")', '1', 500],
  ['[Math]::Max(1, 2) | Out-Null', '1', 500],
])('[PS221] %s counts as the work it is', (dear, cheap, times) => {
  const [one, other] = [new Console(), new Console()];
  const loop = (what: string): string =>
    `$a = 1..10000; for ($i = 0; $i -lt ${times}; $i++) { try { $b = ${what} } catch { } }`;

  one.run(loop(dear));
  other.run(loop(cheap));

  expect(one.breaths).toBeGreaterThan(2 * other.breaths);
});

test('calls as deep as PowerShell allows do not use up the native stack', () => {
  const console = new Console();

  const lines = console.lines(
    'function f($n) { if ($n -gt 0) { f ($n - 1) } else { "bottom" } }; f 950',
  );

  expect(lines).toEqual(['bottom']);
});

test('an array that contains itself harms nobody', () => {
  const console = new Console();

  const lines = console.lines('$a = 1, 2; $a[0] = $a; "$a"; $a -join ","; $a.Count');

  expect(lines.at(-1)).toBe('2');
});
