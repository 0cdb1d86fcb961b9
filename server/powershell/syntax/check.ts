import type { Reader } from './reader.ts';
import type { Assignment, Expression, HashLiteral, Script, Step, Try } from './tree.ts';
import { childrenOf, type SyntaxNode } from './walk.ts';

/** How high the tree may be: whoever walks it may call itself once for each level. */
const MAX_HEIGHT = 500;

/** What parses and is no script all the same. Throws a Failure at the first of its kind. */
export const check = (r: Reader, script: Script): void => {
  // Its own stack: a long chain of operators is a high tree.
  const waiting: { readonly node: SyntaxNode; readonly parent: SyntaxNode; height: number }[] = [
    { node: script, parent: script, height: 0 },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, parent, height } = next;
    if (height > MAX_HEIGHT) r.fail('ScriptTooComplicated', node);
    checkNode(r, node, parent);
    for (const child of childrenOf(node).toReversed())
      waiting.push({ node: child, parent: node, height: height + 1 });
  }
};

const checkNode = (r: Reader, node: SyntaxNode, parent: SyntaxNode): void => {
  switch (node.node) {
    case 'assignment':
      return checkAssignment(r, node);
    case 'step':
      return checkStep(r, node);
    case 'hash':
      return checkKeys(r, node);
    case 'try':
      return checkCatches(r, node);
    case 'variable':
      if (!node.splat || parent.node === 'argument') return;
      return parent.node === 'member' || parent.node === 'index'
        ? r.fail('NoPropertiesInSplatting', node, node.name)
        : r.fail('SplattingNotPermitted', node, node.name);
    default:
  }
};

const checkAssignment = (r: Reader, { target }: Assignment): void => {
  if (!isAssignable(target)) r.fail('InvalidLeftHandSide', target);
};

const isAssignable = (target: Expression): boolean => {
  switch (target.node) {
    case 'variable':
    case 'member':
    case 'index':
      return true;
    case 'cast':
      return isAssignable(target.operand);
    case 'array':
      return target.items.every(isAssignable);
    default:
      return false;
  }
};

const checkStep = (r: Reader, { operand, by }: Step): void => {
  if (!isAssignable(operand))
    r.fail('OperatorRequiresVariableOrProperty', operand, by === 1 ? '++' : '--');
};

const checkKeys = (r: Reader, { entries }: HashLiteral): void => {
  const seen = new Set<string>();
  for (const { key } of entries) {
    const text =
      key.node === 'string' ? `s${key.value.toLowerCase()}` : key.node === 'number' && key.text;
    if (text === false) continue;
    if (seen.has(text)) r.fail('DuplicateKeyInHashLiteral', key, r.text.slice(key.start, key.end));
    seen.add(text);
  }
};

/** Behind a catch of everything no other is reached. */
const checkCatches = (r: Reader, { catches }: Try): void => {
  const all = catches.slice(0, -1).find(({ types }) => types.length === 0);
  if (all !== undefined) r.fail('EmptyCatchNotLast', all.body);
};
