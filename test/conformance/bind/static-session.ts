import { bind } from '../../../server/powershell/binding/bind.ts';
import type {
  Argument,
  Binding,
  Parameter,
} from '../../../server/powershell/engine/binder-port.ts';
import { Terminating } from '../../../server/powershell/engine/error-record.ts';
import type { Steps } from '../../../server/powershell/engine/steps.ts';
import type { Manifest, ManifestCommand } from '../../../server/powershell/manifest/manifest.ts';
import type {
  Command,
  Expression,
  Pipeline,
  Statement,
} from '../../../server/powershell/syntax/tree.ts';
import { childrenOf, type SyntaxNode } from '../../../server/powershell/syntax/walk.ts';
import { Hashtable } from '../../../server/powershell/value/hashtable.ts';
import { textOf } from '../../../server/powershell/value/text.ts';
import type { Value } from '../../../server/powershell/value/value.ts';
import { StaticHost } from './static-host.ts';
import { Part, StaticBlock, TypedObject, Unknown, valueOfType } from './static-value.ts';

/** One command of an example, and to which set it was bound or why not. */
export interface Finding {
  readonly command: string;
  readonly set: string | null;
  readonly error: string | null;
  /** What its parameters are bound to, as far as it is known. */
  readonly values: ReadonlyMap<string, Value>;
}

const NOTHING: ReadonlyMap<string, Value> = new Map();

/** Reads the steps of a block in order, knows variables by their types, and binds every command. */
export class StaticSession {
  readonly findings: Finding[] = [];
  readonly #manifest: Manifest;
  readonly #variables = new Map<string, Value>();

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
  }

  /** What the statement writes. */
  statement(node: Statement): readonly Value[] {
    if (node.node === 'pipeline') return this.#pipeline(node);
    if (node.node === 'assignment') {
      const output = this.statement(node.value);
      const { target } = node;
      if (target.node === 'variable') this.#variables.set(target.name.toLowerCase(), whole(output));
      return [];
    }
    if (node.node === 'foreach') {
      const over = whole(this.statement(node.over));
      this.#variables.set(
        node.variable.name.toLowerCase(),
        Array.isArray(over) ? (over[0] ?? new Unknown()) : over,
      );
      for (const one of node.body.statements) this.statement(one);
      return [new Unknown()];
    }
    for (const child of childrenOf(node)) this.#anything(child);
    return [new Unknown()];
  }

  #anything(node: SyntaxNode): void {
    switch (node.node) {
      case 'script':
      case 'command':
      case 'parameter':
      case 'argument':
      case 'expression-stage':
        for (const child of childrenOf(node)) this.#anything(child);
        return;
      default:
        if (isExpression(node)) this.#value(node);
        else this.statement(node);
    }
  }

  #pipeline({ stages }: Pipeline): readonly Value[] {
    let output: readonly Value[] = [];
    for (const [index, stage] of stages.entries())
      output =
        stage.node === 'command'
          ? this.#command(stage, index === 0 ? null : output)
          : flat(this.#value(stage.expression));
    return output;
  }

  #command(node: Command, input: readonly Value[] | null): readonly Value[] {
    const name = textOf(this.#value(node.name));
    if (input !== null) this.#variables.set('_', input[0] ?? new Unknown());
    const found = this.#manifest.find(name) ?? this.#manifest.findAlias(name);
    const args = this.#arguments(node);
    if (found === undefined) {
      const error = /^\w+-\w+$/.test(name) ? 'unknown command' : null;
      this.findings.push({ command: name, set: null, error, values: NOTHING });
      return [new Unknown()];
    }
    try {
      const binding = now(bind(found.signature, args, new StaticHost(input !== null)));
      const takes = found.signature.parameters.some(takesInput);
      const error = input === null || !takes ? null : takeAll(binding, input);
      this.findings.push({ command: found.name, set: binding.set, error, values: binding.values });
      return outputOf(found, binding, input);
    } catch (failure) {
      if (!(failure instanceof Terminating)) throw failure;
      this.findings.push({
        command: found.name,
        set: null,
        error: failure.message,
        values: NOTHING,
      });
      return [new Unknown()];
    }
  }

  #arguments(node: Command): readonly Argument[] {
    return node.elements.flatMap((element): readonly Argument[] => {
      const { start, end } = element;
      if (element.node === 'parameter')
        return [
          {
            kind: 'named',
            name: element.name,
            value: element.value === null ? undefined : this.#value(element.value),
            splatted: false,
            start,
            end,
          },
        ];
      const value = this.#value(element.value);
      if (element.value.node !== 'variable' || !element.value.splat)
        return [{ kind: 'plain', value, splatted: false, start, end }];
      if (value instanceof Hashtable)
        return [...value.entries()].map(entry => ({
          kind: 'named',
          name: textOf(entry.key),
          value: entry.value,
          splatted: true,
          start,
          end,
        }));
      return flat(value).map(one => ({ kind: 'plain', value: one, splatted: true, start, end }));
    });
  }

  #value(node: Expression): Value {
    switch (node.node) {
      case 'number':
        return typeof node.value === 'number' ? node.value : new Unknown();
      case 'string':
        return node.value;
      case 'expandable':
        for (const child of childrenOf(node)) this.#anything(child);
        return node.parts.map(part => (typeof part === 'string' ? part : 'text')).join('');
      case 'variable':
        return this.#variable(node.name.toLowerCase());
      case 'array':
        return node.items.map(item => this.#value(item));
      case 'array-of':
        return node.statements.flatMap(one => this.statement(one));
      case 'subexpression':
        return whole(node.statements.flatMap(one => this.statement(one)));
      case 'paren':
        return whole(this.statement(node.statement));
      case 'hash':
        return this.#table(node);
      case 'script-block':
        for (const one of node.body.statements) this.statement(one);
        return new StaticBlock();
      case 'member':
        return this.#member(this.#value(node.target), node.name);
      default:
        for (const child of childrenOf(node)) this.#anything(child);
        return new Unknown();
    }
  }

  #variable(name: string): Value {
    if (name === 'true') return true;
    if (name === 'false') return false;
    if (name === 'null') return null;
    return this.#variables.get(name) ?? new Unknown();
  }

  #table(node: Extract<Expression, { node: 'hash' }>): Hashtable {
    const table = new Hashtable();
    for (const { key, value } of node.entries)
      table.set(textOf(this.#value(key)), whole(this.statement(value)));
    return table;
  }

  #member(target: Value, name: Expression): Value {
    const word = textOf(this.#value(name));
    if (target instanceof Hashtable) return target.get(word) ?? null;
    const one = Array.isArray(target) ? ((target as readonly Value[])[0] ?? null) : target;
    return new StaticHost(false).property(one, word) ?? new Unknown();
  }
}

