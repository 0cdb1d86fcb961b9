import { body, condition, keyword } from './body.ts';
import { isDash } from './characters.ts';
import type { Extent } from './extent.ts';
import { after, type Reader } from './reader.ts';
import type { Body, DoLoop, For, ForEach, Statement, While } from './tree.ts';
import { startsVariable, variable } from './variable.ts';

const LOOP = {
  open: 'MissingOpenParenthesisAfterKeyword',
  condition: 'MissingExpressionAfterKeyword',
  close: 'MissingEndParenthesisAfterStatement',
} as const;

const loopBody = (r: Reader, behind: number, word: Extent): Body =>
  body(r) ?? r.missing('MissingLoopStatement', after(behind), r.text.slice(word.start, word.end));

export const whileLoop = (r: Reader, word: Extent, label: string | null): While => {
  const { test, end: closed } = condition(r, word, LOOP);
  const repeated = loopBody(r, closed, word);
  return { start: word.start, end: repeated.end, node: 'while', label, test, body: repeated };
};

export const doLoop = (r: Reader, word: Extent, label: string | null): DoLoop => {
  const repeated = loopBody(r, word.end, word);
  const last = keyword(r, 'while') ?? keyword(r, 'until');
  if (last === null) return r.missing('MissingWhileOrUntilInDoWhile', after(repeated.end));
  const until = r.text.charAt(last.start).toLowerCase() === 'u';
  const { test, end } = condition(r, last, LOOP);
  return { start: word.start, end, node: 'do', label, body: repeated, until, test };
};

export const forLoop = (r: Reader, word: Extent, label: string | null): For => {
  r.lines();
  if (r.peek() !== '(') r.missing('MissingOpenParenthesisAfterKeyword', after(word.end), 'for');
  const open = r.take();
  const [first = null, test = null, next = null] = r.within(true, () => forParts(r));
  const behind = (next ?? test ?? first)?.end ?? open.end;
  if (r.peek() !== ')') r.missing('MissingEndParenthesisAfterStatement', after(behind), 'for');
  const closed = r.close();
  const repeated = loopBody(r, closed, word);
  const { start } = word;
  return { start, end: repeated.end, node: 'for', label, first, test, next, body: repeated };
};

/** Up to three statements; newlines may stand for the semicolons. */
const forParts = (r: Reader): (Statement | null)[] => {
  const parts: (Statement | null)[] = [];
  for (;;) {
    r.lines();
    parts.push(r.grammar.pipeline(r));
    r.lines();
    if (parts.length === 3) return parts;
    if (r.peek() === ';') r.pos += 1;
  }
};

export const forEachLoop = (r: Reader, word: Extent, label: string | null): ForEach => {
  r.lines();
  // `foreach -parallel` of workflows; one after the other gives the same.
  if (isDash(r.peek()) && r.text.slice(r.pos + 1, r.pos + 9).toLowerCase() === 'parallel') {
    r.mark('parameter', r.take(9).start);
    r.lines();
  }
  if (r.peek() !== '(') r.missing('MissingOpenParenthesisAfterKeyword', after(word.end), 'foreach');
  const open = r.take();
  r.lines();
  if (r.peek() !== '$' || !startsVariable(r))
    r.missing('MissingVariableNameAfterForeach', after(open.end));
  const each = variable(r);
  const preposition = keyword(r, 'in');
  if (preposition === null) return r.missing('MissingInInForeach', after(each.end));
  const over = r.within(true, () => {
    r.lines();
    const found =
      r.grammar.pipeline(r) ?? r.missing('MissingForeachExpression', after(preposition.end));
    r.lines();
    return found;
  });
  if (r.peek() !== ')') r.missing('MissingEndParenthesisAfterForeach', after(over.end));
  const closed = r.close();
  const repeated = body(r) ?? r.missing('MissingForeachStatement', after(closed));
  const { start } = word;
  return { start, end: repeated.end, node: 'foreach', label, variable: each, over, body: repeated };
};
