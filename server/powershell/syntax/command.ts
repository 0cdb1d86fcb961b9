import { argument, argumentList } from './argument.ts';
import { endsWord, isBlank, isDash, isNameStart, isNewline, isQuote } from './characters.ts';
import type { CommandFrame } from './expectation.ts';
import type { Extent } from './extent.ts';
import { after, type Reader } from './reader.ts';
import { redirection } from './redirection.ts';
import type {
  Command,
  CommandArgument,
  CommandParameter,
  Expression,
  Redirection,
  StringLiteral,
} from './tree.ts';
import { literalWord } from './word.ts';

/** A command with its parameters and arguments. Null where none begins. */
export const command = (r: Reader, stages: CommandFrame['stages']): Command | null => {
  r.blanks();
  const start = r.pos;
  const call = callHere(r);
  const name = call === '' ? commandName(r) : calledName(r, call);
  if (name === null) return null;
  const elements: (CommandParameter | CommandArgument)[] = [];
  const redirections: Redirection[] = [];
  const outer = r.frame;
  const frame = { name, elements, stages, stage: stages.length, outer };
  r.frame = frame;
  readElements(r, frame, { elements, redirections });
  r.frame = outer;
  const last = Math.max(name.end, elements.at(-1)?.end ?? 0, redirections.at(-1)?.end ?? 0);
  return { start, end: last, node: 'command', call, name, elements, redirections };
};

/** `&`, or a dot that stands alone or before a variable or string: `.\script` is a name. */
const callHere = (r: Reader): Command['call'] => {
  const [c, next] = [r.peek(), r.peek(1)];
  if (c === '&' && next !== '&') return c;
  return c === '.' && (endsWord(next) || next === '$' || isQuote(next)) ? c : '';
};

const commandName = (r: Reader): StringLiteral | null => {
  if (endsWord(r.peek())) return null;
  if (r.peek() === '@') r.fail('UnrecognizedToken', { start: r.pos, end: r.pos + 1 });
  const name = literalWord(r);
  // What stands in quotes within the name has marks of its own already.
  r.marks.splice(marksFrom(r, name.start));
  r.mark('command', name.start);
  r.expect({ kind: 'command', start: name.start, frame: r.frame });
  return name;
};

const marksFrom = (r: Reader, start: number): number => {
  let count = r.marks.length;
  while (count > 0 && (r.marks[count - 1]?.start ?? -1) >= start) count -= 1;
  return count;
};

const calledName = (r: Reader, call: string): Expression => {
  const operator = r.take();
  r.mark('operator', operator.start);
  r.blanks();
  const start = r.pos;
  const name = argument(r) ?? r.fail('MissingExpression', operator, call);
  if ((name.node === 'string' || name.node === 'expandable') && name.bare) {
    r.mark('command', start);
    r.expect({ kind: 'command', start, frame: r.frame });
  }
  return name;
};

interface Found {
  readonly elements: (CommandParameter | CommandArgument)[];
  readonly redirections: Redirection[];
}

const readElements = (r: Reader, frame: CommandFrame, found: Found): void => {
  const { elements, redirections } = found;
  /** Behind `--` nothing is a parameter. */
  let onlyArguments = false;
  for (;;) {
    r.blanks();
    const start = r.pos;
    const last = r.text.charAt(start - 1);
    if (isBlank(last) || isNewline(last))
      r.expect({ kind: 'argument', start, frame, parameter: null });
    if (endsElements(r)) return;
    if (redirection(r, redirections)) continue;
    if (r.peek() === ',') r.fail('MissingArgument', { start, end: start + 1 });
    if (isDash(r.peek()) && isDash(r.peek(1)) && endsWord(r.peek(2))) {
      r.pos += 2;
      onlyArguments = true;
      continue;
    }
    if (isVerbatim(r)) return verbatim(r, elements);
    const read = onlyArguments ? null : parameter(r, frame);
    elements.push(read ?? bareArgument(r, frame));
  }
};

const endsElements = (r: Reader): boolean => {
  const c = r.peek();
  if (c === '&' && r.peek(1) !== '&') r.fail('AmpersandNotAllowed', r.take());
  return c === '' || isNewline(c) || '|&;)}'.includes(c);
};

const bareArgument = (r: Reader, frame: CommandFrame): CommandArgument => {
  const start = r.pos;
  const value =
    argumentList(r, { frame, parameter: null }) ??
    r.fail('UnexpectedToken', after(start), r.peek());
  return { start, end: value.end, node: 'argument', value };
};

const isVerbatim = (r: Reader): boolean =>
  isDash(r.peek()) && isDash(r.peek(1)) && r.peek(2) === '%' && endsWord(r.peek(3));

/** `--% rest`: the rest of the line, up to a pipe, goes as it is. */
const verbatim = (r: Reader, elements: Found['elements']): void => {
  elements.push(bare(r, r.take(3)));
  while (isBlank(r.peek())) r.pos += 1;
  const start = r.pos;
  let quoted = false;
  for (; !r.done && !isNewline(r.peek()); r.pos += 1) {
    if (r.peek() === '"') quoted = !quoted;
    if (!quoted && (r.peek() === '|' || r.peek() === '&')) break;
  }
  let end = r.pos;
  while (end > start && isBlank(r.text.charAt(end - 1))) end -= 1;
  if (end > start) elements.push(bare(r, { start, end }));
};

const bare = (r: Reader, extent: Extent): CommandArgument => {
  const value = r.text.slice(extent.start, extent.end);
  return { ...extent, node: 'argument', value: { ...extent, node: 'string', value, bare: true } };
};

/** `-Name`, `-Name:value`; null for what is an argument. */
const parameter = (r: Reader, frame: CommandFrame): CommandParameter | null => {
  const start = r.pos;
  if (!isDash(r.peek())) return null;
  if (!isNameStart(r.peek(1)) && r.peek(1) !== '?') return null;
  let end = start + 1;
  for (; !endsParameter(r.text.charAt(end)); end += 1)
    // What has a quote in it is no parameter.
    if (isQuote(r.text.charAt(end))) return null;
  const name = r.text.slice(start + 1, end);
  r.pos = end;
  r.mark('parameter', start);
  r.expect({ kind: 'parameter', start, frame });
  if (r.peek() !== ':') return { start, end, node: 'parameter', name, value: null };
  r.pos += 1;
  r.blanks();
  const owner = { frame, parameter: name };
  const value = r.peek() === ',' ? null : argumentList(r, owner);
  if (value === null)
    return r.fail('ParameterRequiresArgument', after(end + 1), r.text.slice(start, end + 1));
  return { start, end: value.end, node: 'parameter', name, value };
};

const endsParameter = (c: string): boolean => endsWord(c) || c === '.' || c === '[' || c === ':';
