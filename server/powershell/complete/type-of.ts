import type { CommandFrame } from '../syntax/expectation.ts';
import type { Command, Expression, ExpressionStage, Statement } from '../syntax/tree.ts';
import type { Sources } from './port.ts';

/** The type that an expression has as far as the text tells; null when it does not. */
export const typeOf = (
  expression: Expression,
  frame: CommandFrame | null,
  sources: Sources,
): string | null => {
  const of = (inner: Expression): string | null => typeOf(inner, frame, sources);
  switch (expression.node) {
    case 'string':
    case 'expandable':
      return 'System.String';
    case 'number':
      return `System.${expression.type}`;
    case 'hash':
      return 'System.Collections.Hashtable';
    case 'script-block':
      return 'System.Management.Automation.ScriptBlock';
    case 'type':
    case 'cast':
      return expression.type.name;
    case 'variable':
      if (isPipelineItem(expression.name)) return inputTypeOf(frame, sources);
      return elementOf(sources.variableType(expression.name));
    case 'paren':
      return statementType(expression.statement, frame, sources);
    case 'array-of':
    case 'subexpression':
      return statementType(expression.statements.at(-1), frame, sources);
    case 'index':
      return of(expression.target);
    case 'array':
      return expression.items[0] === undefined ? null : of(expression.items[0]);
    case 'member':
    case 'invoke':
      return memberType(expression, of(expression.target), sources);
    default:
      return null;
  }
};

const isPipelineItem = (name: string): boolean => name === '_' || name.toLowerCase() === 'psitem';

const memberType = (
  { name, static: isStatic }: Extract<Expression, { node: 'member' | 'invoke' }>,
  type: string | null,
  sources: Sources,
): string | null => {
  if (type === null || name.node !== 'string') return null;
  const low = name.value.toLowerCase();
  const found = sources.members(type, isStatic).find(one => one.name.toLowerCase() === low);
  return elementOf(found?.type ?? null);
};

/** Asked for a member, a collection answers with those of what is in it. */
const elementOf = (type: string | null): string | null => type?.replace(/\[\]$/, '') ?? null;

const statementType = (
  statement: Statement | undefined,
  frame: CommandFrame | null,
  sources: Sources,
): string | null =>
  statement?.node === 'pipeline'
    ? stageType(statement.stages, statement.stages.length - 1, { frame, sources })
    : null;

interface Around {
  readonly frame: CommandFrame | null;
  readonly sources: Sources;
}

const stageType = (
  stages: readonly (Command | ExpressionStage)[],
  last: number,
  { frame, sources }: Around,
): string | null => {
  for (let index = last; index >= 0; index -= 1) {
    const stage = stages[index];
    if (stage === undefined) return null;
    if (stage.node === 'expression-stage') return typeOf(stage.expression, frame, sources);
    const output = stage.name.node === 'string' ? sources.output(stage.name.value) : null;
    if (output !== 'input') return elementOf(output?.type ?? null);
  }
  return null;
};

/** The type of `$_`: what comes into the innermost command around it that has a stage before it. */
export const inputTypeOf = (around: CommandFrame | null, sources: Sources): string | null => {
  for (let frame = around; frame !== null; frame = frame.outer)
    if (frame.stage > 0)
      return stageType(frame.stages, frame.stage - 1, { frame: frame.outer, sources });
  return null;
};
