import type { Statement } from '../syntax/tree.ts';
import { property } from '../value/member.ts';
import type { Value } from '../value/value.ts';
import { assign } from './assignment.ts';
import type { BlockCall, Context, Evaluator } from './context.ts';
import { evaluate } from './expression.ts';
import { blockCommand } from './function-signature.ts';
import { FunctionStage } from './function-stage.ts';
import type { Scope } from './scope.ts';
import { remoteContext } from './remote.ts';
import { Collector, type Sink } from './sink.ts';
import { statement, statements } from './statement.ts';
import type { Steps } from './steps.ts';

/** What a statement puts out as a value; an expression alone is its value as it stands. */
function* collected(node: Statement, cx: Context): Steps<Value> {
  if (node.node === 'pipeline' && node.stages.length === 1) {
    const stage = node.stages[0];
    if (stage?.node === 'expression-stage' && stage.redirections.length === 0) {
      const value = yield* evaluate(stage.expression, cx);
      cx.core.succeeded = true;
      return value;
    }
  }
  if (node.node === 'assignment') {
    yield* statement(node, cx, new Collector(cx.core.meter));
    return yield* evaluate(node.target, cx);
  }
  const collector = new Collector(cx.core.meter);
  yield* statement(node, cx, collector);
  return collector.result();
}

/** Runs a script block once: a call, or the body of a cmdlet's parameter. */
function* call(
  { block, dollar, args, input, dotted, computer }: BlockCall,
  caller: Context,
  out: Sink,
): Steps<void> {
  const cx = computer === undefined ? caller : remoteContext(computer, caller);
  const nowhere = { start: 0, end: 0 };
  const stage = new FunctionStage(
    {
      command: blockCommand(block),
      args: (args ?? []).map(value => ({ kind: 'plain', value, splatted: true, ...nowhere })),
      invokedAs: '',
      dotted: dotted === true,
      extent: nowhere,
      closure: block.closure as Scope | null,
      dollar,
    },
    cx,
    { out, position: 1, expectsInput: input !== undefined },
  );
  try {
    yield* stage.begin();
    for (const value of input ?? []) yield* stage.process(value);
    yield* stage.end();
  } finally {
    stage.close();
  }
}

export const EVALUATOR: Evaluator = {
  value: evaluate,
  statements,
  statement,
  collected,
  assign,
  call,
  member: (target, name) => property(target, name),
};
