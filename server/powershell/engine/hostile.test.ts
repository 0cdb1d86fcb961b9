import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Hashtable } from '../value/hashtable.ts';
import { PSObject } from '../value/ps-object.ts';
import { Typed } from '../value/typed.ts';
import type { Value } from '../value/value.ts';
import { Console } from './console.fixture.ts';

// Scripts from the grammar, most of them nonsense. Whatever they do, they end with PowerShell's own
// errors, within the limits of a line, and see nothing but values.

const name = fc.constantFrom(
  'a',
  'b',
  'c',
  '_',
  'x',
  'args',
  'input',
  'Error',
  'Host',
  '__proto__',
  'constructor',
  'null',
  'true',
  'env:Path',
  'script:s',
  'Matches',
);
const word = fc.constantFrom(
  'Length',
  'Count',
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'Name',
  'get',
  'typeNames',
  'PSObject',
  'Exception',
  'record',
  'call',
  'apply',
  'body',
);
const typed = fc.constantFrom(
  'int',
  'string',
  'datetime',
  'char[]',
  'hashtable',
  'pscustomobject',
  'Math',
  'regex',
  'scriptblock',
  'Environment',
  'object',
  'type',
  'IO.File',
  'constructor',
  'decimal',
  'timespan',
);
const operator = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '%',
  '-eq',
  '-ne',
  '-lt',
  '-like',
  '-match',
  '-replace',
  '-split',
  '-join',
  '-f',
  '-contains',
  '-in',
  '..',
  '-and',
  '-or',
  '-xor',
  '-band',
  '-is',
  '-as',
  '-shl',
);
const command = fc.constantFrom(
  'Write-Output',
  'ForEach-Object',
  'Where-Object',
  'Select-Object',
  'Sort-Object',
  'Group-Object',
  'Measure-Object',
  'Write-Error',
  'Get-Variable',
  'Set-Variable',
  'New-Object',
  'Invoke-Expression',
  'Out-Null',
  'Get-Member',
  'No-Such',
  'f',
  'Get-VM',
  'Read-Host',
  'Add-Member',
  'Format-Table',
  'Out-String',
  'Tee-Object',
  'Compare-Object',
);

const grammar = fc.letrec<{ expression: string; statement: string; pipeline: string }>(tie => ({
  expression: fc.oneof(
    { depthSize: 'small', maxDepth: 5, withCrossShrink: true },
    fc.oneof(
      fc.integer({ min: -3, max: 2_000_000_000 }).map(String),
      fc.constantFrom(
        '1.5',
        '1KB',
        '0x1F',
        '1d',
        "'text'",
        '"a $x $($b)"',
        '@{}',
        '@()',
        '$null',
        '$true',
        '{ $_ }',
        '{ $args }',
        "'(a+)+$'",
        "'{0:N2} {1}'",
        '[int]::MaxValue',
        '9999999999999999999',
      ),
      name.map(one => `$${one}`),
    ),
    fc.tuple(tie('expression'), operator, tie('expression')).map(([a, o, b]) => `(${a} ${o} ${b})`),
    fc.tuple(tie('expression'), word).map(([a, w]) => `(${a}).${w}`),
    fc.tuple(tie('expression'), word, tie('expression')).map(([a, w, b]) => `(${a}).${w}(${b})`),
    fc.tuple(typed, word, tie('expression')).map(([t, w, b]) => `[${t}]::${w}(${b})`),
    fc.tuple(typed, tie('expression')).map(([t, a]) => `[${t}](${a})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a})[${b}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `@{ (${a}) = ${b} }`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}), (${b})`),
    tie('statement').map(one => `$(${one})`),
    tie('expression')
      .map(one => `& { ${one} }`)
      .map(one => `(${one})`),
  ),
  pipeline: fc.oneof(
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    tie('expression'),
    fc.tuple(command, tie('expression')).map(([c, a]) => `${c} (${a})`),
    fc.tuple(tie('pipeline'), command, tie('expression')).map(([p, c, a]) => `${p} | ${c} (${a})`),
    fc
      .tuple(tie('pipeline'), fc.constantFrom('2>$null', '2>&1', '*>&1', '> x.txt'))
      .map(([p, r]) => `Write-Output (${p}) ${r}`),
  ),
  statement: fc.oneof(
    { depthSize: 'small', maxDepth: 5, withCrossShrink: true },
    tie('pipeline'),
    fc
      .tuple(name, fc.constantFrom('=', '+=', '*='), tie('expression'))
      .map(([n, o, a]) => `$${n} ${o} ${a}`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `(${a})[${b}] = ${c}`),
    fc.tuple(tie('expression'), word, tie('expression')).map(([a, w, c]) => `(${a}).${w} = ${c}`),
    fc
      .tuple(tie('expression'), tie('statement'), tie('statement'))
      .map(([t, a, b]) => `if (${t}) { ${a} } else { ${b} }`),
    fc.tuple(tie('expression'), tie('statement')).map(([t, a]) => `foreach ($x in ${t}) { ${a} }`),
    fc
      // Loops that share a counter never end; those are in the tests of limits.
      .tuple(tie('expression'), tie('statement'), fc.nat())
      .map(([t, a, n]) => `for ($i${n} = 0; $i${n} -lt 3 -and (${t}); $i${n}++) { ${a} }`),
    fc
      .tuple(tie('statement'), tie('statement'), tie('statement'))
      .map(([a, b, c]) => `try { ${a} } catch { ${b} } finally { ${c} }`),
    fc.tuple(tie('statement'), tie('statement')).map(([a, b]) => `${a}; ${b}`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('statement'))
      .map(([a, b, c]) => `switch (${a}) { (${b}) { ${c} } default { $_ } }`),
    tie('statement').map(one => `function f($a, $b) { ${one} }`),
    fc.constantFrom(
      'break',
      'continue',
      'return 5',
      'throw "t"',
      'f 1 2',
      'exit',
      'trap { continue }',
      'f',
    ),
  ),
}));

