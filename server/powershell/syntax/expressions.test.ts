import { expect, test } from 'vitest';
import { sketch } from './sketch.fixture.ts';

type Row = readonly [text: string, tree: string];

test.each<Row>([
  ['1 + 2 * 3 - 4', '(- (+ 1 (* 2 3)) 4)'],
  ['1..3 | % { $_ }', '(.. 1 3) | [% (script-block $_)]'],
  ['1, 2 + 3', '(+ (array 1 2) 3)'],
  ['"{0}" -f 1, 2', "(-f '{0}' (array 1 2))"],
  ['$a -eq 1 -and $b -or $c', '(-or (-and (-eq $a 1) $b) $c)'],
  ['$a -band 1 -eq 1', '(-band $a (-eq 1 1))'],
  ['-not $a -eq 1', '(-eq (-not $a) 1)'],
  ['!$a', '(! $a)'],
  ['-join 1, 2', '(array (-join 1) 2)'],
  ['$a -cLIKE "x" -isnot [int]', "(-isnot (-clike $a 'x') [int])"],
  ['- $a', '(- $a)'],
  ['$x -5', '(- $x 5)'],
  ['-5', '-5'],
  [',1', '(array 1)'],
  ['2 * 0..3', '(* 2 (.. 0 3))'],
  ['++$i; $i--', '(++ $i); (post-- $i)'],
])('[PS110] operators bind in PowerShell\u2019s order: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Row>([
  ['[int]"5"', "(cast [int] '5')"],
  ['[int][char]$a', '(cast [int] (cast [char] $a))'],
  ['[Math]::Max(1, 2)', '(invoke:: [Math] Max 1 2)'],
  [
    '[System.Environment]::MachineName.Length',
    '(member. (member:: [System.Environment] MachineName) Length)',
  ],
  ['[byte[]](1, 2)', '(cast [byte[]] (paren (array 1 2)))'],
  ['[int[][]]$a', '(cast [int[][]] $a)'],
  [
    '[Collections.Generic.Dictionary[string,[Nullable[int]]]]',
    '[Collections.Generic.Dictionary[[string],[Nullable[[int]]]]]',
  ],
  ['[A.B, C, Version=1.0.0.0]', '[A.B]'],
  ['$a -is [int]', '(-is $a [int])'],
  ['[int]-5', '(cast [int] -5)'],
  ['[int] | gm', '[int] | [gm]'],
])('[PS111] types are named, cast to and asked for members: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Row>([
  ['$a.b.c', '(member. (member. $a b) c)'],
  ['$a.$b', '(member. $a $b)'],
  ["$a.'b c'", "(member. $a 'b c')"],
  ['$a.(1)', '(member. $a (paren 1))'],
  ['$a.b(1, (2, 3))', '(invoke. $a b 1 (paren (array 2 3)))'],
  ['$a.b{ 1 }', '(invoke. $a b (script-block 1))'],
  ['$a[1, 2]', '(index $a (array 1 2))'],
  ['$a[-1].b', '(member. (index $a -1) b)'],
  ['$a.\n  b', '(member. $a b)'],
  ['(1).b', '(member. (paren 1) b)'],
  ['"a".Length', "(member. 'a' Length)"],
  ['{ 1 }.Invoke()', '(invoke. (script-block 1) Invoke)'],
  ['$a .b', 'error UnexpectedToken'],
])('[PS112] members, methods and indices stand close to their value: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Row>([
  ['@{ a = 1; "b c" = 2\n 3 = Get-VM x }', "(hash a 1 'b c' 2 3 [Get-VM x])"],
  ['@{}', '(hash)'],
  ['@{ a = if (1) { 2 } }', '(hash a (if 1 2))'],
  ['@{ a = 1, 2 }', '(hash a (array 1 2))'],
  ['@(1; 2)', '(array-of 1 2)'],
  ['@()', '(array-of)'],
  ['$(a; b)', '(subexpression [a] [b])'],
  ['($a = 1)', '(paren (= $a 1))'],
  ['{ param($a, [int]$b = 1) $a }', '(script-block 1 $a)'],
  ['{ begin { 1 } process { 2 } end { 3 } }', '(script-block 1 2 3)'],
  ['[ordered]@{ a = 1 }', '(cast [ordered] (hash a 1))'],
  ['@{ a = 1; A = 2 }', 'error DuplicateKeyInHashLiteral'],
])('[PS113] tables, lists and blocks are values: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Row>([
  ['$a = 1', '(= $a 1)'],
  ['$a += 1', '(+= $a 1)'],
  ['$a, $b = 1, 2', '(= (array $a $b) (array 1 2))'],
  ['($a, $b) = 1, 2', '(= (array $a $b) (array 1 2))'],
  ['$a.b[1] = 2', '(= (index (member. $a b) 1) 2)'],
  ['[int]$a = 1', '(= (cast [int] $a) 1)'],
  ['$a = $b = 1', '(= $a (= $b 1))'],
  ['$a = Get-VM x | select y', '(= $a [Get-VM x] | [select y])'],
  ['$global:a = foreach ($b in 1) { 2 }', '(= $global:a (foreach $b 1 2))'],
  ['${a`}b} = 1', '(= $a}b 1)'],
  ['1 = 2', 'error InvalidLeftHandSide'],
  ['1++', 'error OperatorRequiresVariableOrProperty'],
])('[PS114] what can be assigned to is assigned any statement: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});
