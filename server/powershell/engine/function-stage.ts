import type { Extent } from '../syntax/extent.ts';
import type { ParameterDeclaration, Statement } from '../syntax/tree.ts';
import { Hashtable } from '../value/hashtable.ts';
import { SwitchValue } from '../value/switch-value.ts';
import type { Value } from '../value/value.ts';
import type { Argument, Binding } from './binder-port.ts';
import { bindingHost } from './binding-host.ts';
import { castTo } from './cast.ts';
import { convertOrNull } from '../value/convert.ts';
import { commonScope } from './preference-scope.ts';
import type { Context } from './context.ts';
import { failed } from './failing.ts';
import { depthReached, Flow } from './flow.ts';
import type { FunctionCommand } from './function-command.ts';
import { LIMITS } from './limits.ts';
import { placeOf } from './faults.ts';
import { invocationInfo } from './invocation-info.ts';
import { PSCmdlet } from './ps-cmdlet.ts';
import { Scope } from './scope.ts';
import type { Placing, Stage } from './stage.ts';
import type { Steps } from './steps.ts';
import { descend } from './trampoline.ts';
import { typeOf } from './type-of.ts';

/** Objects between two looks at how many came. */
const GROWN = 1024;

/** A function or script block as written in a pipeline, or as a cmdlet calls it. */
export interface FunctionCall {
  readonly command: FunctionCommand;
  readonly args: readonly Argument[];
  readonly invokedAs: string;
  /** `.`: in the caller's scope. */
  readonly dotted: boolean;
  readonly extent: Extent;
  readonly closure?: Scope | null;
  /** $_ of a block that a cmdlet calls. */
  readonly dollar?: Value | undefined;
}

export class FunctionStage implements Stage {
  readonly #call: FunctionCall;
  readonly #caller: Context;
  readonly #placing: Placing;
  #cx: Context;
  #binding: Binding | null = null;
  /** What came through the pipeline, for a body without `process`. */
  readonly #input: Value[] = [];
  #fed = false;
  #restore: (() => void) | null = null;