/** Every object that can be reached from values is one of ours, and no function is among them. */
const reachable = (values: readonly Value[]): number => {
  const seen = new Set<unknown>();
  const stack: unknown[] = [...values];
  while (stack.length > 0 && seen.size < 20_000) {
    const value = stack.pop();
    expect(typeof value).toMatch(/^(string|number|boolean|object)$/);
    if (value === null || typeof value !== 'object' || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) stack.push(...value);
    else if (value instanceof Hashtable)
      for (const { key, value: one } of value.entries()) stack.push(key, one);
    else if (value instanceof PSObject) {
      for (const { get } of value.notes.values()) expect(typeof get).toBe('function');
      for (const note of [...value.properties(), ...value.notes.values()]) stack.push(note.get());
      stack.push(...(value.items() ?? []));
    } else expect(value).toBeInstanceOf(Typed);
  }
  return seen.size;
};

test('[PS222] random scripts end with PowerShell errors only and reach nothing but values', () => {
  fc.assert(
    fc.property(fc.array(grammar.statement, { minLength: 1, maxLength: 4 }), lines => {
      const console = new Console();

      for (const line of lines) console.run(line);

      reachable([
        ...console.formatter.seen,
        ...[...console.session.state.variables()].map(({ value }) => value),
      ]);
      expect(console.lines("'alive'").at(-1)).toBe('alive');
    }),
    { numRuns: 250, interruptAfterTimeLimit: 20_000 },
  );
}, 60_000);

test.each([
  "('x').constructor",
  '(@{}).__proto__',
  "@{}.constructor.constructor('return 1')()",
  '[constructor]::prototype',
  '({}).body.statements',
  '$Host.core',
  '$Error.values',
  '$PSVersionTable.entries',
  "('a').valueOf",
  '(1).toFixed',
  '(Get-Date).ticks.constructor',
  "$x = @{ '__proto__' = 5 }; $x.constructor",
  "$o = [pscustomobject]@{ '__proto__' = 1 }; $o.hasOwnProperty",
  '${constructor}; ${__proto__}; $env:__proto__; $env:constructor',
  '[Math]::constructor; [string]::prototype; [int]::__proto__',
])('[PS222] %s reaches nothing', text => {
  const console = new Console();

  console.run(text);

  for (const value of console.formatter.seen) expect([null, 5, '5']).toContainEqual(value);
});
