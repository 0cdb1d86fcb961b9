import { Lexer } from 'yaml';

// The first look at a lab file: a bound on everything that could make the parser or the schema work
// long, by a lexer that never recurses. A class of two hundred machines fits many times over.

const BYTES = 256 * 1024;
const LINES = 8000;
const LINE_LENGTH = 2000;
const DEPTH = 12;
const TOKENS = 120_000;

export interface ScanFault {
  readonly line: number;
  readonly message: string;
}

/** What makes the text hostile, or null. */
export function scan(text: string): ScanFault | null {
  if (text.length > BYTES) {
    return { line: 1, message: `is larger than ${BYTES / 1024} KB: a lab file is a page or two` };
  }
  return longLines(text) ?? deepTokens(text);
}

function longLines(text: string): ScanFault | null {
  let line = 0;
  for (const each of text.split('\n')) {
    line += 1;
    if (line > LINES) return { line, message: `has more than ${LINES} lines` };
    if (each.length > LINE_LENGTH)
      return { line, message: 'is a line of more than 2,000 characters' };
    if (TAB_INDENT.test(each)) return { line, message: 'is indented with a tab: use spaces' };
    const [hidden] = HIDDEN.exec(each) ?? [];
    if (hidden !== undefined)
      return { line, message: `has a character that cannot be seen: ${codeOf(hidden)}` };
    // A level of a block is at least one space, so this bounds its depth too.
    if (indentOf(each) > DEPTH * 4) return { line, message: 'is indented too deeply' };
  }
  return null;
}

const TAB_INDENT = /^ *\t\s*[^\s#]/u;
// Tabs and a carriage return at the end of a line are spaces to YAML.
const HIDDEN = /(?![\t\r])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** What a file of plain values does not need, by the first character of its token. */
const REFUSED: { readonly [mark: string]: string } = {
  '&': 'has an anchor: write the value where it is used',
  '*': 'has an alias: write the value where it is used',
  '!': 'has a tag: values are plain text, numbers, true and false',
  '%': 'has a directive',
  '?': 'has a complex key',
};

function deepTokens(text: string): ScanFault | null {
  let line = 1;
  let flow = 0;
  let inline = 0;
  let count = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    count += 1;
    if (count > TOKENS) return { line, message: 'has too many parts' };
    // The lexer announces a plain scalar by this mark; what follows it is text, whatever it looks like.
    if (token === '\u001f') {
      isScalar = true;
      continue;
    }
    if (isScalar) isScalar = false;
    else {
      const refused = REFUSED[token[0] as string];
      if (refused !== undefined) return { line, message: refused };
      if (token === '[' || token === '{') flow += 1;
      if (token === ']' || token === '}') flow -= 1;
      // `- - - -` opens a list in a list on one line.
      if (token === '-') inline += 1;
      if (flow > DEPTH || inline > DEPTH) return { line, message: 'is nested too deeply' };
    }
    for (const character of token) {
      if (character !== '\n') continue;
      line += 1;
      inline = 0;
    }
  }
  return null;
}