const isExpression = (node: SyntaxNode): node is Expression => EXPRESSIONS.has(node.node);

const EXPRESSIONS: ReadonlySet<string> = new Set(
  'number string expandable variable array array-of subexpression paren hash script-block type cast binary unary step member invoke index'.split(
    ' ',
  ),
);

const whole = (values: readonly Value[]): Value =>
  values.length === 1 ? (values[0] ?? null) : values.length === 0 ? null : values;

const flat = (value: Value): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [value];

/** The first error of the objects, if there is one. */
const takeAll = (binding: Binding, input: readonly Value[]): string | null => {
  for (const one of input) {
    const error = now(binding.take(one));
    if (error !== null) return error.message;
  }
  return null;
};

const takesInput = ({ sets }: Parameter): boolean =>
  [...sets.values()].some(place => place.byValue || place.byPropertyName);

const PASSING = /^(Where|Sort|Select|ForEach|Tee|Get-Unique)-?/;

/** Filters hand on what they get; others write objects of their type, some only with -PassThru. */
const outputOf = (
  command: ManifestCommand,
  binding: Binding,
  input: readonly Value[] | null,
): readonly Value[] => {
  const chosen = binding.values.get('Property');
  if (command.name === 'Select-Object' && input !== null && chosen !== undefined)
    return input.map(
      one =>
        new Part(
          one,
          flat(chosen).map(name => textOf(name)),
        ),
    );
  if (PASSING.test(command.name) && input !== null)
    return command.name === 'ForEach-Object' || binding.values.has('ExpandProperty')
      ? [new Unknown()]
      : input;
  const passThru = [...binding.values.keys()].some(name => /^passthru$/i.test(name));
  const types = command.output
    .filter(type => passThru || !type.endsWith(' passthru'))
    .map(type => type.replace(' passthru', '').replace('[]', ''));
  if (types.length > 1) return [new TypedObject(...types)];
  const [type] = types;
  if (type !== undefined) return [valueOfType(type)];
  return command.name.startsWith('Get-') ? [new Unknown()] : [];
};

/** Nothing here waits for anything. */
const now = <T>(steps: Steps<T>): T => {
  const step = steps.next();
  if (step.done !== true) throw new Error('binding waits');
  return step.value;
};
