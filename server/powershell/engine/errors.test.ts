import { expect, test } from 'vitest';
import { Console } from './console.fixture.ts';

test('[PS210] an unknown command is red word for word, wrapped as the console wraps', () => {
  const printed = new Console().run('Get-Foo -bar');

  expect(printed).toBe(
    [
      "Get-Foo : The term 'Get-Foo' is not recognized as the name of a cmdlet, ",
      'function, script file, or operable program. Check the spelling of the name, or ',
      'if a path was included, verify that the path is correct and try again.',
      'At line:1 char:1',
      '+ Get-Foo -bar',
      '+ ~~~~~~~',
      '    + CategoryInfo          : ObjectNotFound: (Get-Foo:String) [], CommandNotF ',
      '   oundException',
      '    + FullyQualifiedErrorId : CommandNotFoundException',
      ' ',
      '',
    ].join('\n'),
  );
});

test('[PS210] what the parser says stands below the place', () => {
  const lines = new Console().lines('1 +');

  expect(lines.slice(0, 3)).toEqual(['At line:1 char:4', '+ 1 +', '+    ~']);
  expect(lines[3]).toContain('You must provide a value expression');
});

test('[PS211] an error ends its statement, and the next one goes on', () => {
  const lines = new Console().lines("1/0\n'next'");

  expect(lines[0]).toBe('Attempted to divide by zero.');
  expect(lines.at(-1)).toBe('next');
});

test('[PS211] throw ends the script', () => {
  const lines = new Console().lines("throw 'boom'; 'never'");

  expect(lines[0]).toBe('boom');
  expect(lines).not.toContain('never');
});

test.each<[text: string, prints: string[]]>([
  [
    "try { 1/0; 'no' } catch { \"c $($_.Exception.Message)\" } finally { 'f' }",
    ['c Attempted to divide by zero.', 'f'],
  ],
  [
    "try { Get-Foo } catch [System.Management.Automation.CommandNotFoundException] { 'not there' }",
    ['not there'],
  ],
  ["try { throw 'x' } catch [System.FormatException] { 'no' } catch { \"any $_\" }", ['any x']],
  ["function f { 1/0; 'after' }; try { f } catch { 'caught' }", ['caught']],
  ["try { try { throw 'in' } finally { 'f' } } catch { \"$_\" }", ['f', 'in']],
  ['try { try { throw \'a\' } catch { throw } } catch { "again $_" }', ['again a']],
  [
    "function t { trap { \"trapped $_\"; continue }; throw 'x'; 'after' }; t",
    ['trapped x', 'after'],
  ],
  ['$r = try { 5 } catch { 6 }; $r', ['5']],
  [
    "try { Write-Error 'e' -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }",
    [
      'Microsoft.PowerShell.Commands.WriteErrorException,Microsoft.PowerShell.Commands.WriteErrorCommand',
    ],
  ],
])('[PS212] %s: try, catch, finally and trap', (text, prints) => {
  expect(new Console().lines(text)).toEqual(prints);
});

test.each<[text: string, prints: string[]]>([
  ["Write-Error 'e' -ErrorAction SilentlyContinue -ErrorVariable v; $v.Count; $?", ['1', 'True']],
  ["$ErrorActionPreference = 'SilentlyContinue'; 1/0; $Error.Count", ['1']],
  ["Write-Error 'e' 2>$null; Get-Foo 2>$null; 'quiet'", ['quiet']],
  ["$r = Write-Error 'm' 2>&1; $r.GetType().Name", ['ErrorRecord']],
  ["Write-Warning 'w' -WarningAction SilentlyContinue; Write-Warning 'x'", ['WARNING: x']],
  ["Write-Verbose 'v'; Write-Verbose 'w' -Verbose", ['VERBOSE: w']],
  ['Write-Output 4 -OutVariable o; $o.Count', ['4', '1']],
])('[PS213] %s: preferences, redirections and common parameters', (text, prints) => {
  expect(new Console().lines(text)).toEqual(prints);
});

