import { block, blockParts } from './block.ts';
import { check } from './check.ts';
import { expression, unary } from './expression.ts';
import { Failure } from './failure.ts';
import { pipeline, unexpected } from './pipeline.ts';
import { primary, subexpression } from './primary.ts';
import { type Grammar, Reader } from './reader.ts';
import { statement, statements } from './statement.ts';
import type { Parsed, Script } from './tree.ts';

/** Longer texts are refused: everything else here is linear in the length. */
export const MAX_TEXT = 256 * 1024;

export const GRAMMAR: Grammar = {
  expression,
  unary,
  primary,
  subexpression,
  pipeline,
  statement,
  statements,
  block,
};

/** Reads a script or a line of the Windows PowerShell 3 language. Never throws. */
export const parse = (text: string): Parsed => {
  const r = new Reader(text, GRAMMAR);
  try {
    if (text.length > MAX_TEXT) r.fail('ScriptTooComplicated', { start: 0, end: 0 });
    return { status: 'complete', script: script(r) };
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    const { error, incomplete } = failure;
    return { status: incomplete ? 'incomplete' : 'error', error };
  }
};

/** All of the text, or throws a Failure. */
const script = (r: Reader): Script => {
  const parts = blockParts(r);
  if (!r.done) unexpected(r);
  const extent = { start: 0, end: r.text.length };
  const found: Script = { ...extent, node: 'script', text: r.text, body: { ...extent, ...parts } };
  check(r, found);
  return found;
};
