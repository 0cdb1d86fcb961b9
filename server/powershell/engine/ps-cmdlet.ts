import { operation, type ShouldProcess } from '../binding/should-process.ts';
import { fault } from '../value/fault.ts';
import { property } from '../value/property.ts';
import type { Property } from '../value/ps-object.ts';
import { textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import type { Binding } from './binder-port.ts';
import { cautionOf } from './caution.ts';
import type { Context } from './context.ts';
import { ErrorObject } from './error-object.ts';
import { failed } from './failing.ts';
import { Thrown } from './flow.ts';
import type { FunctionCommand } from './function-command.ts';
import { Live } from './live.ts';
import type { Steps } from './steps.ts';

/** $PSCmdlet of an advanced function. */
export class PSCmdlet extends Live {
  readonly typeNames = ['System.Management.Automation.PSScriptCmdlet', 'System.Object'];
  readonly #command: FunctionCommand;
  readonly #binding: Binding;
  readonly #caution: ShouldProcess;

  constructor(command: FunctionCommand, binding: Binding, cx: Context) {
    super();
    this.#command = command;
    this.#binding = binding;
    this.#caution = cautionOf(command.signature.impact, binding.common, cx);
  }

  properties(): readonly Property[] {
    return [property('ParameterSetName', 'string', () => this.#binding.set)];
  }

  text(): string {
    return 'System.Management.Automation.PSScriptCmdlet';
  }

  run(name: string, args: readonly Value[], cx: Context): Steps<Value | undefined> | null {
    const [first = '', second = null] = args.map(arg => textOf(arg));
    switch (name.toLowerCase()) {
      case 'shouldprocess':
        return this.#caution.may(operation(first, second ?? this.#command.name));
      case 'shouldcontinue':
        return this.#caution.sure({ description: first, question: first, caption: second ?? '' });
      case 'writeerror':
        return wrote(args[0] ?? null, cx);
      case 'throwterminatingerror':
        throw terminating(args[0] ?? null);
      default:
        return null;
    }
  }
}

function* wrote(value: Value, cx: Context): Steps<undefined> {
  if (value instanceof ErrorObject) yield* failed(value.record, cx);
  return undefined;
}

const terminating = (value: Value): Thrown =>
  value instanceof ErrorObject
    ? new Thrown(value.record)
    : new Thrown(
        fault({ message: textOf(value), id: textOf(value), category: 'OperationStopped' }).record,
      );
