import type {
  Binary,
  Cast,
  Expandable,
  Expression,
  HashLiteral,
  NumberLiteral,
  Statement,
  Step,
  Unary,
} from '../syntax/tree.ts';
import { toCustomObject } from '../value/convert.ts';
import { elementAt } from '../value/element.ts';
import { fault } from '../value/fault.ts';
import { Hashtable } from '../value/hashtable.ts';
import { double, int64, isNumber, negated } from '../value/number.ts';
import { operate, splitWords } from '../value/operators.ts';
import { calculate, wholeNumber } from '../value/arithmetic.ts';
import { ScriptBlock } from '../value/script-block.ts';
import { isTrue, itemsOf, joinText, textOf } from '../value/text.ts';
import { Typed } from '../value/typed.ts';
import { TypeValue } from '../value/type-value.ts';
import type { Value } from '../value/value.ts';
import type { Context } from './context.ts';
import { invoked, memberOf } from './invocation.ts';
import { BREATH } from './meter.ts';
import { cast, inText, operated } from './operation.ts';
import { hostOf } from './operator-host.ts';
import { Collector } from './sink.ts';
import type { Steps } from './steps.ts';
import { typeOf } from './type-of.ts';
import { read } from './variables.ts';

/** The value of any expression. What needs no waiting is answered without a generator of its own. */
export function* evaluate(node: Expression, cx: Context): Steps<Value> {
  if (cx.core.meter.tick()) yield BREATH;
  switch (node.node) {
    case 'number':
      return numberOf(node);
    case 'string':
      return node.value;
    case 'variable':
      return read(node, cx);
    case 'binary':
      return yield* binary(node, cx);
    case 'member':
      return yield* memberOf(node, cx);
    case 'invoke':
      return (yield* invoked(node, cx)) ?? null;
    case 'index': {
      const target = yield* evaluate(node.target, cx);
      const index = yield* evaluate(node.index, cx);
      if (typeof index === 'string') cx.core.meter.work(index.length);
      cx.core.meter.through(itemsOf(index)?.length ?? 0);
      return elementAt(target, index);
    }
    case 'paren':
      return yield* cx.core.evaluator.collected(node.statement, cx);
    case 'subexpression':
      return (yield* collect(node.statements, cx)).result();
    case 'array-of':
      return (yield* collect(node.statements, cx)).values;
    default:
      return yield* rarer(node, cx);
  }
}

type Rarer = Exclude<
  Expression,
  {
    node:
      | 'number'
      | 'string'
      | 'variable'
      | 'binary'
      | 'member'
      | 'invoke'
      | 'index'
      | 'paren'
      | 'subexpression'
      | 'array-of';
  }
>;

function* rarer(node: Rarer, cx: Context): Steps<Value> {
  switch (node.node) {
    case 'expandable':
      return yield* interpolated(node, cx);
    case 'array':
      return yield* list(node.items, cx);
    case 'hash':
      return yield* table(node, cx, false);
    case 'script-block':
      return new ScriptBlock({ body: node.body, source: node.text, from: cx.from });
    case 'type':
      return new TypeValue(typeOf(node.type));
    case 'cast':
      return yield* casted(node, cx);
    case 'unary':
      return yield* unary(node, cx);
    case 'step':
      return yield* step(node, cx);
  }
}

/** The literal as a value of its own type. */
export const numberOf = ({ type, value }: NumberLiteral): Value => {
  switch (type) {
    case 'Int32':
      return Number(value);
    case 'Int64':
      return int64(typeof value === 'bigint' ? value : Number(value));
    case 'Double':
      return double(Number(value));
    case 'Decimal':
      return new Typed('Decimal', String(value));
  }
};

function* collect(statements: readonly Statement[], cx: Context): Steps<Collector> {
  const collector = new Collector(cx.core.meter);
  yield* cx.core.evaluator.statements(statements, cx, collector);
  return collector;
}

function* list(items: readonly Expression[], cx: Context): Steps<Value> {
  const values: Value[] = [];
  for (const item of items) values.push(yield* evaluate(item, cx));
  cx.core.meter.elements(values.length);
  return values;
}

function* interpolated(node: Expandable, cx: Context): Steps<Value> {
  let text = '';
  for (const part of node.parts) {
    text += typeof part === 'string' ? part : yield* inText(yield* evaluate(part, cx), cx);
    cx.core.meter.text(text.length);
  }
  return text;
}

