import type { Command, ExpressionStage, Expression, Pipeline } from '../syntax/tree.ts';
import { fault } from '../value/fault.ts';
import type { Value } from '../value/value.ts';
import { stageOf } from './command.ts';
import type { Context } from './context.ts';
import { Terminating } from './error-record.ts';
import { failed } from './failing.ts';
import { placed } from './faults.ts';
import { FailedDownstream, LimitReached, StopUpstream, Thrown } from './flow.ts';
import { invoked } from './invocation.ts';
import { LIMITS } from './limits.ts';
import { BREATH } from './meter.ts';
import { redirected } from './redirection.ts';
import { Collector, emit, type Sink } from './sink.ts';
import type { Stage } from './stage.ts';
import type { Steps } from './steps.ts';

/** A pipeline: its objects go through all stages one by one. */
export function* pipeline(node: Pipeline, cx: Context, out: Sink): Steps<void> {
  const [first] = node.stages;
  if (first === undefined) return;
  if (node.stages.length === 1 && first.node === 'expression-stage') {
    yield* expressionStage(first, cx, out);
    cx.core.succeeded = true;
    return;
  }
  if (node.stages.length > LIMITS.stages) throw tooLong();
  yield* new Running(node, cx, out).run();
}

const tooLong = () =>
  fault({
    message: `A pipeline of more than ${LIMITS.stages} commands is not supported by this console.`,
    id: 'PipelineTooLong',
    category: 'LimitsExceeded',
  });

function* expressionStage(node: ExpressionStage, cx: Context, out: Sink): Steps<void> {
  const { expression } = node;
  if (node.redirections.length > 0) {
    const routed = yield* redirected(node.redirections, cx, out);
    yield* putOut(expression, routed.cx, routed.out);
    if (routed.finish !== null) yield* routed.finish();
    return;
  }
  yield* putOut(expression, cx, out);
}

/** What an expression alone puts out: assignments, steps and void calls put out nothing. */
function* putOut(node: Expression, cx: Context, out: Sink): Steps<void> {
  switch (node.node) {
    case 'step':
      yield* cx.core.evaluator.value(node, cx);
      return;
    case 'cast':
      if (/^(system\.)?void$/i.test(node.type.name)) {
        yield* cx.core.evaluator.value(node.operand, cx);
        return;
      }
      break;
    case 'invoke': {
      const value = yield* invoked(node, cx);
      if (value !== undefined) yield* emit(value, out, cx.core.meter);
      return;
    }
    case 'subexpression':
    case 'paren':
      yield* nested(node, cx, out);
      return;
    default:
  }
  yield* emit(yield* cx.core.evaluator.value(node, cx), out, cx.core.meter);
}

/** What nothing came of puts nothing out. */
function* nested(
  node: Extract<Expression, { node: 'subexpression' | 'paren' }>,
  cx: Context,
  out: Sink,
): Steps<void> {
  if (node.node === 'paren') {
    const inner = node.statement;
    const only = inner.node === 'pipeline' && inner.stages.length === 1 ? inner.stages[0] : null;
    // ($i++) puts out the value that the step alone would not.
    if (inner.node !== 'pipeline' || only?.node === 'expression-stage')
      return yield* emit(yield* cx.core.evaluator.collected(inner, cx), out, cx.core.meter);
    const collector = new Collector(cx.core.meter);
    yield* cx.core.evaluator.statement(inner, cx, collector);
    for (const value of collector.values) yield* emit(value, out, cx.core.meter);
    return;
  }
  yield* cx.core.evaluator.statements(node.statements, cx, out);
}

/** A pipeline on its way. */
class Running {
  readonly #node: Pipeline;
  readonly #cx: Context;
  readonly #out: Sink;
  /** Where a stage sends its errors, when it says. */
  readonly #errorsTo: (Context | null)[] = [];
  /** Whose work it is just now: an error goes where this stage sends its errors. */
  #at = 0;
  /** Null is a stage that has been stopped. */
  readonly #stages: (Stage | null)[] = [];

