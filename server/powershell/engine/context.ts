import type { Expression, Statement } from '../syntax/tree.ts';
import type { ScriptBlock } from '../value/script-block.ts';
import type { Value } from '../value/value.ts';
import type { Computer } from './cmdlet.ts';
import type { Core } from './core.ts';
import type { FunctionCommand, Source } from './function-command.ts';
import type { Scope } from './scope.ts';
import type { Sink } from './sink.ts';
import type { Steps } from './steps.ts';

/** Where streams 2 to 5 go; null is the screen. */
export interface Streams {
  readonly error: Sink | null;
  readonly warning: Sink | null;
  readonly verbose: Sink | null;
  readonly debug: Sink | null;
}

export const SCREEN: Streams = { error: null, warning: null, verbose: null, debug: null };

/** In what a piece of script runs. Never changed; a call makes another one. */
export interface Context {
  readonly core: Core;
  readonly scope: Scope;
  readonly from: Source;
  readonly streams: Streams;
  /** A try or trap around, however far: errors that end a statement go there. */
  readonly guarded: boolean;
  /** Calls inside one another. */
  readonly depth: number;
  /** Whose commands these are. */
  readonly computer: Computer;
}

/** A call of a script block with what it is given. */
export interface BlockCall {
  readonly block: ScriptBlock;
  readonly dollar?: Value | undefined;
  readonly args?: readonly Value[] | undefined;
  readonly input?: readonly Value[] | undefined;
  /** No scope of its own. */
  readonly dotted?: boolean | undefined;
  /** In a runspace of its own, on another computer. */
  readonly computer?: Computer | undefined;
}

/**
 * The evaluator as its parts see it: expressions contain statements and statements expressions, so each
 * part reaches the others through this.
 */
export interface Evaluator {
  value(node: Expression, cx: Context): Steps<Value>;
  statements(list: readonly Statement[], cx: Context, out: Sink): Steps<void>;
  statement(node: Statement, cx: Context, out: Sink): Steps<void>;
  /** What a statement puts out, as one value. */
  collected(node: Statement, cx: Context): Steps<Value>;
  assign(target: Expression, value: Value, cx: Context): Steps<void>;
  call(call: BlockCall, cx: Context, out: Sink): Steps<void>;
  /** A function with evaluated positional arguments, as a method or a job calls it. */
  member(target: Value, name: string, cx: Context): Value;
}

export type { FunctionCommand, Source };
