import { body, keyword } from './body.ts';
import { endsWord, isBlank, isNewline, isQuote } from './characters.ts';
import type { Extent } from './extent.ts';
import { attributesOf, bracketedList, parameters } from './parameters.ts';
import { after, type Reader } from './reader.ts';
import type { Attribute, Block, ParameterDeclaration, Statement } from './tree.ts';

type Parts = Omit<Block, 'start' | 'end'>;

/** The body of a script block or function, up to and over its closing brace. */
export const block = (r: Reader, open: Extent): Block => {
  const parts = blockParts(r);
  if (r.peek() !== '}') r.unclosed('MissingEndCurlyBrace', open);
  const end = r.pos;
  r.close();
  return { start: open.end, end, ...parts };
};

/** `param`, then either named blocks or statements, up to a closing bracket or the end. */
export const blockParts = (r: Reader): Parts => {
  r.lines();
  const { attributes, params } = startsParamBlock(r.text, r.pos)
    ? paramBlock(r)
    : { attributes: [], params: null };
  r.separators();
  const named = namedBlocks(r);
  if (named !== null) return { attributes, params, ...named, named: true };
  const statements = r.grammar.statements(r);
  return { attributes, params, begin: null, process: null, statements, named: false };
};

const paramBlock = (
  r: Reader,
): { readonly attributes: Attribute[]; readonly params: ParameterDeclaration[] } => {
  const brackets = bracketedList(r);
  for (const one of brackets)
    if ('type' in one) r.fail('TypeNotAllowedBeforeParam', one, one.type.name);
  keyword(r, 'param');
  r.lines();
  return { attributes: attributesOf(brackets), params: parameters(r) };
};

/** How far the attributes before `param` are looked over: brackets that never close end somewhere. */
const MAX_LOOK = 4_096;

/** Whether attributes, `param` and a parenthesis follow. Looks only: what is in brackets may be a cast. */
const startsParamBlock = (text: string, from: number): boolean => {
  let at = from;
  while (text.charAt(at) === '[' && at - from < MAX_LOOK)
    at = behindGap(text, behindBracket(text, at));
  if (text.slice(at, at + 5).toLowerCase() !== 'param' || !endsWord(text.charAt(at + 5)))
    return false;
  return text.charAt(behindGap(text, at + 5)) === '(';
};

const behindGap = (text: string, from: number): number => {
  for (let at = from; ; at += 1) {
    const c = text.charAt(at);
    if (c === '#') while (at < text.length && !isNewline(text.charAt(at))) at += 1;
    else if (c === '<' && text.charAt(at + 1) === '#') {
      const close = text.indexOf('#>', at + 2);
      at = close < 0 ? text.length : close + 1;
    } else if (!isBlank(c) && !isNewline(c)) return at;
  }
};

const behindBracket = (text: string, from: number): number => {
  let depth = 0;
  const last = Math.min(text.length, from + MAX_LOOK);
  for (let at = from; at < last; at += 1) {
    const c = text.charAt(at);
    if (c === '[') depth += 1;
    else if (c === ']') depth -= 1;
    else if (isQuote(c)) {
      at += 1;
      while (at < last && !isQuote(text.charAt(at))) at += 1;
    }
    if (depth === 0) return at + 1;
  }
  return text.length;
};

const NAMES = ['begin', 'process', 'end', 'dynamicparam'] as const;
type BlockName = (typeof NAMES)[number];

/** `begin { }`, `process { }`, `end { }`; null when the first word is none of them. */
const namedBlocks = (r: Reader): Pick<Block, 'begin' | 'process' | 'statements'> | null => {
  const found = new Map<BlockName, readonly Statement[]>();
  for (let name = blockName(r); name !== null; name = blockName(r)) {
    const { start, end } = r.take(name.length);
    r.mark('keyword', start);
    // Parameters made while the script runs are not simulated.
    if (name === 'dynamicparam') r.fail('ReservedKeywordNotAllowed', { start, end }, name);
    const written = body(r) ?? r.missing('MissingNamedStatementBlock', after(end), name);
    if (found.has(name)) r.fail('DuplicateScriptCommandClause', { start, end: written.end }, name);
    found.set(name, written.statements);
    r.separators();
  }
  if (found.size === 0) return null;
  return {
    begin: found.get('begin') ?? null,
    process: found.get('process') ?? null,
    statements: found.get('end') ?? [],
  };
};

const blockName = (r: Reader): BlockName | null => {
  const written = r.name();
  const name = NAMES.find(one => one === written.toLowerCase()) ?? null;
  return name !== null && endsWord(r.peek(name.length)) ? name : null;
};
