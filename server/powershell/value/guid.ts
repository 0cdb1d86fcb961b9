import { type Property, PSObject } from './ps-object.ts';
import type { Value } from './value.ts';

/** System.Guid: lower case with dashes. */
export class Guid extends PSObject {
  static readonly EMPTY = '00000000-0000-0000-0000-000000000000';
  readonly typeNames = ['System.Guid', 'System.ValueType', 'System.Object'];
  readonly value: string;

  constructor(value: string) {
    super();
    this.value = value;
  }

  /** With or without dashes, braces or parentheses; null for anything else. */
  static parse(text: string): Guid | null {
    const bare = text.trim().replace(/^\{(.*)\}$|^\((.*)\)$/, '$1$2');
    const dashed = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(bare);
    if (!dashed && !/^[\da-f]{32}$/i.test(bare)) return null;
    const hex = bare.replaceAll('-', '').toLowerCase();
    return new Guid(
      [
        [0, 8],
        [8, 12],
        [12, 16],
        [16, 20],
        [20, 32],
      ]
        .map(([a, b]) => hex.slice(a, b))
        .join('-'),
    );
  }

  properties(): readonly Property[] {
    return [];
  }

  text(): string {
    return this.value;
  }

  override comparable(): Value {
    return this.value;
  }

  /** N, D, B or P; null for another format. */
  format(code: string): string | null {
    switch (code.toUpperCase()) {
      case '':
      case 'D':
        return this.value;
      case 'N':
        return this.value.replaceAll('-', '');
      case 'B':
        return `{${this.value}}`;
      case 'P':
        return `(${this.value})`;
      default:
        return null;
    }
  }
}
