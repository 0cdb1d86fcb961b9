import { expect, test } from 'vitest';
import { Console } from './console.fixture.ts';

/** What lines of a fresh console print. */
const printed = (text: string): string[] => new Console().lines(text);

test.each<[text: string, prints: string[]]>([
  ['$x = 5; $x * 2', ['10']],
  ['$a, $b, $c = 1, 2, 3, 4; $c', ['3', '4']],
  ['$i = 5; $i++; ($i++); $i', ['6', '7']],
  ['$x = $y = 3; "$x$y"', ['33']],
  ['[int]$n = "12"; $n + 1; $n = "7"; $n + 1', ['13', '8']],
  [
    '$h = @{ a = 1; b = "two" }; $h.a; $h["b"]; $h.Count; $h.c = 3; $h["c"]',
    ['1', 'two', '2', '3'],
  ],
  [
    '$a = 1, 2, 3; $a[-1]; $a[0, 1]; $a[1] = 9; $a[1]; $a += 4; $a.Count',
    ['3', '1', '2', '9', '4'],
  ],
  ['$o = [pscustomobject]@{ Name = "n"; Size = 3 }; $o.Size += 2; "$o"', ['@{Name=n; Size=5}']],
  ['@($null).Count; @().Count; $null.Count; (1).Count', ['1', '0', '0', '1']],
  ['"a $(1 + 1) $($h = 3; $h) ${x}!"', ['a 2 3 !']],
  ['\'single $x\' + "`ttab"', ['single $x\ttab']],
  ['$OFS = "-"; "$(1..3)"', ['1-2-3']],
])('[PS200] %s: variables, members and indexes are assigned and read', (text, prints) => {
  expect(printed(text)).toEqual(prints);
});

test.each<[text: string, prints: string[]]>([
  ['foreach ($i in 1..4) { if ($i -eq 2) { continue }; if ($i -eq 4) { break }; $i }', ['1', '3']],
  ['for ($i = 0; $i -lt 3; $i++) { $i }', ['0', '1', '2']],
  ['while ($n -lt 2) { $n++; $n }', ['1', '2']],
  ['do { $n++ } until ($n -ge 3); $n', ['3']],
  ['do { $n++ } while ($n -lt 3); $n', ['3']],
  [
    ':outer foreach ($i in 1..3) { foreach ($j in 1..3) { if ($j -eq 2) { continue outer }; "$i$j" } }',
    ['11', '21', '31'],
  ],
  ['foreach ($x in $null) { "never" }', []],
  ['if (0) { 1 } elseif ("") { 2 } else { 3 }', ['3']],
  ['$r = foreach ($i in 1..3) { $i * 2 }; $r -join ","', ['2,4,6']],
])('[PS201] %s: loops and branches', (text, prints) => {
  expect(printed(text)).toEqual(prints);
});

test.each<[text: string, prints: string[]]>([
  [
    'switch (3) { 1 { "one" } 3 { "three" } { $_ -gt 2 } { "big" } default { "d" } }',
    ['three', 'big'],
  ],
  ['switch -wildcard ("abc", "xyz") { "a*" { "A $_" } default { "no $_" } }', ['A abc', 'no xyz']],
  ['switch -regex ("vm12") { "(\\d+)" { $Matches[1] } }', ['12']],
  ['switch (1, 2, 3) { 1 { continue } 2 { "two"; break } default { "d" } }', ['two']],
  ['switch -CaseSensitive ("A") { "a" { "low" } "A" { "up" } }', ['up']],
])('[PS202] %s: switch', (text, prints) => {
  expect(printed(text)).toEqual(prints);
});