  constructor(call: FunctionCall, caller: Context, placing: Placing) {
    this.#call = call;
    this.#caller = caller;
    this.#placing = placing;
    if (caller.depth >= LIMITS.callDepth) throw depthReached();
    caller.core.meter.spend(LIMITS.stepsOfACall);
    this.#cx = {
      ...caller,
      from: call.command.from,
      scope: call.dotted ? caller.scope : new Scope(call.closure ?? caller.scope),
      depth: caller.depth + 1,
    };
  }

  *begin(): Steps<void> {
    const { command, args, dotted, dollar } = this.#call;
    const { body, signature } = command;
    this.#setDollar(dollar);
    const simple = signature.parameters.length === 0 && !signature.advanced && !args.some(isNamed);
    if (simple) {
      if (!dotted || args.length > 0)
        this.#set(
          'args',
          args.map(one => (one.kind === 'plain' ? one.value : null)),
        );
    } else {
      yield* this.#bind();
    }
    if (!dotted) {
      const place = placeOf(this.#caller.from, this.#call.extent);
      this.#set('myinvocation', invocationInfo(this.#call.invokedAs, command, place));
    }
    if (body.begin !== null) yield* this.#run(body.begin);
  }

  *#bind(): Steps<void> {
    const { command, args } = this.#call;
    const { signature } = command;
    const { position, expectsInput } = this.#placing;
    const bearer = {
      name: command.name,
      implementedBy: command.name,
      invokedAs: this.#call.invokedAs,
      extent: this.#call.extent,
    };
    const at = { ...this.#caller };
    const host = bindingHost(bearer, at, { position, expectsInput });
    const binding = yield* this.#cx.core.setup.bind(signature, args, host);
    this.#binding = binding;
    if (signature.advanced) {
      this.#cx = commonScope(binding.common, this.#cx);
      this.#set('pscmdlet', new PSCmdlet(command, binding, this.#cx));
    }
    if (!signature.advanced) this.#set('args', [...binding.rest]);
    this.#setParameters(binding);
    yield* this.#setDefaults(binding);
  }

  #setParameters(binding: Binding): void {
    const bound = new Hashtable();
    const declared = new Map(
      (this.#call.command.body.params ?? []).map(one => [one.name.toLowerCase(), one]),
    );
    for (const [name, value] of binding.values) {
      const declaration = declared.get(name.toLowerCase());
      const own = declaration === undefined ? value : switched(value, declaration);
      bound.set(name, own);
      if (declaration !== undefined) this.#declare(declaration, own);
    }
    this.#set('psboundparameters', bound);
  }

  *#setDefaults(binding: Binding): Steps<void> {
    const bound = new Set([...binding.values.keys()].map(name => name.toLowerCase()));
    for (const declaration of this.#call.command.body.params ?? []) {
      if (bound.has(declaration.name.toLowerCase())) continue;
      const { fallback } = declaration;
      if (fallback === null) {
        this.#declare(declaration, unboundValue(declaration));
        continue;
      }
      const value = yield* this.#cx.core.evaluator.value(fallback, this.#cx);
      const type = declaration.type === null ? null : typeOf(declaration.type);
      this.#declare(declaration, type === null ? value : castTo(value, type, this.#cx));
    }
  }

  #declare({ name, type }: ParameterDeclaration, value: Value): void {
    const full = type === null ? null : typeOf(type);
    this.#cx.scope.declare({
      name,
      value,
      // A switch stays one; other types convert what is assigned later.
      type: full === 'System.Management.Automation.PSReference' ? null : full,
      readOnly: false,
      hidden: false,
    });
  }

  *process(input: Value): Steps<void> {
    this.#fed = true;
    const { command } = this.#call;
    const { process } = command.body;
    const takes = this.#binding !== null && command.signature.advanced;
    if (takes && this.#binding !== null) {
      const mistake = yield* this.#binding.take(input);
      if (mistake !== null) return yield* failed(mistake, this.#cx);
      this.#setParameters(this.#binding);
    }
    if (command.kind === 'filter' && process === null) {
      this.#setDollar(input);
      return yield* this.#run(command.body.statements);
    }
    if (process === null) {
      this.#input.push(input);
      if (this.#input.length % GROWN === 0) this.#cx.core.meter.elements(this.#input.length, GROWN);
      return;
    }
    this.#setDollar(input);
    this.#set('input', [input]);
    yield* this.#run(process);
  }

  *end(): Steps<void> {
    const { command } = this.#call;
    const { process, statements } = command.body;
    if (command.kind === 'filter' && process === null) {
      if (!this.#placing.expectsInput) yield* this.#run(statements);
      return;
    }
    if (process !== null && !this.#fed && !this.#placing.expectsInput) yield* this.#run(process);
    if (process === null && (this.#placing.expectsInput || !this.#call.dotted))
      this.#set('input', this.#input);
    if (statements.length > 0) yield* this.#run(statements);
  }

  close(): void {
    this.#restore?.();
    this.#restore = null;
  }

  /** A block of the body: `return` ends it, not more. */
  *#run(list: readonly Statement[]): Steps<void> {
    const cx = this.#cx;
    const steps = cx.core.evaluator.statements(list, cx, this.#placing.out);
    try {
      // Now and then a call goes on at the bottom of the native stack.
      if (cx.depth % LIMITS.callsOnTheStack === 0) yield* descend(steps);
      else yield* steps;
    } catch (flow) {
      if (!(flow instanceof Flow) || flow.kind !== 'return') throw flow;
    }
  }

  #set(name: string, value: Value): void {
    this.#cx.scope.set(name, value);
  }

  /** $_ is the block's while it runs; in a caller's scope it is put back. */
  #setDollar(value: Value | undefined): void {
    if (value === undefined) return;
    const { scope } = this.#cx;
    if (this.#restore === null && this.#call.dotted) {
      const before = scope.own('_');
      const old = before?.value ?? null;
      this.#restore = () => {
        if (before === undefined) scope.delete('_');
        else scope.set('_', old);
      };
    }
    scope.set('_', value);
  }
}

const isNamed = (one: Argument): boolean => one.kind === 'named';

const isSwitch = ({ type }: ParameterDeclaration): boolean =>
  type !== null && /^(system\.management\.automation\.)?switch(parameter)?$/i.test(type.name);

const switched = (value: Value, declaration: ParameterDeclaration): Value =>
  isSwitch(declaration) && typeof value === 'boolean'
    ? value
      ? SwitchValue.ON
      : SwitchValue.OFF
    : value;

/** A typed parameter that is not given has its type's nothing. */
const unboundValue = (declaration: ParameterDeclaration): Value => {
  if (isSwitch(declaration)) return SwitchValue.OFF;
  if (declaration.type === null || declaration.type.rank > 0) return null;
  const full = typeOf(declaration.type);
  if (full === 'System.String') return '';
  return /^System\.(Boolean|S?Byte|U?Int\d+|Single|Double|Decimal)$/.test(full)
    ? convertOrNull(0, full)
    : null;
};
