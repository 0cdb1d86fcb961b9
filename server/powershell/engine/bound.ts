import { assert } from '../../base/assert.ts';
import { Hashtable } from '../value/hashtable.ts';
import { isNumber, plainNumber } from '../value/number.ts';
import { isTrue, itemsOf, textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import type { Binding } from './binder-port.ts';
import type { Bound } from './cmdlet.ts';

/** Typed reading of what is bound now: every object of the pipeline may bind anew. */
export class BoundValues implements Bound {
  readonly #binding: Binding;

  constructor(binding: Binding) {
    this.#binding = binding;
  }

  has(name: string): boolean {
    return this.#binding.values.has(name);
  }

  value(name: string): Value | undefined {
    return this.#binding.values.get(name);
  }

  flag(name: string): boolean {
    const value = this.value(name);
    return value !== undefined && isTrue(value);
  }

  names(): Iterable<string> {
    return this.#binding.values.keys();
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : textOf(value);
  }

  texts(name: string): readonly string[] | undefined {
    return this.values(name)?.map(item => textOf(item));
  }

  number(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined || value === null) return undefined;
    if (!isNumber(value)) assert(false, `-${name} is bound to no number`);
    return plainNumber(value);
  }

  values(name: string): readonly Value[] | undefined {
    const value = this.value(name);
    if (value === undefined || value === null) return value === null ? [] : undefined;
    return itemsOf(value) ?? [value];
  }

  table(name: string): Hashtable | undefined {
    const value = this.value(name);
    if (value === undefined || value === null) return undefined;
    if (!(value instanceof Hashtable)) assert(false, `-${name} is bound to no hashtable`);
    return value;
  }
}