test.each<[text: string, prints: string[]]>([
  ["try { 1 | % { try { $_ } catch { 'up' } } | % { throw 'x' } } catch { \"out $_\" }", ['out x']],
  [
    "function f { try { 1 } catch { 'up' } finally { 'tidy' | Out-Host } }; try { f | % { throw 'x' } } catch { \"out $_\" }",
    ['tidy', 'out x'],
  ],
  [
    "function f { trap { 'up'; continue }; 1; 2 }; try { f | % { throw 'x' } } catch { \"out $_\" }",
    ['out x'],
  ],
  [
    "try { 1 | % { try { 5 | % { $_ } } catch { 'inner' } } | % { throw 'x' } } catch { \"out $_\" }",
    ['out x'],
  ],
  ['1 | % { try { throw \'own\' } catch { "up $_" } } | % { "down $_" }', ['down up own']],
  [
    "1 | % { try { $_ } catch { 'up' } } | % { try { throw 'x' } catch { \"down $_\" } }",
    ['down x'],
  ],
  ['1 | % { try { $_ | % { throw \'in\' } } catch { "up $_" } } | % { $_ }', ['up in']],
])('[PS215] %s prints %j', (text, prints) => {
  expect(new Console().lines(text)).toEqual(prints);
});

test('[PS215] what a later stage throws ends the stages before it, once', () => {
  const console = new Console();

  const lines = console.lines('1..3 | % { $_; $_ } | % { throw "x$_" }; \'never\'');

  expect(lines[0]).toBe('x1');
  expect(lines.join(' ')).not.toContain('x2');
  expect(lines).not.toContain('never');
  expect(console.session.state.errors).toHaveLength(1);
});

test.each<[text: string, shown: number, prints: string[]]>([
  [
    "foreach ($x in ($(Write-Output 1 *>&1 | Group-Object @{ a = 1 }; $a) + 0)) { 'body' }; 'next'",
    1,
    ['body', 'next'],
  ],
  ["Write-Error 'e' 2>&1 | Sort-Object @{ a = 1 }; 'next'", 1, ['next']],
  ["function f { Write-Error 'e'; 1 }; f 2>&1 | % { 1/0 }; 'next'", 2, ['next']],
  ["1 | Sort-Object @{ a = 1 } 2>$null | % { 'no' }; 'next'", 0, ['next']],
  ["Write-Output 1 2>$null | Sort-Object @{ a = 1 }; 'next'", 1, ['next']],
  ['(Write-Output 1 | Sort-Object @{ a = 1 } 2>&1).CategoryInfo.Reason', 0, ['RuntimeException']],
  ["Write-Output 1 *>&1 | Select-Object -First 1 | Sort-Object @{ a = 1 } *>&1 | % { 'e' }", 1, []],
])(
  '[PS216] %s: what ends a pipeline goes where the failing command sends its errors',
  (text, shown, prints) => {
    const lines = new Console().lines(text);

    expect(lines.filter(line => line.includes('FullyQualifiedErrorId'))).toHaveLength(shown);
    expect(lines.filter(line => /^\w+$/.test(line))).toEqual(prints);
  },
);

test('[PS213] -ErrorAction Stop ends the script with the error itself', () => {
  const lines = new Console().lines("Write-Error 'stops' -ErrorAction Stop; 'never'");

  expect(lines.join('')).toContain("Write-Error 'stops' -ErrorAction Stop; 'never' : stops");
  expect(lines).not.toContain('never');
});

test.each<[text: string, id: string]>([
  ["[int]'zz'", 'InvalidCastFromStringToInteger'],
  ["1 + 'a'", 'InvalidCastFromStringToInteger'],
  ['$true = 3', 'VariableNotWritable'],
  ['$null.Foo()', 'InvokeMethodOnNull'],
  ['$null[0]', 'NullArray'],
  ["'a'.Foo()", 'MethodNotFound'],
  ["'a'.Length = 3", 'PropertyAssignmentException'],
  ['$o = [pscustomobject]@{ A = 1 }; $o.B = 2', 'PropertyNotFound'],
  ['[no.such]::Type', 'TypeNotFound'],
  ['1..2 + @{}; @{ a = 1 } + @{ a = 2 }', 'System.ArgumentException'],
  ["'abc'.Substring(9)", 'ArgumentOutOfRangeException'],
  ['ipconfig', 'NotSimulated'],
  ["[xml]'<a/>'", 'NotSimulated'],
  ['1 > C:\\a.txt', 'NotSimulated'],
])('[PS214] %s is %s', (text, id) => {
  const console = new Console();

  console.run(text);

  expect(console.lastError).toBe(id);
});
