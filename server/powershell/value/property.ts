import type { Method, Property } from './ps-object.ts';
import { typeName } from './type-names.ts';
import type { Value } from './value.ts';

/** A read-only property of a type. */
export const property = (name: string, type: string, get: () => Value): Property => ({
  name,
  type,
  kind: 'Property',
  get,
});

export const method = (
  name: string,
  definition: string,
  call: (args: readonly Value[]) => Value,
): Method => ({ name, definition, call });

/** A NoteProperty: a value with a name, added to an object. */
export class Note implements Property {
  readonly name: string;
  readonly kind = 'NoteProperty';
  #value: Value;

  constructor(name: string, value: Value) {
    this.name = name;
    this.#value = value;
  }

  get type(): string {
    return this.#value === null ? 'System.Object' : typeName(this.#value);
  }

  get(): Value {
    return this.#value;
  }

  set(value: Value): void {
    this.#value = value;
  }
}