  constructor(node: Pipeline, cx: Context, out: Sink) {
    this.#node = node;
    this.#cx = cx;
    this.#out = out;
  }

  *run(): Steps<void> {
    const { stages } = this.#node;
    const [first, ...rest] = stages;
    const leading = first?.node === 'expression-stage' ? first : null;
    const commands = (leading === null ? stages : rest).filter(one => one.node === 'command');
    const finishers: (() => Steps<void>)[] = [];
    this.#cx.core.succeeded = true;

    try {
      yield* this.#build(commands, leading !== null, finishers);
      for (const [i, stage] of this.#stages.entries()) {
        this.#at = i;
        if (stage !== null) yield* stage.begin();
      }
      this.#at = -1;
      if (leading !== null)
        yield* this.#upstream(expressionStage(leading, this.#cx, this.#into(0)));
      for (let i = 0; i < this.#stages.length; i += 1) {
        this.#at = i;
        const stage = this.#stages[i];
        if (stage !== null && stage !== undefined) yield* this.#upstream(stage.end());
      }
      for (const finish of finishers) yield* finish();
    } catch (problem) {
      this.#cx.core.succeeded = false;
      if (problem instanceof FailedDownstream && problem.pipeline === this)
        yield* this.#redirectedError(problem.problem, problem.stage);
      else yield* this.#redirectedError(problem, this.#at);
    } finally {
      for (const stage of this.#stages) stage?.close();
    }
  }

  /** `2>` of a command takes what ends it too; without one, the error goes on. */
  *#redirectedError(problem: unknown, stage: number): Steps<void> {
    const cx = this.#errorsTo[stage] ?? null;
    const ends = problem instanceof Thrown || problem instanceof LimitReached;
    if (cx === null || ends || cx.guarded || !(problem instanceof Terminating)) throw problem;
    yield* failed(placed(problem, cx.from, this.#node).record, cx);
  }

  *#build(
    commands: readonly Command[],
    fed: boolean,
    finishers: (() => Steps<void>)[],
  ): Steps<void> {
    for (const [index, command] of commands.entries()) {
      const last = index === commands.length - 1;
      const next = last ? this.#out : this.#into(index + 1);
      this.#at = index;
      const routed = yield* redirected(command.redirections, this.#cx, next);
      if (routed.finish !== null) finishers.push(routed.finish);
      const { error } = routed.cx.streams;
      // What ends a pipeline cannot be handed to a later stage of it: that one has ended, too.
      const isElsewhere = error !== this.#cx.streams.error && (last || error !== next);
      this.#errorsTo.push(isElsewhere ? routed.cx : null);
      const stage = yield* stageOf(command, routed.cx, {
        out: routed.out,
        position: index + 1,
        expectsInput: fed || index > 0,
      });
      this.#stages.push(stage);
    }
  }

  /** The sink that is the stage with this number. */
  #into(index: number): Sink {
    return {
      put: value => {
        const stage = this.#stages[index];
        return stage === null || stage === undefined ? null : this.#fed(index, stage, value);
      },
    };
  }

  *#fed(index: number, stage: Stage, value: Value): Steps<void> {
    if (this.#cx.core.meter.tick()) yield BREATH;
    try {
      yield* stage.process(value);
    } catch (problem) {
      if (!(problem instanceof Terminating) || problem instanceof LimitReached) throw problem;
      throw new FailedDownstream(this, index, problem);
    }
  }

  /** Runs a stage; when one behind it has enough, all before that one are over. */
  *#upstream(steps: Steps<void>): Steps<void> {
    try {
      yield* steps;
    } catch (signal) {
      if (!(signal instanceof StopUpstream)) throw signal;
      const by = this.#stages.findIndex(stage => stage === signal.stage);
      if (by < 0) throw signal;
      for (let i = 0; i < by; i += 1) {
        this.#stages[i]?.close();
        this.#stages[i] = null;
      }
    }
  }
}
