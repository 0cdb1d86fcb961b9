import { endsWord, escaped, isDoubleQuote, isVariablePart } from './characters.ts';
import type { Extent } from './extent.ts';
import type { Reader } from './reader.ts';
import type { Variable } from './tree.ts';

/** Whether a variable begins at this `$` or `@`. */
export const startsVariable = (r: Reader): boolean => {
  const c = r.peek(1);
  if (r.peek() === '@') return isVariablePart(c) && c !== '?';
  return c === '{' || c === '$' || c === '^' || c === ':' || isVariablePart(c);
};

/** The variable that begins here, at its `$` or `@`. */
export const variable = (r: Reader, inString = false): Variable => {
  const start = r.pos;
  const splat = r.peek() === '@';
  r.pos += 1;
  const path = r.peek() === '{' ? bracedPath(r, inString) : barePath(r);
  const extent = { start, end: r.pos };
  r.mark('variable', start);
  r.expect({ kind: 'variable', start, frame: r.frame });
  return { ...extent, node: 'variable', splat, ...parted(r, path, extent) };
};

/**
 * Whether the variable that begins here is all of an argument, or all before a `.` or `[`. Otherwise the
 * argument is a word in which the variable is replaced, e.g. `$env:windir\System32`.
 */
export const isWholeArgument = (r: Reader): boolean => {
  const start = r.pos;
  const braced = r.peek(1) === '{';
  const end = braced ? r.text.indexOf('}', start) + 1 : barePathEnd(r.text, start + 1);
  if (braced && end === 0) return true;
  const next = r.text.charAt(end);
  const isMember = next === '.' || next === '[' || r.text.startsWith('::', end);
  return endsWord(next) || isMember || (!braced && next === '=');
};

const barePath = (r: Reader): string => {
  const start = r.pos;
  r.pos = barePathEnd(r.text, start);
  return r.text.slice(start, r.pos);
};

/** `$$`, `$?` and `$^` are whole names; a colon parts scope and name unless a second one follows. */
const barePathEnd = (text: string, start: number): number => {
  if ('$?^'.includes(text.charAt(start))) return start + 1;
  for (let end = start; ; end += 1) {
    const c = text.charAt(end);
    if (c === ':' && text.charAt(end + 1) === ':') return end;
    if (c !== ':' && !isVariablePart(c)) return end;
  }
};

/** `${any name}`, in which a backtick escapes. */
const bracedPath = (r: Reader, inString: boolean): string => {
  const open = r.take();
  let path = '';
  for (;;) {
    const c = r.peek();
    if (c === '') {
      r.expect({ kind: 'variable', start: open.start - 1, frame: r.frame });
      r.missing('IncompleteDollarVariableReference', { ...open, end: r.pos });
    }
    if (c === '{') r.fail('OpenBraceNeedsToBeBackTickedInVariableName', r.take());
    r.pos += 1;
    if (c === '}') break;
    if (c === '`' && !r.done) path += escaped(r.text.charAt(r.take().start));
    else path += c;
    if (inString && isDoubleQuote(c) && isDoubleQuote(r.peek())) r.pos += 1;
  }
  if (path === '') r.fail('EmptyVariableReference', { start: open.start, end: r.pos });
  return path;
};

const parted = (r: Reader, path: string, extent: Extent): Pick<Variable, 'scope' | 'name'> => {
  const colon = path.indexOf(':');
  const name = path.slice(colon + 1);
  if (name === '')
    r.fail(colon < 0 ? 'InvalidVariableReference' : 'InvalidVariableReferenceWithDrive', extent);
  return { scope: colon < 0 ? '' : path.slice(0, colon).toLowerCase(), name };
};
