import type {
  Attribute,
  Block,
  Body,
  Command,
  CommandArgument,
  CommandParameter,
  Expression,
  ExpressionStage,
  ParameterDeclaration,
  Redirection,
  Script,
  Statement,
} from './tree.ts';

export type SyntaxNode =
  | Script
  | Statement
  | Command
  | ExpressionStage
  | CommandParameter
  | CommandArgument
  | Expression;

type Nodes = readonly SyntaxNode[];

/** What a node directly consists of, in the order of the text. */
export const childrenOf = (node: SyntaxNode): Nodes => {
  switch (node.node) {
    case 'script':
      return ofBlock(node.body);
    case 'function':
    case 'script-block':
      return ofBlock(node.body);
    case 'pipeline':
      return node.stages;
    case 'command':
      return inOrder([node.name, ...node.elements, ...ofRedirections(node.redirections)]);
    case 'expression-stage':
      return [node.expression, ...ofRedirections(node.redirections)];
    case 'parameter':
      return some(node.value);
    case 'argument':
      return [node.value];
    case 'assignment':
      return [node.target, node.value];
    case 'return':
    case 'throw':
    case 'exit':
    case 'break':
    case 'continue':
      return some(node.value, node.label);
    case 'if':
    case 'while':
    case 'do':
    case 'for':
    case 'foreach':
    case 'switch':
    case 'try':
    case 'trap':
      return ofControl(node);
    default:
      return ofExpression(node);
  }
};

type Control = Extract<
  Statement,
  { node: 'if' | 'while' | 'do' | 'for' | 'foreach' | 'switch' | 'try' | 'trap' }
>;

const ofControl = (node: Control): Nodes => {
  switch (node.node) {
    case 'if':
      return [
        ...node.clauses.flatMap(({ test, body }) => [test, ...body.statements]),
        ...ofBody(node.otherwise),
      ];
    case 'while':
      return [node.test, ...node.body.statements];
    case 'do':
      return [...node.body.statements, node.test];
    case 'for':
      return [...some(node.first, node.test, node.next), ...node.body.statements];
    case 'foreach':
      return [node.variable, node.over, ...node.body.statements];
    case 'switch':
      return inOrder([
        node.over,
        ...node.cases.flatMap(({ test, body }) => [test, ...body.statements]),
        ...ofBody(node.otherwise),
      ]);
    case 'try':
      return [
        ...node.body.statements,
        ...node.catches.flatMap(({ body }) => body.statements),
        ...ofBody(node.last),
      ];
    case 'trap':
      return node.body.statements;
  }
};

const ofExpression = (node: Expression): Nodes => {
  switch (node.node) {
    case 'number':
    case 'string':
    case 'variable':
    case 'type':
      return [];
    case 'expandable':
      return node.parts.filter(part => typeof part !== 'string');
    case 'array':
      return node.items;
    case 'array-of':
    case 'subexpression':
      return node.statements;
    case 'paren':
      return [node.statement];
    case 'hash':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'script-block':
      return ofBlock(node.body);
    case 'cast':
    case 'unary':
    case 'step':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'member':
      return [node.target, node.name];
    case 'invoke':
      return [node.target, node.name, ...node.args];
    case 'index':
      return [node.target, node.index];
  }
};

const ofBlock = (block: Block): Nodes => [
  ...block.attributes.flatMap(ofAttribute),
  ...(block.params ?? []).flatMap(ofParameter),
  ...inOrder([...(block.begin ?? []), ...(block.process ?? []), ...block.statements]),
];

const ofParameter = ({ attributes, fallback }: ParameterDeclaration): Nodes => [
  ...attributes.flatMap(ofAttribute),
  ...some(fallback),
];

const ofAttribute = ({ positional, named }: Attribute): Nodes =>
  inOrder([...positional, ...named.flatMap(({ value }) => some(value))]);

const ofBody = (body: Body | null): Nodes => body?.statements ?? [];

const ofRedirections = (redirections: readonly Redirection[]): Nodes =>
  redirections.flatMap(({ to }) => ('file' in to ? [to.file] : []));

const some = (...nodes: readonly (SyntaxNode | null)[]): Nodes =>
  nodes.filter(node => node !== null);

/** What may be written in any order, e.g. `end` before `begin`. */
const inOrder = (nodes: Nodes): Nodes => nodes.toSorted((one, other) => one.start - other.start);
