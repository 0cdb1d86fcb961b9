import { parse } from './parse.ts';
import type { Expression, TypeName } from './tree.ts';
import { childrenOf, type SyntaxNode } from './walk.ts';

/** The tree of a text in a line: `(binary + 1 2)`. What does not parse is its error id. */
export const sketch = (text: string): string => {
  const parsed = parse(text);
  if (parsed.status !== 'complete') return `${parsed.status} ${parsed.error.id}`;
  return parsed.script.body.statements.map(draw).join('; ');
};

const draw = (node: SyntaxNode): string => {
  switch (node.node) {
    case 'pipeline':
      return node.stages.map(draw).join(' | ');
    case 'expression-stage':
      return [draw(node.expression), ...node.redirections.map(drawRedirection)].join(' ');
    case 'command': {
      const parts = [...node.elements.map(draw), ...node.redirections.map(drawRedirection)];
      return `[${[`${node.call}${draw(node.name)}`, ...parts].join(' ')}]`;
    }
    case 'parameter':
      return node.value === null ? `-${node.name}` : `-${node.name}:${draw(node.value)}`;
    case 'argument':
      return draw(node.value);
    case 'assignment':
      return `(${node.operator} ${draw(node.target)} ${draw(node.value)})`;
    case 'number':
    case 'string':
    case 'expandable':
    case 'variable':
    case 'type':
      return drawLeaf(node);
    default:
      return `(${[labelOf(node), ...childrenOf(node).map(draw)].join(' ')})`;
  }
};

const labelOf = (node: SyntaxNode): string => {
  switch (node.node) {
    case 'binary':
    case 'unary':
      return node.operator;
    case 'step':
      return `${node.prefix ? '' : 'post'}${node.by === 1 ? '++' : '--'}`;
    case 'cast':
      return `cast ${drawType(node.type)}`;
    case 'member':
    case 'invoke':
      return `${node.node}${node.static ? '::' : '.'}`;
    case 'function':
      return `${node.kind} ${node.name}`;
    default:
      return node.node;
  }
};

type Leaf = Extract<Expression, { node: 'number' | 'string' | 'expandable' | 'variable' | 'type' }>;

const drawLeaf = (node: Leaf): string => {
  switch (node.node) {
    case 'number':
      return `${node.type === 'Int32' ? '' : node.type}${node.value}`;
    case 'string':
      return node.bare ? node.value : `'${node.value}'`;
    case 'expandable': {
      const text = node.parts.map(part => (typeof part === 'string' ? part : `{${draw(part)}}`));
      return node.bare ? text.join('') : `"${text.join('')}"`;
    }
    case 'variable':
      return `${node.splat ? '@' : '$'}${node.scope === '' ? '' : `${node.scope}:`}${node.name}`;
    case 'type':
      return drawType(node.type);
  }
};

const drawType = ({ name, generic, rank }: TypeName): string => {
  const inner = generic.length === 0 ? '' : `[${generic.map(drawType).join(',')}]`;
  return `[${name}${inner}${'[]'.repeat(rank)}]`;
};

type Redirections = Extract<SyntaxNode, { node: 'command' }>['redirections'];

const drawRedirection = ({ from, append, to }: Redirections[number]): string =>
  `${from}${append ? '>>' : '>'}${'stream' in to ? `&${to.stream}` : draw(to.file)}`;
