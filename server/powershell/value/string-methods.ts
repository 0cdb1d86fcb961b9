import { integerAt, textAt } from './argument.ts';
import { compareText } from './compare.ts';
import { EnumValue } from './enum.ts';
import { LIMITS } from '../engine/limits.ts';
import { type Methods, methods, noOverload, thrownIn } from './method-fault.ts';
import { itemsOf, joinText, textOf, tooLong } from './text.ts';
import { Typed } from './typed.ts';
import type { Value } from './value.ts';

const outOfRange = (name: string, args: readonly Value[], parameter: string, why: string) =>
  thrownIn(
    name,
    args.length,
    `${why}\r\nParameter name: ${parameter}`,
    'ArgumentOutOfRangeException',
  );

/** A StringComparison or $true asks for no case. */
const ignoresCase = (args: readonly Value[], from: number): boolean =>
  args
    .slice(from)
    .some(arg =>
      arg instanceof EnumValue
        ? arg.text().endsWith('IgnoreCase')
        : /IgnoreCase$/i.test(textOf(arg)),
    );

const folded = (self: string, args: readonly Value[], from: number): readonly [string, string] => {
  const other = textAt(args, 0);
  return ignoresCase(args, from) || args[from] === true
    ? [self.toLowerCase(), other.toLowerCase()]
    : [self, other];
};

/** More letters to trim than this are not looked at. */
const MOST_LETTERS = 100;

/** Searching takes text times what is searched for at worst. */
const MOST_WORK = 100_000_000;

const both = <T>([a, b]: readonly [string, string], how: (a: string, b: string) => T): T => {
  if (a.length * b.length > MOST_WORK) throw tooLong();
  return how(a, b);
};

const substring = (self: string, args: readonly Value[]): Value => {
  if (args.length === 0 || args.length > 2) throw noOverload('Substring', args.length);
  const start = integerAt(args, 0);
  if (start < 0)
    throw outOfRange('Substring', args, 'startIndex', 'StartIndex cannot be less than zero.');
  if (start > self.length)
    throw outOfRange(
      'Substring',
      args,
      'startIndex',
      'startIndex cannot be larger than length of string.',
    );
  if (args.length === 1) return self.slice(start);
  const length = integerAt(args, 1);
  if (length < 0) throw outOfRange('Substring', args, 'length', 'Length cannot be less than zero.');
  if (start + length > self.length)
    throw outOfRange(
      'Substring',
      args,
      'length',
      'Index and length must refer to a location within the string.',
    );
  return self.slice(start, start + length);
};

