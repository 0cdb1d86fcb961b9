import { endsWord, isNewline, isQuote } from './characters.ts';
import { command } from './command.ts';
import type { Extent } from './extent.ts';
import { expression } from './expression.ts';
import { assignmentOperator } from './operator.ts';
import { after, type Reader } from './reader.ts';
import { redirection } from './redirection.ts';
import type {
  Assignment,
  Command,
  Expression,
  ExpressionStage,
  Pipeline,
  Redirection,
} from './tree.ts';

/** Stages with pipes between them, or an assignment. Null where neither begins. */
export const pipeline = (r: Reader): Pipeline | Assignment | null => {
  r.blanks();
  r.expect({ kind: 'command', start: r.pos, frame: r.frame });
  const stages: (Command | ExpressionStage)[] = [];
  let pipe: Extent | null = null;
  for (;;) {
    const value = expression(r);
    if (value !== null && pipe !== null) r.fail('ExpressionsMustBeFirstInPipeline', value);
    const assigned = value === null ? null : assignment(r, value);
    if (assigned !== null) return assigned;
    const stage = value === null ? command(r, stages) : expressionStage(r, value);
    if (stage !== null) stages.push(stage);
    else if (pipe !== null) r.missing('EmptyPipeElement', after(pipe.end));
    else if (r.peek() === '|' && r.peek(1) !== '|') r.missing('EmptyPipeElement', r.take());
    pipe = nextPipe(r);
    if (pipe === null) break;
  }
  const [first] = stages;
  const end = stages.at(-1)?.end ?? r.pos;
  return first === undefined ? null : { start: first.start, end, node: 'pipeline', stages };
};

const expressionStage = (r: Reader, value: Expression): ExpressionStage => {
  const redirections: Redirection[] = [];
  do r.blanks();
  while (redirection(r, redirections));
  const end = redirections.at(-1)?.end ?? value.end;
  return { start: value.start, end, node: 'expression-stage', expression: value, redirections };
};

const assignment = (r: Reader, target: Expression): Assignment | null => {
  r.blanks();
  const operator = assignmentOperator(r);
  if (operator === null) return null;
  const { start, end } = r.take(operator.length);
  r.mark('operator', start);
  r.lines();
  const text = r.text.slice(start, end);
  const value = r.grammar.statement(r) ?? r.missing('ExpectedValueExpression', after(end), text);
  return {
    start: target.start,
    end: value.end,
    node: 'assignment',
    target: withoutParens(target),
    operator,
    value,
  };
};

/** `($a, $b) = 1, 2` is `$a, $b = 1, 2`. */
const withoutParens = (target: Expression): Expression => {
  if (target.node !== 'paren' || target.statement.node !== 'pipeline') return target;
  const [only, ...more] = target.statement.stages;
  return only?.node === 'expression-stage' && more.length === 0
    ? withoutParens(only.expression)
    : target;
};

/** The pipe behind a stage, read; null when the pipeline ends here. */
const nextPipe = (r: Reader): Extent | null => {
  r.blanks();
  const c = r.peek();
  if (c === '' || isNewline(c) || ';)}'.includes(c)) return null;
  const isDouble = r.starts('&&') || r.starts('||');
  if (isDouble) r.fail('InvalidEndOfLine', { start: r.pos, end: r.pos + 2 }, c + c);
  if (c !== '|') return unexpected(r);
  const pipe = r.take();
  r.mark('operator', pipe.start);
  r.lines();
  if (r.done) {
    r.expect({ kind: 'command', start: r.pos, frame: r.frame });
    r.missing('EmptyPipeElement', after(pipe.end));
  }
  return pipe;
};

/** What stands here has no place here. */
export const unexpected = (r: Reader): never => {
  const start = r.pos;
  let end = start + 1;
  const c = r.peek();
  if (isQuote(c)) {
    while (end < r.text.length && !isQuote(r.text.charAt(end))) end += 1;
    end = Math.min(end + 1, r.text.length);
  } else if (!endsWord(c) && c !== ']') while (!endsWord(r.text.charAt(end))) end += 1;
  return r.fail('UnexpectedToken', { start, end }, r.text.slice(start, end));
};
