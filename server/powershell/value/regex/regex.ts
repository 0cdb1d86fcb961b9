import { Machine, type Slots } from './machine.ts';
import { BadPattern, parsePattern, type RegexOptions } from './parse-pattern.ts';
import { compile } from './program.ts';
import { LIMITS } from '../../engine/limits.ts';
import { fault } from '../fault.ts';
import { tooLong } from '../text.ts';

/** One match: its place, and the text of each group, undefined for one that took no part. */
export interface Match {
  readonly index: number;
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
  /** Where each group begins, -1 for one that took no part. */
  readonly starts: readonly number[];
}

const MOST_MATCHES = 1_000_000;

/** Behind so many matches others have their turn. */
const MATCHES_AT_ONCE = 512;

/** Work that yields when others may have their turn, and returns what came of it. */
export type Patient<T> = Generator<void, T>;

/** Pieces of work that may be done in one go where nothing can wait. */
const PIECES_AT_ONCE = 100;

/** Patient work without patience; refused when it takes too long. */
export const atOnce = <T>(work: Patient<T>): T => {
  let next = work.next();
  for (let piece = 0; next.done !== true; piece += 1, next = work.next())
    if (piece > PIECES_AT_ONCE) throw tooMuchWork();
  return next.value;
};

const tooMuchWork = () =>
  fault({
    message: 'The regular expression took too long on this text and was stopped.',
    id: 'RegexTooMuchWork',
    category: 'LimitsExceeded',
  });

/** A regular expression of .NET that takes linear time. */
export class Regex {
  readonly pattern: string;
  readonly options: RegexOptions;
  /** By index. */
  readonly names: readonly string[];
  readonly #machine: Machine;

  /** Throws the fault that a bad pattern is. */
  constructor(pattern: string, options: RegexOptions) {
    this.pattern = pattern;
    this.options = options;
    try {
      const { root, names } = parsePattern(pattern, options);
      this.names = names;
      this.#machine = new Machine(compile(root), names.length);
    } catch (problem) {
      throw problem instanceof BadPattern ? badPattern(pattern, problem.message) : problem;
    }
  }

  exec(text: string, from = 0): Match | null {
    return atOnce(this.searched(text, from));
  }

  /** A search that may take long: yields when others may have their turn. */
  *searched(text: string, from = 0): Patient<Match | null> {
    const slots = yield* this.#machine.search(text, from);
    return slots === null ? null : this.#match(text, slots);
  }

  test(text: string): boolean {
    return this.exec(text) !== null;
  }

  /** All matches, as far as one go takes. */
  all(text: string): readonly Match[] {
    const matches: Match[] = [];
    atOnce(this.#each(text, match => matches.push(match) < MOST_MATCHES));
    return matches;
  }

  /** Match after match, until one is enough. */
  *#each(text: string, take: (match: Match) => boolean): Patient<void> {
    for (let from = 0, count = 1; from <= text.length; count += 1) {
      const match = yield* this.searched(text, from);
      if (match === null || !take(match)) return;
      from = match.index + match.text.length + (match.text === '' ? 1 : 0);
      if (count % MATCHES_AT_ONCE === 0) yield;
    }
  }

  /** `$1`, `${name}`, `$&`, `$$`, `$_`, `` $` ``, `$'` are what .NET makes of them. */
  replace(text: string, by: string, most = Infinity): string {
    return this.replaceWith(text, match => this.expand(by, match, text), most);
  }

  replaceWith(text: string, by: (match: Match) => string, most = Infinity): string {
    return atOnce(this.replaced(text, by, most));
  }

  *replaced(text: string, by: (match: Match) => string, most = Infinity): Patient<string> {
    if (most <= 0) return text;
    const parts: string[] = [];
    let at = 0;
    let count = 0;
    let size = text.length;
    yield* this.#each(text, match => {
      const put = by(match);
      size += put.length;
      if (size > 2 * LIMITS.textLength) throw tooLong();
      parts.push(text.slice(at, match.index), put);
      at = match.index + match.text.length;
      count += 1;
      return count < most;
    });
    parts.push(text.slice(at));
    return parts.join('');
  }

  expand(by: string, match: Match, text: string): string {
    return by.replace(/\$(?:(\d+)|\{(\w+)\}|([$&_`'+]))/g, (whole, number, name, sign) => {
      if (typeof sign === 'string') return this.#sign(sign, match, text);
      const index = this.names.indexOf(String(number ?? name));
      return index < 0 ? String(whole) : (match.groups[index] ?? '');
    });
  }

  #sign(sign: string, match: Match, text: string): string {
    switch (sign) {
      case '$':
        return '$';
      case '&':
        return match.text;
      case '_':
        return text;
      case '`':
        return text.slice(0, match.index);
      case '+':
        return match.groups.at(-1) ?? '';
      default:
        return text.slice(match.index + match.text.length);
    }
  }

  /** Pieces between matches, and what groups took of the matches; at most `most` pieces. */
  split(text: string, most = Infinity): string[] {
    return atOnce(this.parted(text, most));
  }

  *parted(text: string, most = Infinity): Patient<string[]> {
    const parts: string[] = [];
    let at = 0;
    let pieces = 1;
    if (pieces < most)
      yield* this.#each(text, match => {
        parts.push(text.slice(at, match.index));
        for (const group of match.groups.slice(1)) if (group !== undefined) parts.push(group);
        at = match.index + match.text.length;
        pieces += 1;
        return pieces < most;
      });
    parts.push(text.slice(at));
    return parts;
  }

  #match(text: string, slots: Slots): Match {
    const groups: (string | undefined)[] = [];
    const starts: number[] = [];
    for (let i = 0; i < slots.length; i += 2) {
      const [start = -1, end = -1] = [slots[i], slots[i + 1]];
      starts.push(end < 0 ? -1 : start);
      groups.push(start < 0 || end < 0 ? undefined : text.slice(start, end));
    }
    return { index: starts[0] ?? 0, text: groups[0] ?? '', groups, starts };
  }

  /** A text as a pattern that matches it. */
  static escape(text: string): string {
    return text
      .replace(/[\\*+?|{[()^$.# ]/g, '\\$&')
      .replace(/\n/g, '\\n')
      .replace(/\t/g, '\\t');
  }
}

const badPattern = (pattern: string, why: string) =>
  fault({
    message: `parsing "${pattern}" - ${why}`,
    id: 'InvalidRegularExpression',
    category: 'InvalidOperation',
    target: pattern,
  });

const KEPT = 100;
const known = new Map<string, Regex>();

/** The regex of a pattern; those used last are kept compiled. */
export const regexOf = (pattern: string, options: RegexOptions): Regex => {
  const { ignoreCase, multiline, singleline, extended } = options;
  const flags = [ignoreCase, multiline, singleline, extended].map(on => (on === true ? 1 : 0));
  const key = `${flags.join('')}${pattern}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = new Regex(pattern, options);
  if (known.size >= KEPT) known.delete(known.keys().next().value ?? '');
  known.set(key, made);
  return made;
};
