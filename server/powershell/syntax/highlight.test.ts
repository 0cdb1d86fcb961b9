import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';
import { scribble, statement } from './text.fixture.ts';

const coloured = (text: string): string =>
  highlight(text)
    .map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)
    .join(', ');

test.each<readonly [text: string, colours: string]>([
  [
    'Get-VM -Name "a $b" | ? { $_.State -eq 1 } # all',
    'command Get-VM, parameter -Name, string "a , variable $b, string ", operator |, command ?, variable $_, member State, operator -eq, number 1, comment # all',
  ],
  ['[int]$x = 4GB', 'type int, variable $x, operator =, number 4GB'],
  [
    'function f { param([string]$a) }',
    'keyword function, command f, keyword param, type string, variable $a',
  ],
  [
    'if ($a) { b } else { @{ c = 1 } }',
    'keyword if, variable $a, command b, keyword else, member c, operator =, number 1',
  ],
  ["& 'a b' -x <# y #>", "operator &, string 'a b', parameter -x, comment <# y #>"],
  ['$vm.Start(1)', 'variable $vm, member Start, number 1'],
  ['Get-"V"M', 'command Get-"V"M'],
])('[PS122] kinds of what is written: %s', (text, colours) => {
  expect(coloured(text)).toBe(colours);
});

test.each<readonly [text: string, colours: string]>([
  ['Get-VM -Name "web', 'command Get-VM, parameter -Name, string "web'],
  ['if ($a', 'keyword if, variable $a'],
  ['a ) b', 'command a, error ), command b'],
  ['1 2 3', 'number 1, error 2, number 3'],
  ['a && b', 'command a, error &&, command b'],
  ['if (1) { a ) } b', 'keyword if, number 1, command a, error ), command b'],
  ['a }', 'command a, error }'],
])('[PS122] what is unfinished or wrong: %s', (text, colours) => {
  expect(coloured(text)).toBe(colours);
});

test('[PS122] marks are in order and hold something, whatever the text', () => {
  fc.assert(
    fc.property(fc.oneof(statement, scribble), text => {
      let last = 0;

      for (const { start, end } of highlight(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 1_000 },
  );
});