/** Split(chars...), Split(char[], count or options): .NET splits at every one of the characters. */
const split = (self: string, args: readonly Value[]): Value => {
  const [first = null, ...rest] = args;
  const separators = (itemsOf(first) ?? [first]).map(item => textOf(item));
  const several = args.length > 1 && typeof rest[0] === 'string' && rest[0].length === 1;
  if (several) separators.push(...rest.map(item => textOf(item)));
  const units = joinText(separators, '');
  if (self.length * units.length > MOST_WORK) throw tooLong();
  const removes = !several && rest.some(arg => /RemoveEmpty/i.test(textOf(arg)) || arg === 1);
  const most = rest.find(arg => typeof arg === 'number' && arg > 1);
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < self.length; at += 1) {
    if (typeof most === 'number' && parts.length >= most - 1) break;
    const letter = self.charAt(at);
    if (units === '' ? /\s/.test(letter) : units.includes(letter)) {
      parts.push(self.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(self.slice(from));
  return removes ? parts.filter(part => part !== '') : parts;
};

const trimSet = (args: readonly Value[]): string =>
  args
    .flatMap(arg => itemsOf(arg) ?? [arg])
    .map(item => textOf(item))
    .join('')
    .slice(0, MOST_LETTERS);

const trim = (
  self: string,
  args: readonly Value[],
  ends: { start: boolean; end: boolean },
): string => {
  const set = trimSet(args);
  const goes = (letter: string): boolean => (set === '' ? /\s/.test(letter) : set.includes(letter));
  let [from, to] = [0, self.length];
  while (ends.start && from < to && goes(self.charAt(from))) from += 1;
  while (ends.end && to > from && goes(self.charAt(to - 1))) to -= 1;
  return self.slice(from, to);
};

const padded = (self: string, args: readonly Value[], left: boolean): string => {
  const width = integerAt(args, 0);
  if (width > LIMITS.textLength) throw tooLong();
  const fill = args.length > 1 ? textAt(args, 1).slice(0, 1) : ' ';
  return left ? self.padStart(width, fill) : self.padEnd(width, fill);
};

const remove = (self: string, args: readonly Value[]): string => {
  const start = integerAt(args, 0);
  if (start < 0 || start > self.length)
    throw outOfRange(
      'Remove',
      args,
      'startIndex',
      'startIndex must be less than length of string.',
    );
  return args.length > 1
    ? self.slice(0, start) + self.slice(start + integerAt(args, 1))
    : self.slice(0, start);
};

const anyIndex = (self: string, args: readonly Value[]): number => {
  const set = trimSet(args.slice(0, 1));
  for (let at = 0; at < self.length; at += 1) if (set.includes(self.charAt(at))) return at;
  return -1;
};

const replace = (self: string, args: readonly Value[]): string => {
  const [from, to] = [textAt(args, 0), textAt(args, 1)];
  if (from === '')
    throw thrownIn(
      'Replace',
      args.length,
      'String cannot be of zero length.\r\nParameter name: oldValue',
      'ArgumentException',
    );
  if (self.length * from.length > MOST_WORK) throw tooLong();
  const parts = self.split(from);
  const length = self.length + (parts.length - 1) * (to.length - from.length);
  if (length > LIMITS.textLength) throw tooLong();
  return parts.join(to);
};

const characters = (self: string): Value =>
  Array.from({ length: self.length }, (_, at) => new Typed('Char', self.charAt(at)));

export const STRING_METHODS: Methods<string> = methods<string>([
  ['Contains', (self, args) => both([self, textAt(args, 0)], (a, b) => a.includes(b))],
  ['StartsWith', (self, args) => both(folded(self, args, 1), (a, b) => a.startsWith(b))],
  ['EndsWith', (self, args) => both(folded(self, args, 1), (a, b) => a.endsWith(b))],
  ['Equals', (self, args) => both(folded(self, args, 1), (a, b) => a === b)],
  ['CompareTo', (self, args) => Math.sign(compareText(self, textAt(args, 0), false))],
  [
    'IndexOf',
    (self, args) =>
      both(folded(self, args, 1), (a, b) =>
        a.indexOf(b, typeof args[1] === 'number' ? args[1] : 0),
      ),
  ],
  ['LastIndexOf', (self, args) => both(folded(self, args, 1), (a, b) => a.lastIndexOf(b))],
  ['IndexOfAny', anyIndex],
  ['Substring', substring],
  ['Split', split],
  ['Replace', replace],
  ['Remove', remove],
  [
    'Insert',
    (self, args) =>
      self.slice(0, integerAt(args, 0)) + textAt(args, 1) + self.slice(integerAt(args, 0)),
  ],
  ['ToUpper', self => self.toUpperCase()],
  ['ToLower', self => self.toLowerCase()],
  ['ToUpperInvariant', self => self.toUpperCase()],
  ['ToLowerInvariant', self => self.toLowerCase()],
  ['Trim', (self, args) => trim(self, args, { start: true, end: true })],
  ['TrimStart', (self, args) => trim(self, args, { start: true, end: false })],
  ['TrimEnd', (self, args) => trim(self, args, { start: false, end: true })],
  ['PadLeft', (self, args) => padded(self, args, true)],
  ['PadRight', (self, args) => padded(self, args, false)],
  ['ToCharArray', characters],
  ['GetEnumerator', characters],
  ['Clone', self => self],
  ['Chars', (self, args) => new Typed('Char', self.charAt(integerAt(args, 0)))],
  ['Normalize', self => self.normalize()],
]);
