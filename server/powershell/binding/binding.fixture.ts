import type {
  Argument,
  Binding,
  BindingHost,
  NamedArgument,
  PlainArgument,
  Signature,
} from '../engine/binder-port.ts';
import { type ErrorRecord, Terminating } from '../engine/error-record.ts';
import type { Steps } from '../engine/steps.ts';
import { type Era, manifestOf } from '../manifest/manifest.ts';
import { convert } from '../value/convert.ts';
import { PSObject } from '../value/ps-object.ts';
import { ScriptBlock } from '../value/script-block.ts';
import { textOf } from '../value/text.ts';
import { fullTypeName } from '../value/type-table.ts';
import { typeNames } from '../value/type-names.ts';
import type { Value } from '../value/value.ts';
import { bind } from './bind.ts';

// A binding without an evaluator: arguments are given as values, questions have prepared answers.

/** An object of a module, by its type names and properties. */
export class FakeObject extends PSObject {
  readonly typeNames: readonly string[];
  readonly #properties: ReadonlyMap<string, Value>;

  constructor(typeNames: readonly string[], properties: Readonly<Record<string, Value>> = {}) {
    super();
    this.typeNames = [...typeNames, 'System.Object'];
    this.#properties = new Map(Object.entries(properties));
  }

  properties() {
    return [...this.#properties].map(([name, value]) => ({
      name,
      type: 'object',
      kind: 'Property' as const,
      get: () => value,
    }));
  }

  text(): string {
    return this.typeNames[0] ?? '';
  }
}

export const virtualMachine = (name: string): FakeObject =>
  new FakeObject(['Microsoft.HyperV.PowerShell.VirtualMachine'], { Name: name, VMName: name });

const AT = { start: 0, end: 0 };

export const named = (name: string, value?: Value): NamedArgument => ({
  ...AT,
  kind: 'named',
  name,
  value,
  splatted: false,
});

/** `-Name value` is two words; strings that begin with a dash are names. */
export const words = (...all: readonly Value[]): readonly Argument[] =>
  all.map((one): Argument =>
    typeof one === 'string' && one.startsWith('-')
      ? named(one.slice(1))
      : ({ ...AT, kind: 'plain', value: one, splatted: false } satisfies PlainArgument),
  );

export class FakeHost implements BindingHost {
  readonly pipelinePosition = 1;
  readonly expectsInput: boolean;
  readonly printed: string[] = [];
  readonly asked: string[] = [];
  readonly #answers: string[];

  constructor(expectsInput = false, answers: readonly string[] = []) {
    this.expectsInput = expectsInput;
    this.#answers = [...answers];
  }

  convert(value: Value, type: string) {
    try {
      return { ok: true, value: convert(value, fullTypeName(type) ?? type) } as const;
    } catch (error) {
      if (!(error instanceof Terminating)) throw error;
      return { ok: false, message: error.message } as const;
    }
  }

  typeNames(value: Value): readonly string[] {
    return typeNames(value);
  }

  property(value: Value, name: string): Value | undefined {
    if (!(value instanceof PSObject)) return undefined;
    return value
      .properties()
      .find(one => one.name.toLowerCase() === name.toLowerCase())
      ?.get();
  }

  text(value: Value): string {
    return textOf(value);
  }

  matches(text: string, pattern: string): boolean {
    return text.includes(pattern);
  }

  isScriptBlock(value: Value): boolean {
    return value instanceof ScriptBlock || value === BLOCK;
  }

  call(_block: Value, dollar: Value): Steps<Value[]> {
    return ended([this.property(dollar, 'Name') ?? null]);
  }

  print(text: string): void {
    this.printed.push(text);
  }

  ask(prompt: string): Steps<string | null> {
    this.asked.push(prompt);
    return ended(this.#answers.shift() ?? null);
  }

  error({ message, id, category, exception, target }: Parameters<BindingHost['error']>[0]) {
    return {
      message,
      id,
      category,
      exception,
      activity: '',
      reason: exception.slice(exception.lastIndexOf('.') + 1),
      target,
      command: '',
      place: null,
    } satisfies ErrorRecord;
  }
}

/** Stands for `{ $_.Name }`. */
export const BLOCK: Value = new FakeObject(['System.Management.Automation.ScriptBlock']);

/** Steps that wait for nothing. */
export function* ended<T>(value: T): Steps<T> {
  yield* [];
  return value;
}

export const run = <T>(steps: Steps<T>): T => {
  const step = steps.next();
  if (step.done !== true) throw new Error('the binder waits for something');
  return step.value;
};

export interface Bound {
  readonly set: string;
  readonly values: Readonly<Record<string, Value>>;
  readonly binding: Binding;
}

export const bindSignature = (
  signature: Signature,
  args: readonly Argument[],
  host: BindingHost = new FakeHost(),
): Bound => {
  const binding = run(bind(signature, args, host));
  return { set: binding.set, values: Object.fromEntries(binding.values), binding };
};

/** Binds words to a cmdlet of the manifest. */
export const bindWords = (
  command: string,
  args: readonly Argument[],
  { host = new FakeHost(), era = '2012' }: { host?: BindingHost; era?: Era } = {},
): Bound => {
  const found = manifestOf(era).find(command);
  if (found === undefined) throw new Error(`no ${command} in ${era}`);
  return bindSignature(found.signature, args, host);
};

/** The error that binding ends with. */
export const refused = (what: () => unknown): ErrorRecord => {
  try {
    what();
  } catch (error) {
    if (error instanceof Terminating) return error.record;
    throw error;
  }
  throw new Error('it was bound');
};
