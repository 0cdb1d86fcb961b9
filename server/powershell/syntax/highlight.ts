import { blockParts } from './block.ts';
import { endsWord, isBlank, isNewline } from './characters.ts';
import { Failure } from './failure.ts';
import type { Mark } from './mark.ts';
import { GRAMMAR, MAX_TEXT } from './parse.ts';
import { Reader } from './reader.ts';

/**
 * What each stretch of a text is, in order and without overlap; what is nothing special is left out. A
 * text that is being typed is half wrong at any moment: behind an error reading begins anew.
 */
export const highlight = (text: string): readonly Mark[] => {
  if (text.length > MAX_TEXT) return [];
  const marks: Mark[] = [];
  let broken = false;
  for (let pos = 0; pos < text.length;) {
    const r = new Reader(text, GRAMMAR, pos);
    const resumed = read(r, pos, broken);
    for (const mark of r.marks) if (mark.start >= (marks.at(-1)?.end ?? 0)) marks.push(mark);
    pos = resumed;
    broken = true;
  }
  return marks;
};

/** Reads on from a position as far as it goes, and says where to begin anew. */
const read = (r: Reader, from: number, broken: boolean): number => {
  let end = 0;
  try {
    if (from === 0) blockParts(r);
    else GRAMMAR.statements(r);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    if (failure.incomplete) return r.text.length;
    end = failure.error.end;
  }
  while (isBlank(r.peek()) || isNewline(r.peek())) r.pos += 1;
  if (r.done) return r.text.length;
  // A bracket that closes what was opened before an earlier error is no error of its own.
  const isClosing = r.peek() === ')' || r.peek() === '}';
  end = Math.max(end, endOfUnexpected(r.text, r.pos));
  if (!(isClosing && broken)) r.mark('error', r.pos, end);
  return end;
};

const endOfUnexpected = (text: string, from: number): number => {
  let end = from;
  while (!endsWord(text.charAt(end))) end += 1;
  return Math.max(end, from + 1);
};
