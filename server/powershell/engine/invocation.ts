import type { Expression, Invoke, Member } from '../syntax/tree.ts';
import { fault } from '../value/fault.ts';
import { List } from '../value/list.ts';
import { callMethod, ownProperty, property } from '../value/member.ts';
import { PSObject } from '../value/ps-object.ts';
import { ScriptBlock } from '../value/script-block.ts';
import { itemsOf, textOf } from '../value/text.ts';
import { fullTypeName } from '../value/type-table.ts';
import { TypeValue } from '../value/type-value.ts';
import type { Value } from '../value/value.ts';
import type { Context } from './context.ts';
import { COST } from './limits.ts';
import { Live } from './live.ts';
import { psObjectOf } from './ps-members.ts';
import { Collector } from './sink.ts';
import { staticCall, staticProperty } from './statics.ts';
import type { Steps } from './steps.ts';

/** `$x.Name`, `[type]::Name`. */
export function* memberOf(node: Member, cx: Context): Steps<Value> {
  const target = yield* cx.core.evaluator.value(node.target, cx);
  const name = yield* nameOf(node.name, cx);
  if (node.static) return staticProperty(typeNameOf(target), name, cx);
  if (/^ps(object|base|extended|adapted)$/i.test(name) && ownProperty(target, name) === undefined)
    return psObjectOf(target);
  return property(target, name);
}

function* nameOf(node: Expression, cx: Context): Steps<string> {
  if (node.node === 'string') return node.value;
  return textOf(yield* cx.core.evaluator.value(node, cx));
}

const typeNameOf = (target: Value): string => {
  if (target instanceof TypeValue) return target.full;
  const full = typeof target === 'string' ? fullTypeName(target) : null;
  if (full !== null) return full;
  throw fault({
    message: `Unable to find type [${textOf(target)}]: make sure that the assembly containing this type is loaded.`,
    id: 'TypeNotFound',
    category: 'InvalidOperation',
    target: textOf(target),
  });
};

const elementsOf = (value: Value): number => itemsOf(value)?.length ?? 0;

/** `$x.Name(...)`; undefined when it returns nothing. */
export function* invoked(node: Invoke, cx: Context): Steps<Value | undefined> {
  const target = yield* cx.core.evaluator.value(node.target, cx);
  const name = yield* nameOf(node.name, cx);
  const args: Value[] = [];
  for (const arg of node.args) args.push(yield* cx.core.evaluator.value(arg, cx));
  if (node.static) {
    for (const one of args) cx.core.meter.through(elementsOf(one));
    return staticCall({ type: typeNameOf(target), name, args }, cx);
  }
  if (target instanceof Live) {
    const steps = target.run(name, args, cx);
    if (steps !== null) return yield* steps;
  }
  if (target instanceof ScriptBlock) return yield* blockMethod(target, { name, args }, cx);
  for (const one of [target, ...args]) if (typeof one === 'string') cx.core.meter.work(one.length);
  for (const one of [target, ...args]) cx.core.meter.through(elementsOf(one));
  if (target instanceof List) cx.core.meter.allocate(COST.element * 2);
  const result = scriptProperty(target, name) ?? callMethod(target, name, args);
  if (typeof result === 'string') cx.core.meter.text(result.length);
  else if (Array.isArray(result)) cx.core.meter.elements(result.length);
  return result;
}

/** A script method's block may be kept as a note; calling it is calling the block. */
const scriptProperty = (target: Value, name: string): Value | undefined =>
  target instanceof PSObject && /^get_\w+$/i.test(name)
    ? ownProperty(target, name.slice(4))
    : undefined;

function* blockMethod(
  block: ScriptBlock,
  { name, args }: { readonly name: string; readonly args: readonly Value[] },
  cx: Context,
): Steps<Value | undefined> {
  switch (name.toLowerCase()) {
    case 'invoke':
    case 'invokereturnasis': {
      const collector = new Collector(cx.core.meter);
      yield* cx.core.evaluator.call({ block, args }, cx, collector);
      return name.toLowerCase() === 'invoke' ? collector.values : collector.result();
    }
    case 'getnewclosure':
      return new ScriptBlock({
        body: block.body,
        source: block.source,
        from: block.from,
        closure: cx.scope,
      });
    default:
      return callMethod(block, name, args);
  }
}
