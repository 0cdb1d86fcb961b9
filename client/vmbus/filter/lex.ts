// The words of a display filter: `type == OfferChannel && length > 40`.

export type TokenKind = 'word' | 'text' | 'number' | 'clock' | 'operator' | 'open' | 'close';

export interface Token {
  readonly kind: TokenKind;
  /** Of a text without its quotation marks. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a filter, and where. */
export interface FilterFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export type Lexed =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly fault: FilterFault };

const SHAPES: readonly (readonly [TokenKind, RegExp])[] = [
  ['operator', /==|!=|>=|<=|&&|\|\||[<>!]/y],
  ['open', /\(/y],
  ['close', /\)/y],
  ['clock', /\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?/y],
  ['number', /0x[\da-f]+|\d+/iy],
  ['text', /"(?:[^"\\]|\\.)*"/y],
  ['word', /[a-z_][\w.-]*/iy],
];

export const lex = (source: string): Lexed => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    if (/\s/u.test(source.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(source, at);
    if (token === null) return { ok: false, fault: faultAt(source, at) };
    tokens.push(token);
    at = token.end;
  }
  return { ok: true, tokens };
};

const tokenAt = (source: string, start: number): Token | null => {
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = start;
    const text = shape.exec(source)?.[0];
    if (text === undefined) continue;
    const end = start + text.length;
    if (kind !== 'text') return { kind, text, start, end };
    return { kind, text: text.slice(1, -1).replaceAll(/\\(.)/gu, '$1'), start, end };
  }
  return null;
};

const faultAt = (source: string, start: number): FilterFault => {
  const character = source.charAt(start);
  if (character === '"') return { message: 'The closing " is missing.', start, end: source.length };
  if (character === '=') return { message: 'Equal is written ==.', start, end: start + 1 };
  if (character === '&' || character === '|')
    return { message: `Write ${character}${character}.`, start, end: start + 1 };
  return { message: `“${character}” means nothing here.`, start, end: start + 1 };
};
