import { type Property, PSObject } from './ps-object.ts';
import { property } from './property.ts';
import type { Value } from './value.ts';

/** System.Collections.ArrayList and List[T]: an array that grows. Its methods are in members/. */
export class List extends PSObject {
  readonly typeNames: readonly string[];
  readonly values: Value[];

  constructor(values: readonly Value[] = [], type = 'System.Collections.ArrayList') {
    super();
    this.values = [...values];
    this.typeNames = [type, 'System.Object'];
  }

  properties(): readonly Property[] {
    return [
      property('Capacity', 'int', () => this.values.length),
      property('Count', 'int', () => this.values.length),
      property('IsFixedSize', 'bool', () => false),
      property('IsReadOnly', 'bool', () => false),
    ];
  }

  override items(): readonly Value[] {
    return this.values;
  }

  text(): string {
    return this.typeNames[0] ?? '';
  }
}
