import type { Switch } from '../syntax/tree.ts';
import { equals } from '../value/compare.ts';
import { groupsOf, regexOperand } from '../value/operators.ts';
import { ScriptBlock } from '../value/script-block.ts';
import { isTrue, itemsOf, textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { Wildcard } from '../value/wildcard.ts';
import type { Context } from './context.ts';
import { notSimulated } from './faults.ts';
import { Flow } from './flow.ts';
import { BREATH } from './meter.ts';
import { Collector, type Sink } from './sink.ts';
import type { Steps } from './steps.ts';

/** Every element against every case; `break` ends it, `continue` goes to the next element. */
export function* switched(node: Switch, cx: Context, out: Sink): Steps<void> {
  if (node.file) throw notSimulated('switch -File is not simulated in this console.', 'File');
  const over = yield* cx.core.evaluator.collected(node.over, cx);
  const before = cx.scope.own('_')?.value;
  try {
    for (const item of itemsOf(over) ?? [over]) {
      if (cx.core.meter.tick()) yield BREATH;
      cx.scope.set('_', item);
      yield* oneItem(node, item, cx, out);
    }
  } catch (flow) {
    if (!(flow instanceof Flow) || flow.kind !== 'break' || !isFor(flow, node)) throw flow;
  } finally {
    if (before === undefined) cx.scope.delete('_');
    else cx.scope.set('_', before);
  }
}

const isFor = (flow: Flow, node: Switch): boolean =>
  flow.label === null || flow.label === node.label?.toLowerCase();

function* oneItem(node: Switch, item: Value, cx: Context, out: Sink): Steps<void> {
  let matched = false;
  try {
    for (const one of node.cases) {
      const test = yield* cx.core.evaluator.value(one.test, cx);
      if (!(yield* isCase(node, test, item, cx))) continue;
      matched = true;
      cx.scope.set('_', item);
      yield* cx.core.evaluator.statements(one.body.statements, cx, out);
    }
    if (!matched && node.otherwise !== null)
      yield* cx.core.evaluator.statements(node.otherwise.statements, cx, out);
  } catch (flow) {
    if (!(flow instanceof Flow) || flow.kind !== 'continue' || !isFor(flow, node)) throw flow;
  }
}

function* isCase(node: Switch, test: Value, item: Value, cx: Context): Steps<boolean> {
  const ignoreCase = !node.caseSensitive;
  if (test instanceof ScriptBlock) {
    const collector = new Collector(cx.core.meter);
    yield* cx.core.evaluator.call({ block: test, dollar: item, dotted: true }, cx, collector);
    return isTrue(collector.result());
  }
  switch (node.match) {
    case 'exact':
      return equals(item, test, ignoreCase);
    case 'wildcard':
      return new Wildcard(textOf(test), ignoreCase).matches(textOf(item));
    case 'regex': {
      const regex = regexOperand(test, ignoreCase);
      const match = regex.exec(textOf(item));
      if (match !== null) cx.scope.set('matches', groupsOf(regex, match));
      return match !== null;
    }
  }
}
