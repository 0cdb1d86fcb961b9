import { argument } from './argument.ts';
import { body } from './body.ts';
import { endsWord, isDash } from './characters.ts';
import type { Extent } from './extent.ts';
import { parameters } from './parameters.ts';
import { after, type Reader } from './reader.ts';
import type { Body, FunctionDefinition, Pipeline, Statement } from './tree.ts';
import { literalWord } from './word.ts';

const KINDS = ['function', 'filter', 'workflow'] as const;

/** `function name (parameters) { ... }`, behind the keyword. */
export const functionDefinition = (r: Reader, word: Extent): FunctionDefinition => {
  const written = r.text.slice(word.start, word.end).toLowerCase();
  const kind = KINDS.find(one => one === written) ?? 'function';
  r.lines();
  if (endsWord(r.peek())) r.missing('MissingNameAfterKeyword', after(word.end), written);
  const name = literalWord(r);
  r.mark('command', name.start);
  r.lines();
  const from = r.pos;
  const params = r.peek() === '(' ? parameters(r) : null;
  r.lines();
  if (r.peek() !== '{') r.missing('MissingFunctionBody', after(r.pos));
  const open = r.take();
  const block = r.within(true, () => r.grammar.block(r, open));
  const end = r.pos;
  if (params !== null && block.params !== null)
    r.fail('OnlyOneParameterListAllowed', { start: open.end, end: end - 1 });
  const whole = params === null ? block : { ...block, start: from, params };
  const text = r.text.slice(open.end, end - 1);
  return { start: word.start, end, node: 'function', kind, name: name.value, body: whole, text };
};

/** `parallel { }` and `sequence { }` of a workflow: the statements, one after the other. */
export const blockStatement = (r: Reader, word: Extent): Statement => {
  const about = r.text.slice(word.start, word.end);
  const found = body(r) ?? r.missing('MissingStatementAfterKeyword', after(word.end), about);
  return asPipeline(word.start, found);
};

/**
 * `data name { ... }`: the variable becomes what the statements give. That they may do little else is
 * not looked at.
 */
export const dataSection = (r: Reader, word: Extent): Statement => {
  r.lines();
  const at = r.pos;
  const name = r.name();
  r.pos += name.length;
  r.lines();
  if (isDash(r.peek())) supportedCommands(r);
  const found = body(r) ?? r.missing('MissingStatementBlockForDataSection', after(word.end));
  if (name === '') return asPipeline(word.start, found);
  const target = { start: at, end: at + name.length, node: 'variable', scope: '', name } as const;
  const value = asPipeline(found.start, found);
  const { start } = word;
  return {
    start,
    end: found.end,
    node: 'assignment',
    target: { ...target, splat: false },
    operator: '=',
    value,
  };
};

/** `-SupportedCommand name, name`. */
const supportedCommands = (r: Reader): void => {
  const start = r.pos;
  while (!endsWord(r.peek())) r.pos += 1;
  r.mark('parameter', start);
  do {
    r.pos += r.peek() === ',' ? 1 : 0;
    r.lines();
    argument(r);
    r.lines();
  } while (r.peek() === ',');
};

const asPipeline = (start: number, { statements, start: from, end }: Body): Pipeline => {
  const expression = { start: from, end, node: 'subexpression', statements } as const;
  const stage = { start: from, end, node: 'expression-stage', expression } as const;
  return { start, end, node: 'pipeline', stages: [{ ...stage, redirections: [] }] };
};
