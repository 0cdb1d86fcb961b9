import type { Value } from '../value/value.ts';
import type { FunctionCommand } from './function-command.ts';

/** A variable: its value, its type when it was declared with one, and who may change it. */
export interface Variable {
  readonly name: string;
  value: Value;
  /** Full name; assignments are converted. */
  type: string | null;
  readonly readOnly: boolean;
  /** Not seen from scopes inside. */
  readonly hidden: boolean;
  /** Computed when asked for: $PWD, $Error. */
  readonly get?: () => Value;
}

/** A scope of PowerShell: variables and functions are looked for in the scopes that called it. */
export class Scope {
  readonly parent: Scope | null;
  /** Where `$script:` is: the global scope at the prompt. */
  readonly script: Scope;
  /** The global scope of the runspace: a remote one has its own. */
  readonly root: Scope;
  /** Where $using: looks, in the global scope of a remote block. */
  using: Scope | null;
  readonly #variables = new Map<string, Variable>();
  #functions: Map<string, FunctionCommand> | null = null;

  constructor(parent: Scope | null, using: Scope | null = null) {
    this.parent = parent;
    this.script = parent === null ? this : parent.script;
    this.root = parent === null ? this : parent.root;
    this.using = parent === null ? using : parent.using;
  }

  /** Names are in lower case everywhere here. */
  own(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  find(name: string): Variable | undefined {
    const own = this.#variables.get(name);
    if (own !== undefined) return own;
    for (let scope = this.parent; scope !== null; scope = scope.parent) {
      const found = scope.#variables.get(name);
      if (found !== undefined && !found.hidden) return found;
    }
    return undefined;
  }

  set(name: string, value: Value): void {
    const own = this.#variables.get(name);
    if (own === undefined)
      this.#variables.set(name, { name, value, type: null, readOnly: false, hidden: false });
    else own.value = value;
  }

  declare(variable: Variable): void {
    this.#variables.set(variable.name.toLowerCase(), variable);
  }

  delete(name: string): boolean {
    return this.#variables.delete(name);
  }

  variables(): Iterable<Variable> {
    return this.#variables.values();
  }

  get count(): number {
    return this.#variables.size;
  }

  function(name: string): FunctionCommand | undefined {
    const own = this.#functions?.get(name);
    if (own !== undefined) return own;
    for (let scope = this.parent; scope !== null; scope = scope.parent) {
      const found = scope.#functions?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  define(command: FunctionCommand): void {
    this.#functions ??= new Map();
    this.#functions.set(command.name.toLowerCase(), command);
  }

  undefine(name: string): boolean {
    return this.#functions?.delete(name) ?? false;
  }

  functions(): Iterable<FunctionCommand> {
    return this.#functions?.values() ?? [];
  }
}
