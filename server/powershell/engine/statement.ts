import type {
  Body,
  DoLoop,
  For,
  ForEach,
  If,
  Statement,
  While,
  Flow as FlowNode,
} from '../syntax/tree.ts';
import { fault } from '../value/fault.ts';
import { isNumber, plainNumber } from '../value/number.ts';
import { isTrue, itemsOf, textOf } from '../value/text.ts';
import { convertOrNull } from '../value/convert.ts';
import type { Value } from '../value/value.ts';
import { assignment } from './assignment.ts';
import type { Context } from './context.ts';
import { ErrorObject, ExceptionObject } from './error-object.ts';
import { type ErrorRecord, Terminating } from './error-record.ts';
import { failed } from './failing.ts';
import { placed, placeOf } from './faults.ts';
import { Flow, LimitReached, Thrown } from './flow.ts';
import { functionOf } from './function-signature.ts';
import { BREATH } from './meter.ts';
import { pipeline } from './pipeline.ts';
import type { Sink } from './sink.ts';
import type { Steps } from './steps.ts';
import { switched } from './switch-statement.ts';
import { trapped, trapsOf, tried } from './try-statement.ts';
import { write } from './variables.ts';

/** One after another. An error ends its statement only, unless something around wants it. */
export function* statements(list: readonly Statement[], cx: Context, out: Sink): Steps<void> {
  const traps = trapsOf(list);
  const inner = traps.length > 0 && !cx.guarded ? { ...cx, guarded: true } : cx;
  for (const node of list) {
    try {
      yield* statement(node, inner, out);
    } catch (problem) {
      if (!(problem instanceof Terminating)) throw problem;
      cx.core.meter.error();
      const here = placed(problem, cx.from, extentOf(node));
      if (here instanceof LimitReached) throw here;
      if (traps.length > 0 && (yield* trapped(traps, here, cx, out))) continue;
      if (here instanceof Thrown || cx.guarded || stops(cx)) throw here;
      yield* failed(here.record, cx);
    }
  }
}

/** What is underlined for an error in a statement: not its whole body. */
const extentOf = (node: Statement) => {
  switch (node.node) {
    case 'if':
      return node.clauses[0]?.test ?? node;
    case 'while':
    case 'do':
      return node.test;
    case 'foreach':
    case 'switch':
      return node.over;
    default:
      return node;
  }
};

const stops = (cx: Context): boolean => {
  const preference = cx.scope.find('erroractionpreference');
  return preference !== undefined && /^stop$/i.test(textOf(preference.value));
};

export function* statement(node: Statement, cx: Context, out: Sink): Steps<void> {
  if (cx.core.meter.tick()) yield BREATH;
  switch (node.node) {
    case 'pipeline':
      return yield* pipeline(node, cx, out);
    case 'assignment':
      yield* assignment(node, cx);
      cx.core.succeeded = true;
      return;
    case 'if':
      return yield* chosen(node, cx, out);
    case 'while':
      return yield* whiles(node, cx, out);
    case 'do':
      return yield* repeated(node, cx, out);
    case 'for':
      return yield* counted(node, cx, out);
    case 'foreach':
      return yield* each(node, cx, out);
    case 'switch':
      return yield* switched(node, cx, out);
    case 'function':
      cx.scope.define(functionOf(node, cx));
      return;
    case 'try':
      return yield* tried(node, cx, out);
    case 'trap':
      return;
    default:
      yield* leave(node, cx, out);
  }
}

const test = function* (node: Statement, cx: Context): Steps<boolean> {
  return isTrue(yield* cx.core.evaluator.collected(node, cx));
};

function* chosen(node: If, cx: Context, out: Sink): Steps<void> {
  for (const clause of node.clauses)
    if (yield* test(clause.test, cx)) return yield* statements(clause.body.statements, cx, out);
  if (node.otherwise !== null) yield* statements(node.otherwise.statements, cx, out);
}

/** The body once; false when the loop ends there. */
export function* once(body: Body, label: string | null, cx: Context, out: Sink): Steps<boolean> {
  if (cx.core.meter.tick()) yield BREATH;
  try {
    yield* statements(body.statements, cx, out);
    return true;
  } catch (flow) {
    if (!(flow instanceof Flow) || (flow.kind !== 'break' && flow.kind !== 'continue')) throw flow;
    if (flow.label !== null && flow.label !== label?.toLowerCase()) throw flow;
    return flow.kind === 'continue';
  }
}

function* whiles(node: While, cx: Context, out: Sink): Steps<void> {
  while (yield* test(node.test, cx)) if (!(yield* once(node.body, node.label, cx, out))) return;
}

function* repeated(node: DoLoop, cx: Context, out: Sink): Steps<void> {
  do {
    if (!(yield* once(node.body, node.label, cx, out))) return;
  } while ((yield* test(node.test, cx)) !== node.until);
}

function* counted(node: For, cx: Context, out: Sink): Steps<void> {
  if (node.first !== null) yield* silent(node.first, cx, out);
  while (node.test === null || (yield* test(node.test, cx))) {
    if (!(yield* once(node.body, node.label, cx, out))) return;
    if (node.next !== null) yield* silent(node.next, cx, out);
  }
}

/** Assignments and steps of a `for` put nothing out. */
function* silent(node: Statement, cx: Context, out: Sink): Steps<void> {
  yield* statement(node, cx, out);
}

function* each(node: ForEach, cx: Context, out: Sink): Steps<void> {
  const over = yield* cx.core.evaluator.collected(node.over, cx);
  // PowerShell 3: foreach over $null does nothing.
  if (over === null) return;
  const items = itemsOf(over) ?? [over];
  for (let i = 0; i < items.length; i += 1) {
    write(node.variable, items[i] ?? null, cx);
    if (!(yield* once(node.body, node.label, cx, out))) return;
  }
}

function* leave(node: FlowNode, cx: Context, out: Sink): Steps<void> {
  switch (node.node) {
    case 'return':
      if (node.value !== null) yield* statement(node.value, cx, out);
      throw new Flow('return');
    case 'exit': {
      const value = node.value === null ? 0 : yield* cx.core.evaluator.collected(node.value, cx);
      const code = convertOrNull(value, 'System.Int32');
      throw new Flow('exit', null, isNumber(code) ? plainNumber(code) : 0);
    }
    case 'throw':
      throw yield* thrown(node, cx);
    default: {
      const label = node.label === null ? null : yield* labelOf(node.label, cx);
      throw new Flow(node.node, label);
    }
  }
}

function* labelOf(node: NonNullable<FlowNode['label']>, cx: Context): Steps<string> {
  return textOf(yield* cx.core.evaluator.value(node, cx)).toLowerCase();
}

/** `throw`: a text, an exception, an error again, or nothing inside a catch. */
function* thrown(node: FlowNode, cx: Context): Steps<Thrown> {
  const value = node.value === null ? null : yield* cx.core.evaluator.collected(node.value, cx);
  const current = cx.scope.find('_')?.value ?? null;
  if (node.value === null && current instanceof ErrorObject) return new Thrown(current.record);
  if (value instanceof ErrorObject) return new Thrown(value.record);
  const place = placeOf(cx.from, node);
  if (value instanceof ExceptionObject) return new Thrown({ ...value.record, place });
  const message = value === null ? 'ScriptHalted' : textOf(value);
  return new Thrown({ ...haltRecord(message, value), place });
}

const haltRecord = (message: string, target: Value): ErrorRecord =>
  fault({ message, id: message, category: 'OperationStopped', target }).record;
