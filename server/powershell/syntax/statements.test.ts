import { expect, test } from 'vitest';
import { parse } from './parse.ts';
import { sketch } from './sketch.fixture.ts';

type Row = readonly [text: string, tree: string];

test.each<Row>([
  ['if ($a) { 1 } elseif ($b) { 2 }\nelse { 3 }', '(if $a 1 $b 2 3)'],
  ['if (Get-VM x) {}', '(if [Get-VM x])'],
  ['while ($a) { b }', '(while $a [b])'],
  ['do { a } while ($b)', '(do [a] $b)'],
  ['do { a }\nuntil ($b)', '(do [a] $b)'],
  ['for ($i = 0; $i -lt 3; $i++) { a }', '(for (= $i 0) (-lt $i 3) (post++ $i) [a])'],
  ['for (;;) { break }', '(for (break))'],
  ['foreach ($v in Get-VM) { $v }', '(foreach $v [Get-VM] $v)'],
  [':out foreach ($v in 1) { continue out }', '(foreach $v 1 (continue out))'],
  ['break $label', '(break $label)'],
  ['try { a } catch [A.B], [C] { b } catch { c } finally { d }', '(try [a] [b] [c] [d])'],
  ['trap [A] { continue }', '(trap (continue))'],
  ['return', '(return)'],
  ['return 1, 2', '(return (array 1 2))'],
  ['throw "x"', "(throw 'x')"],
  ['exit 3', '(exit 3)'],
  ['if (1) { 2 } 3', '(if 1 2); 3'],
  ['data a { 1 }', '(= $a (subexpression 1))'],
  [
    'if.exe; foreach-object; :a; enum b { c }',
    '[if.exe]; [foreach-object]; [:a]; [enum b (script-block [c])]',
  ],
])('[PS115] statements of the language: %j', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test('[PS116] a switch has flags, and clauses whose conditions are arguments', () => {
  const tree = sketch('switch -w -CaseSensitive ($a) { web* { 1 } {$_} { 2 } default { 3 } }');
  const parsed = parse('switch -Regex -File a.txt { "x" { 1 } }');

  expect(tree).toBe('(switch $a web* 1 (script-block $_) 2 3)');
  expect(parsed).toMatchObject({
    script: { body: { statements: [{ match: 'regex', file: true, caseSensitive: false }] } },
  });
  expect(sketch('switch (1) { default {} default {} }')).toBe('error MultipleSwitchDefaultClauses');
});

test('[PS117] functions have parameters in either place, with attributes and defaults', () => {
  const parsed = parse(`
function Start-Lab {
  [CmdletBinding(SupportsShouldProcess)]
  param(
    [Parameter(Mandatory = $true, Position = 0)] [ValidateSet('a', 'b')] [string[]] $Name,
    $Count = 1 + 2
  )
  process { $Name }
}`);

  expect(parsed).toMatchObject({
    status: 'complete',
    script: {
      body: {
        statements: [
          {
            node: 'function',
            name: 'Start-Lab',
            body: {
              named: true,
              attributes: [{ name: 'CmdletBinding', named: [{ value: null }] }],
              params: [
                {
                  name: 'Name',
                  type: { name: 'string', rank: 1 },
                  attributes: [
                    { name: 'Parameter', named: [{ name: 'Mandatory' }, { name: 'Position' }] },
                    { name: 'ValidateSet', positional: [{ value: 'a' }, { value: 'b' }] },
                  ],
                },
                { name: 'Count', fallback: { node: 'binary' } },
              ],
            },
          },
        ],
      },
    },
  });
});

test.each<Row>([
  ['function f($a, $b = 1) { $a }', '(function f 1 $a)'],
  ['filter odd { $_ }', '(filter odd $_)'],
  ['workflow w { parallel { a } }', '(workflow w (subexpression [a]))'],
  ['function global:f {}', '(function global:f)'],
  ['function f($a) { param($b) }', 'error OnlyOneParameterListAllowed'],
  ['function f($a, $A) {}', 'error DuplicateFormalParameter'],
  ['{ [int]$x = 1 }', '(script-block (= (cast [int] $x) 1))'],
  ['{ param }', '(script-block [param])'],
])('[PS117] functions of every kind: %s', (text, tree) => {
  expect(sketch(text)).toBe(tree);
});

test.each<readonly [text: string, id: string, place: string]>([
  ['class A {}', 'ReservedKeywordNotAllowed', '0-5'],
  ['using module a', 'ReservedKeywordNotAllowed', '0-5'],
  ['a && b', 'InvalidEndOfLine', '2-4'],
  ['a || b', 'InvalidEndOfLine', '2-4'],
  ['$a ? 1 : 2', 'UnexpectedToken', '3-4'],
  ['$a ?? 1', 'UnexpectedToken', '3-5'],
  ['Start-Job &', 'AmpersandNotAllowed', '10-11'],
  ['[Obsolete()]$x = 1', 'UnexpectedAttribute', '0-9'],
])('[PS118] what later versions brought is refused: %s', (text, id, place) => {
  const parsed = parse(text);

  expect(parsed.status).toBe('error');
  if (parsed.status === 'complete') return;
  expect(parsed.error.id).toBe(id);
  expect(`${parsed.error.start}-${parsed.error.end}`).toBe(place);
});
