import { property } from './property.ts';
import { type Property, PSObject } from './ps-object.ts';
import type { Value } from './value.ts';

/** A [switch] parameter's value inside a function. */
export class SwitchValue extends PSObject {
  static readonly ON = new SwitchValue(true);
  static readonly OFF = new SwitchValue(false);
  readonly typeNames = [
    'System.Management.Automation.SwitchParameter',
    'System.ValueType',
    'System.Object',
  ];
  readonly present: boolean;

  private constructor(present: boolean) {
    super();
    this.present = present;
  }

  properties(): readonly Property[] {
    return [property('IsPresent', 'bool', () => this.present)];
  }

  text(): string {
    return this.present ? 'True' : 'False';
  }

  override comparable(): Value {
    return this.present;
  }
}
