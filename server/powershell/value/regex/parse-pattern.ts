import { category, shorthand } from './char-class.ts';
import type { CharSet, RegexNode } from './node.ts';

export interface RegexOptions {
  readonly ignoreCase: boolean;
  readonly multiline?: boolean;
  readonly singleline?: boolean;
  readonly extended?: boolean;
}

export interface Pattern {
  readonly root: RegexNode;
  /** Index to name; numbered groups have their number as name. */
  readonly names: readonly string[];
}

/** What is wrong with a pattern; the caller makes PowerShell's sentence of it. */
export class BadPattern extends Error {}

const refuse = (what: string): never => {
  throw new BadPattern(what);
};

/** Nesting of groups; deeper patterns are not written by people. */
const DEPTH = 100;
const MOST_REPEATS = 1000;
const LONGEST = 20_000;

export const parsePattern = (text: string, options: RegexOptions): Pattern => {
  if (text.length > LONGEST) refuse('The pattern is too large for this console.');
  const reader = new PatternReader(text, options);
  return reader.whole();
};

class PatternReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #options: Required<RegexOptions>;
  readonly #names: string[] = ['0'];
  readonly #named: { readonly node: { index: number }; readonly name: string }[] = [];

  constructor(text: string, options: RegexOptions) {
    this.#text = text;
    this.#options = { multiline: false, singleline: false, extended: false, ...options };
  }

  whole(): Pattern {
    const root = this.#choice();
    if (this.#at < this.#text.length) refuse("Too many )'s.");
    // .NET numbers named groups behind all others.
    for (const { node, name } of this.#named) {
      const known = this.#names.indexOf(name);
      node.index = known > 0 ? known : this.#names.push(name) - 1;
    }
    return { root, names: this.#names };
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #take(): string {
    const letter = this.#text.charAt(this.#at);
    this.#at += 1;
    return letter;
  }

  #eat(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #choice(): RegexNode {
    if (this.#depth > DEPTH) refuse('The pattern is nested too deeply.');
    this.#depth += 1;
    const before = this.#options;
    const options = [this.#sequence()];
    while (this.#eat('|')) options.push(this.#sequence());
    this.#options = before;
    this.#depth -= 1;
    return options.length === 1 && options[0] !== undefined
      ? options[0]
      : { kind: 'choice', options };
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (this.#at < this.#text.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const atom = this.#atom();
      if (atom !== null) items.push(this.#quantified(atom));
    }
    return { kind: 'sequence', items };
  }

  #atom(): RegexNode | null {
    const letter = this.#take();
    if (this.#options.extended && /\s/.test(letter)) return null;
    if (this.#options.extended && letter === '#') {
      while (this.#at < this.#text.length && this.#take() !== '\n');
      return null;
    }
    switch (letter) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'set', set: this.#class() };
      case '\\':
        return this.#escape();
      case '.':
        return this.#set(
          this.#options.singleline
            ? [[0, 0xffff]]
            : [
                [0, 9],
                [11, 0xffff],
              ],
        );
      case '^':
        return { kind: 'assert', assert: this.#options.multiline ? 'line-start' : 'start' };
      case '$':
        return { kind: 'assert', assert: this.#options.multiline ? 'line-end' : 'end-or-newline' };
      case '*':
      case '+':
      case '?':
        return refuse('Quantifier {x,y} following nothing.');
      default:
        return this.#literal(letter.charCodeAt(0));
    }
  }

  #literal(unit: number): RegexNode {
    return this.#set([[unit, unit]]);
  }

  #set(ranges: CharSet['ranges']): RegexNode {
    const { ignoreCase } = this.#options;
    return { kind: 'set', set: { negated: false, ranges, except: null, ignoreCase } };
  }

  #group(): RegexNode | null {
    if (!this.#eat('?')) return this.#captured(null);
    if (this.#eat(':')) return this.#closed();
    for (const look of ['=', '!', '<=', '<!'])
      if (this.#eat(look)) refuse('Lookaround assertions are not supported by this console.');
    if (this.#eat('>')) refuse('Atomic groups are not supported by this console.');
    if (this.#eat('(')) refuse('Conditional groups are not supported by this console.');
    if (this.#eat('#')) {
      while (this.#at < this.#text.length && this.#take() !== ')');
      return null;
    }
    const named = /^(?:<(\w+)>|'(\w+)')/.exec(this.#text.slice(this.#at, this.#at + 100));
    if (named !== null) {
      this.#at += named[0].length;
      return this.#captured(named[1] ?? named[2] ?? '');
    }
    return this.#inline();
  }

  #captured(name: string | null): RegexNode {
    const node = { kind: 'group' as const, index: 0, body: { kind: 'empty' } as RegexNode };
    if (name === null) node.index = this.#names.push(String(this.#names.length)) - 1;
    else this.#named.push({ node, name });
    node.body = this.#closed();
    return node;
  }

  #closed(): RegexNode {
    const body = this.#choice();
    if (!this.#eat(')')) refuse("Not enough )'s.");
    return body;
  }

  /** `(?i)` for the rest of the group, `(?i:...)` for its own. */
  #inline(): RegexNode | null {
    const match = /^([imsnx]*)(?:-([imsnx]+))?([:)])/.exec(
      this.#text.slice(this.#at, this.#at + 20),
    );
    if (match === null) return refuse('Unrecognized grouping construct.');
    this.#at += match[0].length;
    const before = this.#options;
    this.#options = this.#switched(match[1] ?? '', match[2] ?? '');
    if (match[3] === ')') return null;
    const body = this.#closed();
    this.#options = before;
    return body;
  }

  #switched(on: string, off: string): Required<RegexOptions> {
    const now = this.#options;
    const choose = (letter: string, was: boolean): boolean =>
      (was || on.includes(letter)) && !off.includes(letter);
    return {
      ignoreCase: choose('i', now.ignoreCase),
      multiline: choose('m', now.multiline),
      singleline: choose('s', now.singleline),
      extended: choose('x', now.extended),
    };
  }

  #quantified(atom: RegexNode): RegexNode {
    let node = atom;
    const match = /^(?:([*+?])|\{(\d{1,9})(,(\d{1,9})?)?\})(\?)?/.exec(
      this.#text.slice(this.#at, this.#at + 30),
    );
    if (match === null) return node;
    this.#at += match[0].length;
    const [, sign, least = '0', comma, most, lazy] = match;
    const range =
      sign === undefined
        ? [
            Number(least),
            comma === undefined ? Number(least) : most === undefined ? Infinity : Number(most),
          ]
        : sign === '*'
          ? [0, Infinity]
          : sign === '+'
            ? [1, Infinity]
            : [0, 1];
    const [from = 0, to = 0] = range;
    if (from > to) refuse('Illegal {x,y} with x > y.');
    if (from > MOST_REPEATS || (to !== Infinity && to > MOST_REPEATS))
      refuse(`More than ${MOST_REPEATS} repetitions are not supported by this console.`);
    if (/^[*+?]/.test(this.#text.slice(this.#at, this.#at + 1))) refuse('Nested quantifier.');
    node = { kind: 'repeat', body: atom, least: from, most: to, lazy: lazy !== undefined };
    return node;
  }

  #escape(): RegexNode {
    const letter = this.#take();
    if (letter === '') refuse('Illegal \\ at end of pattern.');
    const ranges = shorthand(letter) ?? this.#category(letter);
    if (ranges !== null) return this.#set(ranges);
    if (letter === 'k' || /[1-9]/.test(letter))
      refuse('Backreferences are not supported by this console.');
    switch (letter) {
      case 'b':
        return { kind: 'assert', assert: 'word' };
      case 'B':
        return { kind: 'assert', assert: 'not-word' };
      case 'A':
        return { kind: 'assert', assert: 'start' };
      case 'z':
        return { kind: 'assert', assert: 'end' };
      case 'Z':
        return { kind: 'assert', assert: 'end-or-newline' };
      default:
        return this.#literal(this.#escaped(letter));
    }
  }

  #category(letter: string): CharSet['ranges'] | null {
    if (letter !== 'p' && letter !== 'P') return null;
    const match = /^\{(\w+)\}/.exec(this.#text.slice(this.#at, this.#at + 40));
    if (match === null) return refuse('Malformed \\p{X} character escape.');
    this.#at += match[0].length;
    return category(match[1] ?? '', letter === 'P') ?? refuse(`Unknown property '${match[1]}'.`);
  }

  /** The unit a character escape stands for. */
  #escaped(letter: string): number {
    const controls = 'abtrvfne0';
    const index = controls.indexOf(letter);
    if (index >= 0) return [7, 8, 9, 13, 11, 12, 10, 27, 0][index] ?? 0;
    const digits = letter === 'x' ? 2 : letter === 'u' ? 4 : 0;
    if (digits === 0) {
      if (/[A-Za-z]/.test(letter)) refuse(`Unrecognized escape sequence \\${letter}.`);
      return letter.charCodeAt(0);
    }
    const hex = this.#text.slice(this.#at, this.#at + digits);
    if (hex.length < digits || !/^[\da-fA-F]+$/.test(hex))
      refuse('Insufficient hexadecimal digits.');
    this.#at += digits;
    return Number.parseInt(hex, 16);
  }

  #class(): CharSet {
    const negated = this.#eat('^');
    const ranges: (readonly [number, number])[] = [];
    let except: CharSet | null = null;
    for (let first = true; ; first = false) {
      if (this.#at >= this.#text.length) refuse('Unterminated [] set.');
      if (!first && this.#eat(']')) break;
      if (!first && this.#eat('-[')) {
        except = this.#class();
        if (!this.#eat(']')) refuse('A subtraction must be the last element in a character class.');
        break;
      }
      ranges.push(...this.#classItem());
    }
    return { negated, ranges, except, ignoreCase: this.#options.ignoreCase };
  }

  #classItem(): CharSet['ranges'] {
    const from = this.#classUnit();
    if (typeof from !== 'number') return from;
    const next = this.#text.charAt(this.#at + 1);
    if (this.#peek() !== '-' || next === ']' || next === '[' || next === '') return [[from, from]];
    this.#at += 1;
    const to = this.#classUnit();
    if (typeof to !== 'number') return [[from, from], [45, 45], ...to];
    if (from > to) refuse('[x-y] range in reverse order.');
    return [[from, to]];
  }

  #classUnit(): number | CharSet['ranges'] {
    const letter = this.#take();
    if (letter !== '\\') return letter.charCodeAt(0);
    const escaped = this.#take();
    if (escaped === '') refuse('Illegal \\ at end of pattern.');
    return shorthand(escaped) ?? this.#category(escaped) ?? this.#escaped(escaped);
  }
}