test.each<[text: string, prints: string[]]>([
  ['function f($a, [int]$b = 3) { "$a-$b" }; f 1; f x 9; f -b 4 -a q', ['1-3', 'x-9', 'q-4']],
  ['function f { "$args" }; f 1 -x 2', ['1 -x 2']],
  [
    'function f { param([switch]$On) $On.IsPresent; if ($On) { "on" } }; f -On; f',
    ['True', 'on', 'False'],
  ],
  ['filter double { $_ * 2 }; 1..3 | double', ['2', '4', '6']],
  ['function s { $input | % { $_ + 1 } }; 1, 2 | s', ['2', '3']],
  ['function p { begin { "b" } process { "p$_" } end { "e" } }; 1, 2 | p', ['b', 'p1', 'p2', 'e']],
  ['function two { 1; return 2; 3 }; two', ['1', '2']],
  ['$p = @{ a = 1; b = 2 }; function f($a, $b) { "$a$b" }; f @p; $l = 8, 9; f @l', ['12', '89']],
  ['& { param($q) "q=$q" } 5; $b = { $args[0] + 1 }; & $b 4; $b.Invoke(1)', ['q=5', '5', '2']],
  [
    '$x = 1; function f { $x = 2; $script:y = $x; g }; function g { $x }; f; $x; $y',
    ['2', '1', '2'],
  ],
  ['. { $dotted = 1 }; & { $called = 1 }; "$dotted/$called"', ['1/']],
  ['function k { $local:v = 1; $global:w = 2 }; k; "$v/$w"', ['/2']],
  [
    'function f { [CmdletBinding()] param([Parameter(ValueFromPipeline = $true)] $V) process { "<$V>" } }; 1, 2 | f',
    ['<1>', '<2>'],
  ],
  ['$y = 5; $c = { $y }.GetNewClosure(); & $c', ['5']],
  ["Invoke-Expression '$z = 1 + 1'; $z", ['2']],
])('[PS203] %s: functions, filters, blocks and scopes', (text, prints) => {
  expect(printed(text)).toEqual(prints);
});

test('[PS204] a pipeline streams: the stage behind works before the stage before goes on', () => {
  const lines = printed('1..2 | % { Write-Host "a$_"; $_ } | % { Write-Host "b$_" }');

  expect(lines).toEqual(['a1', 'b1', 'a2', 'b2']);
});

test('[PS204] a stage that has enough ends those before it, their finally included', () => {
  const lines = printed('& { try { 1..9 } finally { Write-Host "f" } } | select -First 2; "on"');

  expect(lines).toEqual(['1', '2', 'f', 'on']);
});

test('[PS204] a block of ForEach-Object keeps the variables it sets, and $_ is put back', () => {
  const lines = printed('$_ = 7; $sum = 0; 1..4 | % { $sum += $_ }; $sum; $_');

  expect(lines).toEqual(['10', '7']);
});

test('[PS205] automatic variables are those of the simulated host', () => {
  const lines = printed(
    '"$env:COMPUTERNAME $PWD $HOME"; $PSVersionTable.PSVersion; $true; $null -eq $nothing; [datetime]::Now; [Environment]::MachineName',
  );

  expect(lines).toEqual([
    'HV01 C:\\Users\\Administrator C:\\Users\\Administrator',
    '3.0',
    'True',
    'True',
    '09/04/2012 13:05:00',
    'HV01',
  ]);
});

test('[PS205] the dice of a session give the same guid to the same line', () => {
  const [one] = printed('[guid]::NewGuid()');

  const [other] = printed('[guid]::NewGuid()');

  expect(one).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(other).toBe(one);
});

test.each<[text: string, prints: string[]]>([
  [
    '"hello".ToUpper().Substring(1, 3); "a-b".Replace("-", "+"); "x,y".Split(",")[1]',
    ['ELL', 'a+b', 'y'],
  ],
  [
    '(1, 2, 3).Length; "abc".Length; "a".PadLeft(3); "abc".Contains("b"); "abc".IndexOf("c")',
    ['3', '3', '  a', 'True', '2'],
  ],
  [
    '[math]::Max(3, 7); [Math]::Round(2.5); [math]::Floor(-1.5); [int]::MaxValue',
    ['7', '2', '-2', '2147483647'],
  ],
  [
    '[string]::IsNullOrEmpty(""); [string]::Join("-", 1, 2); [regex]::Replace("a1", "\\d", "#")',
    ['True', '1-2', 'a#'],
  ],
  [
    '$l = New-Object System.Collections.ArrayList; [void]$l.Add(3); $l.Add(4); $l.Count',
    ['1', '2'],
  ],
  [
    '([datetime]"2012-09-04").AddDays(-1).DayOfWeek; (New-Object TimeSpan 1, 2, 3).TotalMinutes',
    ['Monday', '62.05'],
  ],
  [
    '$x = 5; $x.GetType().FullName; (1.5).GetType().Name; ,1 | % { $_.GetType().Name }',
    ['System.Int32', 'Double', 'Int32'],
  ],
  [
    '[IO.Path]::GetFileNameWithoutExtension("C:\\vm\\a.b.vhdx"); [Convert]::ToInt32("ff", 16)',
    ['a.b', '255'],
  ],
  ['(@{ Name = "a" }, @{ Name = "b" }).Name -join ","', ['a,b']],
])('[PS206] %s: methods and static members', (text, prints) => {
  expect(printed(text)).toEqual(prints);
});
