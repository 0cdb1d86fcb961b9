import { body, condition, keyword } from './body.ts';
import type { Extent } from './extent.ts';
import { after, type Reader } from './reader.ts';
import type { Body, If, Trap, Try, TypeName } from './tree.ts';
import { typeName } from './type-name.ts';

const IF = {
  open: 'MissingOpenParenthesisInIfStatement',
  condition: 'IfStatementMissingCondition',
  close: 'MissingEndParenthesisAfterStatement',
} as const;

export const ifStatement = (r: Reader, { start, end }: Extent): If => {
  const clauses: If['clauses'][number][] = [];
  let last: Body | null = null;
  for (let word: Extent | null = { start, end }; word !== null; word = keyword(r, 'elseif')) {
    const about = r.text.slice(word.start, word.end);
    const { test, end: closed } = condition(r, word, IF);
    last = body(r) ?? r.missing('MissingStatementBlock', { start: closed - 1, end: closed }, about);
    clauses.push({ test, body: last });
  }
  const otherwise = elseBody(r);
  return { start, end: (otherwise ?? last)?.end ?? end, node: 'if', clauses, otherwise };
};

const elseBody = (r: Reader): Body | null => {
  const word = keyword(r, 'else');
  if (word === null) return null;
  return body(r) ?? r.missing('MissingStatementBlockAfterElse', after(word.end));
};

export const tryStatement = (r: Reader, { start, end }: Extent): Try => {
  const tried = body(r) ?? r.missing('MissingTryStatementBlock', after(end));
  const catches: Try['catches'][number][] = [];
  for (let word = keyword(r, 'catch'); word !== null; word = keyword(r, 'catch')) {
    const types = catchTypes(r);
    const behind = types.at(-1)?.end ?? word.end;
    const handler = body(r) ?? r.missing('MissingCatchHandlerBlock', after(behind));
    catches.push({ types, body: handler });
  }
  const word = keyword(r, 'finally');
  const last =
    word === null ? null : (body(r) ?? r.missing('MissingFinallyStatementBlock', after(word.end)));
  if (catches.length === 0 && last === null) r.missing('MissingCatchOrFinally', after(tried.end));
  const behind = (last ?? catches.at(-1)?.body ?? tried).end;
  return { start, end: behind, node: 'try', body: tried, catches, last };
};

const catchTypes = (r: Reader): TypeName[] => {
  const types: TypeName[] = [];
  for (;;) {
    r.lines();
    if (r.peek() !== '[') {
      if (types.length > 0) r.missing('MissingTypeLiteralToken', after(r.pos));
      return types;
    }
    types.push(bracketedType(r));
    r.lines();
    if (r.peek() !== ',') return types;
    r.pos += 1;
  }
};

const bracketedType = (r: Reader): TypeName => {
  const open = r.take();
  r.lines();
  const type = typeName(r) ?? r.missing('MissingTypename', after(open.end));
  r.blanks();
  if (r.peek() !== ']') r.fail('EndSquareBracketExpectedAtEndOfAttribute', after(r.pos));
  r.close();
  return type;
};

export const trapStatement = (r: Reader, { start, end }: Extent): Trap => {
  r.lines();
  const type = r.peek() === '[' ? bracketedType(r) : null;
  const trapped = body(r) ?? r.missing('MissingTrapStatement', after(type?.end ?? end));
  return { start, end: trapped.end, node: 'trap', type, body: trapped };
};
