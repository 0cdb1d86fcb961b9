import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Regex } from './regex.ts';

const exec = (pattern: string, text: string, ignoreCase = false): (string | undefined)[] | null => {
  const match = new Regex(pattern, { ignoreCase }).exec(text);
  return match === null ? null : [...match.groups];
};

test.each<[pattern: string, text: string, groups: (string | undefined)[] | null]>([
  ['a+b', 'xaab', ['aab']],
  ['a+?', 'aaa', ['a']],
  ['(a|ab)(c|bcd)(d*)', 'abcd', ['abcd', 'a', 'bcd', '']],
  ['^(\\w+)\\s(\\w+)$', 'ab cd', ['ab cd', 'ab', 'cd']],
  ['(?:x)(?<n>\\d{2,3})', 'x1234', ['x123', '123']],
  ['[^a-c]', 'abcd', ['d']],
  ['[a-z-[aeiou]]+', 'aebcd', ['bcd']],
  ['\\bcat\\b', 'a cat!', ['cat']],
  ['\\x41\\u0042\\t', 'AB\t', ['AB\t']],
  ['(?i)ABC(?-i)d', 'abcd', ['abcd']],
  ['(?i:a)b', 'AB', null],
  ['a{0}b', 'ab', ['b']],
  ['(a*)*', 'aa', ['aa', 'aa']],
  ['(a)|b', 'b', ['b', undefined]],
  ['$', 'a\n', ['']],
  ['\\p{Lu}', 'aB', ['B']],
  ['[]a]', ']', [']']],
  ['[a\\]-]+', 'a]-', ['a]-']],
  ['x{2', 'x{2', ['x{2']],
])('[PS235] %s on %s', (pattern, text, groups) => {
  expect(exec(pattern, text)).toEqual(groups);
});

test.each([
  '(a)\\1',
  '(?=a)',
  '(?<!a)b',
  '(?>a)',
  '(?(1)a|b)',
  '(a',
  'a)',
  '[a',
  '*a',
  'a**',
  'a{3,1}',
  '\\',
  '(?<n>a)\\k<n>',
])('[PS235] %s is refused with a sentence', pattern => {
  expect(() => new Regex(pattern, { ignoreCase: true })).toThrow(/^parsing "/);
});

test('[PS235] patterns that take others for ever take linear time', () => {
  const text = `${'a'.repeat(20_000)}!`;

  expect(exec('^(a+)+$', text)).toBeNull();
  expect(exec('(a|aa)+$', text)).toBeNull();
  expect(exec('(.*)(.*)(.*)x', text)).toBeNull();
});

const letter = fc.constantFrom('a', 'b', 'c');
// What is repeated takes at least a letter: engines differ in how they leave an empty loop.
const pattern = fc.letrec<{ node: string; solid: string }>(tie => ({
  solid: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    letter,
    fc.constantFrom('.', '[ab]', '[^a]'),
    fc.tuple(tie('solid'), tie('node')).map(parts => parts.join('')),
    fc.tuple(tie('solid'), tie('solid')).map(([a, b]) => `(${a}|${b})`),
  ),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('solid'),
    fc.constantFrom('^', '$', '\\b'),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}|${b})`),
    fc
      .tuple(tie('solid'), fc.constantFrom('*', '+', '?', '{1,2}', '*?', '+?'))
      .map(([a, q]) => `(?:${a})${q}`),
  ),
})).node;

test('[PS235] finds what a backtracking engine finds', () => {
  fc.assert(
    fc.property(pattern, fc.array(letter, { maxLength: 8 }), (source, letters) => {
      const text = letters.join('');
      const theirs = new RegExp(source).exec(text);

      const ours = new Regex(source, { ignoreCase: false }).exec(text);

      expect(ours?.text).toBe(theirs?.[0]);
      expect(ours?.index).toBe(theirs?.index);
    }),
    { numRuns: 3000 },
  );
});