function* table(node: HashLiteral, cx: Context, ordered: boolean): Steps<Value> {
  const made = new Hashtable(ordered);
  cx.core.meter.allocate(100 + node.entries.length * 60);
  for (const { key, value } of node.entries) {
    const name = yield* evaluate(key, cx);
    if (name === null)
      throw fault({
        message: 'A null key is not allowed in a hash literal.',
        id: 'InvalidNullKey',
        category: 'InvalidOperation',
      });
    if (made.has(name))
      throw fault({
        message: `Item has already been added. Key in dictionary: '${textOf(name)}'  Key being added: '${textOf(name)}'`,
        id: 'System.ArgumentException',
        category: 'OperationStopped',
        exception: 'System.ArgumentException',
      });
    made.set(name, yield* cx.core.evaluator.collected(value, cx));
  }
  return made;
}

function* casted(node: Cast, cx: Context): Steps<Value> {
  const { operand } = node;
  const written = node.type.name.toLowerCase();
  if (operand.node === 'hash' && node.type.rank === 0) {
    if (written === 'ordered') return yield* table(operand, cx, true);
    if (
      /^(management\.automation\.|system\.management\.automation\.)?ps(custom)?object$/.test(
        written,
      )
    )
      return toCustomObject(yield* table(operand, cx, true));
  }
  const type = typeOf(node.type);
  return yield* cast(yield* evaluate(operand, cx), type, cx);
}

function* binary(node: Binary, cx: Context): Steps<Value> {
  const { operator } = node;
  const left = yield* evaluate(node.left, cx);
  if (operator === '-and') return isTrue(left) && isTrue(yield* evaluate(node.right, cx));
  if (operator === '-or') return isTrue(left) || isTrue(yield* evaluate(node.right, cx));
  const right = yield* evaluate(node.right, cx);
  if (operator === '-xor') return isTrue(left) !== isTrue(right);
  if (right instanceof ScriptBlock && /^-[ic]?split$/.test(operator))
    return yield* splitByBlock(left, right, cx);
  if (typeof left === 'string') cx.core.meter.work(left.length);
  if (left instanceof Hashtable) cx.core.meter.spend(left.size);
  return yield* operated(operator, left, right, cx);
}

/** `-split { $_ -eq 'x' }`: at every character for which the block is true. */
function* splitByBlock(left: Value, block: ScriptBlock, cx: Context): Steps<Value> {
  const parts: string[] = [];
  for (const item of itemsOf(left) ?? [left]) {
    let part = '';
    for (const letter of textOf(item)) {
      const collector = new Collector(cx.core.meter);
      yield* cx.core.evaluator.call({ block, dollar: letter, dotted: true }, cx, collector);
      if (isTrue(collector.result())) {
        parts.push(part);
        part = '';
      } else {
        part += letter;
      }
    }
    parts.push(part);
  }
  return parts;
}

function* unary(node: Unary, cx: Context): Steps<Value> {
  const value = yield* evaluate(node.operand, cx);
  switch (node.operator) {
    case '!':
    case '-not':
      return !isTrue(value);
    case '-':
      return isNumber(value) ? negated(value) : calculate('-', 0, value, cx.core.meter);
    case '+':
      return isNumber(value) ? value : calculate('+', 0, value, cx.core.meter);
    case '-bnot':
      return operate('-bxor', wholeNumber(value), -1, hostOf(cx));
    case '-join': {
      const text = joinText(
        (itemsOf(value) ?? [value]).map(item => textOf(item)),
        '',
      );
      cx.core.meter.text(text.length);
      return text;
    }
    default:
      return splitWords(value);
  }
}

/** `$i++` as a value: before the step, or behind it. */
function* step(node: Step, cx: Context): Steps<Value> {
  const { operand } = node;
  const before = yield* evaluate(operand, cx);
  if (before !== null && !isNumber(before))
    throw fault({
      message: `The '${node.by > 0 ? '++' : '--'}' operator works only on numbers. The operand is a '${textOf(typeText(before))}'.`,
      id: 'OperatorRequiresNumber',
      category: 'InvalidOperation',
    });
  const after = calculate('+', before ?? 0, node.by, cx.core.meter);
  yield* cx.core.evaluator.assign(operand, after, cx);
  return node.prefix ? after : (before ?? 0);
}

const typeText = (value: Value): string =>
  typeof value === 'string'
    ? 'System.String'
    : Array.isArray(value)
      ? 'System.Object[]'
      : 'System.Object';
