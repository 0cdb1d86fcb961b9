import { tooLong } from './text.ts';

/** Text times pattern is too much beyond this. */
const MOST_WORK = 4_000_000;

/** PowerShell's wildcards: `*`, `?`, `[a-z]`, and a backtick in front of a plain one. Linear. */
export class Wildcard {
  readonly #items: readonly Item[];

  constructor(pattern: string, ignoreCase = true) {
    this.#items = itemsOf(ignoreCase ? pattern.toLowerCase() : pattern);
    this.#ignoreCase = ignoreCase;
  }

  readonly #ignoreCase: boolean;

  /** Greedy with one place to come back to: the last star. Time is text times pattern at most. */
  matches(text: string): boolean {
    const subject = this.#ignoreCase ? text.toLowerCase() : text;
    const items = this.#items;
    let [at, item, star, from] = [0, 0, -1, 0];
    for (let work = 0; at < subject.length; work += 1) {
      if (work > MOST_WORK) throw tooLong();
      const now = items[item];
      if (now === '*') {
        star = item;
        from = at;
        item += 1;
      } else if (now !== undefined && takes(now, subject.charAt(at))) {
        at += 1;
        item += 1;
      } else if (star >= 0) {
        from += 1;
        at = from;
        item = star + 1;
      } else {
        return false;
      }
    }
    while (items[item] === '*') item += 1;
    return item === items.length;
  }

  static isPattern(text: string): boolean {
    return /(?<!`)[*?[]/.test(text);
  }
}

type Item = '*' | '?' | { readonly letter: string } | { readonly ranges: readonly Range[] };
type Range = readonly [least: string, most: string];

const takes = (item: Exclude<Item, '*'>, letter: string): boolean => {
  if (item === '?') return true;
  if ('letter' in item) return item.letter === letter;
  return item.ranges.some(([least, most]) => letter >= least && letter <= most);
};

const itemsOf = (pattern: string): Item[] => {
  const items: Item[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern.charAt(at);
    if (letter === '`' && at + 1 < pattern.length) {
      at += 1;
      items.push({ letter: pattern.charAt(at) });
    } else if (letter === '*') {
      if (items.at(-1) !== '*') items.push('*');
    } else if (letter === '?') {
      items.push('?');
    } else {
      const end = letter === '[' ? pattern.indexOf(']', at + 2) : -1;
      if (end < 0) items.push({ letter });
      else {
        items.push({ ranges: rangesOf(pattern.slice(at + 1, end)) });
        at = end;
      }
    }
  }
  return items;
};

const rangesOf = (text: string): Range[] => {
  const ranges: Range[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const least = text.charAt(at);
    if (text.charAt(at + 1) === '-' && at + 2 < text.length) {
      ranges.push([least, text.charAt(at + 2)]);
      at += 2;
    } else {
      ranges.push([least, least]);
    }
  }
  return ranges;
};
