import type { Value } from './value.ts';

/** One property of an object. Asking may look at the lab: a VirtualMachine is as it is now. */
export interface Property {
  /** In its own case. */
  readonly name: string;
  /** .NET type name for Get-Member, e.g. `string`, `Microsoft.HyperV.PowerShell.VMState`. */
  readonly type: string;
  readonly kind: 'Property' | 'NoteProperty' | 'ScriptProperty' | 'AliasProperty';
  get(): Value;
  /** Absent: read only. Throws Terminating when the value does not fit. */
  readonly set?: (value: Value) => void;
}

/** A method a script may call: never anything but what is declared here. */
export interface Method {
  readonly name: string;
  /** As Get-Member prints it: `string ToString()`. */
  readonly definition: string;
  call(args: readonly Value[]): Value;
}

/** An object with members. What is special about a kind of object is in its subclass. */
export abstract class PSObject {
  /** Most derived first: `Microsoft.HyperV.PowerShell.VirtualMachine`, ..., `System.Object`. */
  abstract readonly typeNames: readonly string[];

  /** Members of the type itself, in order. */
  abstract properties(): readonly Property[];
  methods(): readonly Method[] {
    return [];
  }

  /** NoteProperties added by Add-Member or Select-Object, by lower-cased name. */
  readonly notes = new Map<string, Property>();

  /** What ToString() and string interpolation give. */
  abstract text(): string;

  /** Anything that -eq, Sort-Object and Group-Object compare by; null compares by identity. */
  comparable(): Value {
    return null;
  }
}
