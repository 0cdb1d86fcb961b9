import { isNewline } from './characters.ts';
import { after, type Reader } from './reader.ts';
import type { Expression, HashLiteral, Statement } from './tree.ts';

type Entry = HashLiteral['entries'][number];

/** `@{ key = statement; ... }`, at its `@`. */
export const hash = (r: Reader): HashLiteral => {
  const open = r.take(2);
  const entries = r.within(true, () => {
    const found: Entry[] = [];
    for (r.lines(); ; r.separators()) {
      const key = keyOrLabel(r);
      if (key === null) return found;
      found.push({ key, value: entryValue(r, key) });
      r.blanks();
      if (!isNewline(r.peek()) && r.peek() !== ';') return found;
    }
  });
  r.lines();
  if (r.peek() !== '}') r.unclosed('MissingEndCurlyBrace', after(open.end));
  return { start: open.start, end: r.close(), node: 'hash', entries };
};

const entryValue = (r: Reader, key: Expression): Statement => {
  r.blanks();
  if (r.peek() !== '=') r.fail('MissingEqualsInHashLiteral', after(key.end));
  const equals = r.take();
  r.mark('operator', equals.start);
  r.lines();
  return r.grammar.statement(r) ?? r.missing('MissingStatementInHashLiteral', after(equals.end));
};

/** The key of an entry, or the label of break and continue: a simple name or any expression. */
export const keyOrLabel = (r: Reader): Expression | null => {
  r.blanks();
  const value = r.name();
  if (value === '') return r.within(false, () => r.grammar.unary(r));
  const extent = r.take(value.length);
  r.mark('member', extent.start);
  return { ...extent, node: 'string', value, bare: true };
};
