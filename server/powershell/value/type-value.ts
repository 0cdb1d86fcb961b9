import { enumType } from './enum.ts';
import { method, property } from './property.ts';
import { type Method, type Property, PSObject } from './ps-object.ts';
import type { Value } from './value.ts';

/** A type as a value: `[int]`, what GetType() gives. */
export class TypeValue extends PSObject {
  readonly typeNames = ['System.RuntimeType', 'System.Type', 'System.Object'];
  readonly full: string;

  constructor(full: string) {
    super();
    this.full = full;
  }

  properties(): readonly Property[] {
    const dot = this.full.lastIndexOf('.');
    return [
      property('Name', 'string', () => this.full.slice(dot + 1)),
      property('FullName', 'string', () => this.full),
      property('Namespace', 'string', () => (dot < 0 ? null : this.full.slice(0, dot))),
      property('IsArray', 'bool', () => this.full.endsWith('[]')),
      property('IsPublic', 'bool', () => true),
      property('IsSerializable', 'bool', () => true),
      property('IsSerial', 'bool', () => true),
      property('IsEnum', 'bool', () => baseOf(this.full) === 'System.Enum'),
      property('BaseType', 'type', () => new TypeValue(baseOf(this.full))),
    ];
  }

  override methods(): readonly Method[] {
    return [method('ToString', 'string ToString()', () => this.full)];
  }

  text(): string {
    return this.full;
  }

  override comparable(): Value {
    return this.full;
  }
}

const VALUE_TYPES =
  /^System\.(Byte|SByte|U?Int(16|32|64)|Single|Double|Decimal|Char|Boolean|DateTime|TimeSpan|Guid)$/;

const baseOf = (full: string): string =>
  full.endsWith('[]')
    ? 'System.Array'
    : VALUE_TYPES.test(full)
      ? 'System.ValueType'
      : enumType(full) !== undefined
        ? 'System.Enum'
        : 'System.Object';
