import fc from 'fast-check';

// Scripts over the whole grammar, and what is left of them when they are cut and mixed.

const join = (parts: readonly string[]): string => parts.join('');

const name = fc.constantFrom('a', 'Get-VM', 'x1', 'web', 'Name');
const variable = fc.constantFrom('$a', '$_', '${a b}', '$env:p', '$global:x', '$?');
const leaf = fc.oneof(
  variable,
  fc.constantFrom('1', '0x1F', '4GB', '1.5', '2d', "'s'", '"t"', '"a $b c"', '[int]', '@()', '@{}'),
);

export const { statement } = fc.letrec<{ expression: string; statement: string }>(tie => {
  const [e, s] = [tie('expression'), tie('statement')];
  const block = s.map(text => `{ ${text} }`);
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'script' },
      leaf,
      fc.tuple(e, fc.constantFrom(' + ', ' -eq ', '..', ', ', ' -and ', ' -f '), e).map(join),
      e.map(inner => `(${inner})`),
      s.map(inner => `$(${inner})`),
      s.map(inner => `@(${inner}\n)`),
      block,
      e.map(inner => `"x $(${inner}) y"`),
      fc.tuple(variable, fc.constantFrom('.b', '[0]', '.c(1, 2)', '::D')).map(join),
      e.map(inner => `-not ${inner}`),
      e.map(inner => `[string]${inner}`),
      fc
        .tuple(fc.constantFrom('a', 'b1', "'c d'", '3'), e)
        .map(([key, value]) => `@{ ${key} = ${value}; z = 1 }`),
    ),
    statement: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'script' },
      e,
      fc.tuple(name, fc.constantFrom(' -Name ', ' ', ' -Force -x:'), leaf).map(join),
      fc.tuple(name, block).map(([command, body]) => `${command} | % ${body}`),
      fc.tuple(fc.constantFrom('$a', '$a.b', '$a, $b'), s).map(([to, of]) => `${to} = ${of}`),
      fc.tuple(e, block).map(([test, body]) => `if (${test}) ${body} else ${body}`),
      fc.tuple(e, block).map(([over, body]) => `foreach ($v in ${over}) ${body}`),
      fc.tuple(e, block).map(([over, body]) => `switch (${over}) { 1 ${body} default ${body} }`),
      block.map(body => `try ${body} catch [A] ${body} finally ${body}`),
      block.map(body => `function f($p, [int]$q = 1) ${body}`),
      fc.tuple(s, s).map(([one, other]) => `${one}\n${other}`),
      e.map(value => `return ${value} <# why #>`),
    ),
  };
});

const PIECES: readonly string[] = [
  ...'{ } ( ) [ ] $ @ " \' ` # ; , | & < > = + - . : ? ! % * / \\ \n \r'.split(' '),
  ...'if else foreach in switch function param begin process try catch trap data do'.split(' '),
  ...'while return -eq -not -Name Get-VM $a 1 4GB \u2013 \u201c <# #> --% $( @{ ${ .. ::'.split(
    ' ',
  ),
].concat([' ', '@"\n', "@'\n", '\n"@', "\n'@"]);

/** Anything that might be typed: pieces of the language in any order, and odd characters. */
export const scribble = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 3 })), {
    maxLength: 60,
  })
  .map(join);
