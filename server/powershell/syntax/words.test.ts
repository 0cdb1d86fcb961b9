import { expect, test } from 'vitest';
import { sketch } from './sketch.fixture.ts';

type Rows = readonly (readonly [text: string, tree: string])[];

test.each<Rows[number]>([
  ['Start-VM web1', '[Start-VM web1]'],
  ['Start-VM web1,web2 , web3', '[Start-VM (array web1 web2 web3)]'],
  ['Start-VM -Name web1, "db 1"', "[Start-VM -Name (array web1 'db 1')]"],
  ['Start-VM web*,\n db', '[Start-VM (array web* db)]'],
  ['Checkpoint-VM a`b"c d"\'e\'', '[Checkpoint-VM a\bc de]'],
  ['Get-VM a#b # c', '[Get-VM a#b]'],
  ['Get-VM [ab]*', '[Get-VM [ab]*]'],
  ['Get-VM 1..3 -5 +5 10.0.0.1', '[Get-VM 1..3 -5 +5 10.0.0.1]'],
  ['7zip x', '[7zip x]'],
  ['echo a>b', '[echo a>b]'],
  ['echo "a"b', "[echo 'a' b]"],
  ['echo $(1)b', '[echo (subexpression 1) b]'],
])('[PS101] words need no quotes, and commas make lists of them: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Rows[number]>([
  ['Set-VM \u2013Name \u2014Memory \u20155', '[Set-VM -Name -Memory \u20155]'],
  ['Set-VM \u201ca b\u201d \u2018c\u2019', "[Set-VM 'a b' 'c']"],
  ['3 \u2013 1', '(- 3 1)'],
  ['$a \u2013eq 1', '(-eq $a 1)'],
  ['Set-VM\u00a0a', '[Set-VM a]'],
])('[PS102] typographic dashes, quotes and blanks do as the plain ones: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Rows[number]>([
  ['1KB', '1024'],
  ['4GB', 'Int644294967296'],
  ['1PB', 'Int641125899906842624'],
  ['0.5mb', 'Double524288'],
  ['0x1F', '31'],
  ['0xFFFFFFFF', '-1'],
  ['0x1FFFFFFFF', 'Int648589934591'],
  ['-0x10', '-16'],
  ['5l', 'Int645'],
  ['2d', 'Decimal2'],
  ['1.50d', 'Decimal1.50'],
  ['1dkb', 'Decimal1024'],
  ['2147483648', 'Int642147483648'],
  ['9223372036854775807', 'Int649223372036854775807'],
  ['9223372036854775808', 'Decimal9223372036854775808'],
  ['99999999999999999999999999999999', 'Double1e+32'],
  ['1e3', 'Double1000'],
  ['.5', 'Double0.5'],
  ['7+1', '(+ 7 1)'],
  ['1e999', 'error BadNumericConstant'],
  ['99999999999999999999l', 'error BadNumericConstant'],
])('[PS103] numbers have suffixes, and the narrowest type that holds them: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Rows[number]>([
  ['Get-VM @common -Name x', '[Get-VM @common -Name x]'],
  ['Stop-VM x -Confirm:$false', '[Stop-VM x -Confirm:$false]'],
  ['Stop-VM -Name: x', '[Stop-VM -Name:x]'],
  ['ping --% -n 1 | more', '[ping --% -n 1] | [more]'],
  ['x -- -a -b', '[x -a -b]'],
  ['x -a"b" --c="d"', '[x -ab --c=d]'],
  ['x -a.b', '[x -a .b]'],
  ['& "C:\\a b.exe" 1', "[&'C:\\a b.exe' 1]"],
  ['. .\\a.ps1', '[..\\a.ps1]'],
  ['&$block', '[&$block]'],
  ['.\\a.ps1', '[.\\a.ps1]'],
])('[PS104] parameters, calls and what is passed on as it is: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Rows[number]>([
  ['dir $env:windir\\x', '[dir {$env:windir}\\x]'],
  ['dir a$b.c', '[dir a{$b}.c]'],
  ['dir $b.c', '[dir (member. $b c)]'],
  ['dir (Get-VM x).Name', '[dir (member. (paren [Get-VM x]) Name)]'],
  ['dir $a[0].b', '[dir (member. (index $a 0) b)]'],
  ['dir $a::b', '[dir (member:: $a b)]'],
  ['dir $_.a.ToUpper()', '[dir (invoke. (member. $_ a) ToUpper)]'],
  ['dir ${a b}', '[dir $a b]'],
  ['dir $a=b', '[dir $a =b]'],
  ['dir $using:x', '[dir $using:x]'],
  ['dir $x/$y', '[dir {$x}/{$y}]'],
  ['dir $', '[dir $]'],
])('[PS105] an argument may begin with a variable, or hold one: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Rows[number]>([
  ['"a $b c"', '"a {$b} c"'],
  ['"$($a.b + 1)"', '"{(subexpression (+ (member. $a b) 1))}"'],
  ['"$a.b"', '"{$a}.b"'],
  ['"${a b}:"', '"{$a b}:"'],
  ['"$env:x"', '"{$env:x}"'],
  ['"$a::b"', '"{$a}::b"'],
  ['"""a"" $("b")"', '""a" {(subexpression \'b\')}"'],
  ['"`$a `"b`" `n"', '\'$a "b" \n\''],
  ["'it''s $a `n'", "'it's $a `n'"],
  ['"$"', "'$'"],
  ['"$name: x"', 'error InvalidVariableReferenceWithDrive'],
])('[PS106] strings in double quotes are expanded, in single ones not: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Rows[number]>([
  ["@'\n$a\n'@", "'$a'"],
  ['@"\n$a "b"\n"@', '"{$a} "b""'],
  ['@"  \r\na\r\nb\r\n"@', "'a\r\nb'"],
  ["@'\n'@", "''"],
  ["@'\na\n '@", 'incomplete WhitespaceBeforeHereStringFooter'],
  ["@'a\n'@", 'error UnexpectedCharactersAfterHereStringHeader'],
  ["@'\na", 'incomplete TerminatorExpectedAtEndOfString'],
])('[PS107] a here-string ends with its quote at the start of a line: %j', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Rows[number]>([
  ['Get-VM `\n  x', '[Get-VM x]'],
  ['Get-VM |\n\n  # all\n  select a', '[Get-VM] | [select a]'],
  ['1 +\n2', '(+ 1 2)'],
  ['Get-VM <# a\nb #> x', '[Get-VM x]'],
  ['#requires -Version 3\na', '[a]'],
  ['a; b\nc;;', '[a]; [b]; [c]'],
])('[PS108] lines go on behind a backtick, a pipe or an operator: %j', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<Rows[number]>([
  ['a > b', '[a 1>b]'],
  ['a 2>> b *>c', '[a 2>>b *>c]'],
  ['a 2>&1', '[a 2>&1]'],
  ['$x > b', '$x 1>b'],
  ['a 2>$null b', '[a b 2>$null]'],
  ['a <b', 'error RedirectionNotSupported'],
  ['a 1>&2', 'error RedirectionNotSupported'],
  ['a > b > c', 'error StreamAlreadyRedirected'],
  ['a >', 'error MissingFileSpecification'],
])('[PS109] streams 1 to 5 and all of them are redirected: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});
