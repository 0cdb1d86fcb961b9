import type { Statement, Trap, Try } from '../syntax/tree.ts';
import { exceptionTypes, fullTypeName } from '../value/type-table.ts';
import type { Context } from './context.ts';
import { ErrorObject } from './error-object.ts';
import { type ErrorRecord, Terminating } from './error-record.ts';
import { failed } from './failing.ts';
import { placed } from './faults.ts';
import { Flow, LimitReached } from './flow.ts';
import type { Sink } from './sink.ts';
import type { Steps } from './steps.ts';

/** try, catch by type, finally. A reached limit passes through both unseen. */
export function* tried(node: Try, cx: Context, out: Sink): Steps<void> {
  let limited = false;
  try {
    yield* attempted(node, cx, out);
  } catch (problem) {
    limited = problem instanceof LimitReached || isHost(problem);
    throw problem;
  } finally {
    if (node.last !== null && !limited)
      yield* cx.core.evaluator.statements(node.last.statements, cx, out);
  }
}

/** Not one of PowerShell's: the native stack ran out. */
const isHost = (problem: unknown): boolean => problem instanceof RangeError;

function* attempted(node: Try, cx: Context, out: Sink): Steps<void> {
  const inner = cx.guarded || node.catches.length === 0 ? cx : { ...cx, guarded: true };
  try {
    yield* cx.core.evaluator.statements(node.body.statements, inner, out);
  } catch (problem) {
    if (!(problem instanceof Terminating) || problem instanceof LimitReached) throw problem;
    const { record } = placed(problem, cx.from, node);
    const handler = node.catches.find(
      ({ types }) => types.length === 0 || types.some(({ name }) => isA(record, name)),
    );
    if (handler === undefined) throw problem;
    cx.core.remember(record);
    const before = cx.scope.own('_')?.value;
    cx.scope.set('_', new ErrorObject(record));
    try {
      yield* cx.core.evaluator.statements(handler.body.statements, cx, out);
    } finally {
      if (before === undefined) cx.scope.delete('_');
      else cx.scope.set('_', before);
    }
  }
}

/** Whether an error is of an exception type, or of one that derives from it. */
const isA = (record: ErrorRecord, name: string): boolean => {
  const full = fullTypeName(name);
  const wanted = full ?? name;
  return exceptionTypes(record.exception).includes(wanted) || wanted.endsWith(`.${record.reason}`);
};

export const trapsOf = (list: readonly Statement[]): readonly Trap[] => {
  let traps: Trap[] = NONE;
  for (const node of list) if (node.node === 'trap') traps = [...traps, node];
  return traps;
};

const NONE: Trap[] = [];

/** True when a trap took the error and the next statement goes on; `break` in it throws again. */
export function* trapped(
  traps: readonly Trap[],
  problem: Terminating,
  cx: Context,
  out: Sink,
): Steps<boolean> {
  const trap =
    traps.find(({ type }) => type !== null && isA(problem.record, type.name)) ??
    traps.find(({ type }) => type === null);
  if (trap === undefined) return false;
  const before = cx.scope.own('_')?.value;
  cx.scope.set('_', new ErrorObject(problem.record));
  try {
    yield* cx.core.evaluator.statements(trap.body.statements, cx, out);
  } catch (flow) {
    if (!(flow instanceof Flow)) throw flow;
    if (flow.kind === 'continue' && flow.label === null) {
      cx.core.remember(problem.record);
      return true;
    }
    if (flow.kind === 'break' && flow.label === null) throw problem;
    throw flow;
  } finally {
    if (before === undefined) cx.scope.delete('_');
    else cx.scope.set('_', before);
  }
  // Neither continue nor break: the error is shown, and the next statement goes on.
  yield* failed(problem.record, cx, 'continue');
  return true;
}
