import type { Extent } from './extent.ts';
import type { MessageId } from './messages.ts';
import { after, type Reader } from './reader.ts';
import type { Body, Statement } from './tree.ts';

/** `{ ... }` of a control statement; null when there is none. */
export const body = (r: Reader): Body | null => {
  r.lines();
  if (r.peek() !== '{') return null;
  const open = r.take();
  const statements = r.within(true, () => r.grammar.statements(r));
  if (r.peek() !== '}') r.unclosed('MissingEndCurlyBrace', open);
  return { start: open.start, end: r.close(), statements };
};

/** The keyword that stands here, behind newlines perhaps; if it is this one it is read. */
export const keyword = (r: Reader, name: string): Extent | null => {
  const here = r.pos;
  r.lines();
  const found = r.name();
  if (found.toLowerCase() !== name) {
    r.pos = here;
    return null;
  }
  const extent = r.take(found.length);
  r.mark('keyword', extent.start);
  return extent;
};

/** What the three parts of `( condition )` are called when they are not there. */
export interface ConditionWords {
  readonly open: MessageId;
  readonly condition: MessageId;
  readonly close: MessageId;
}

/** `( condition )` behind a keyword. `end` is behind the closing parenthesis. */
export const condition = (
  r: Reader,
  word: Extent,
  words: ConditionWords,
): { readonly test: Statement; readonly end: number } => {
  const about = r.text.slice(word.start, word.end);
  r.lines();
  if (r.peek() !== '(') r.missing(words.open, after(word.end), about);
  const open = r.take();
  const test = r.within(true, () => {
    r.lines();
    const found = r.grammar.pipeline(r) ?? r.missing(words.condition, after(open.end), about);
    r.lines();
    return found;
  });
  if (r.peek() !== ')') r.missing(words.close, { start: r.pos, end: r.pos }, about);
  return { test, end: r.close() };
};
