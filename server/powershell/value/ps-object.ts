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

  /** What a pipeline or foreach takes one by one; null for an object that is one thing. */
  items(): readonly Value[] | null {
    return null;
  }

  /** A property by its name in any case. Kinds with many properties may answer faster. */
  property(name: string): Property | undefined {
    const key = name.toLowerCase();
    return this.notes.get(key) ?? this.properties().find(one => one.name.toLowerCase() === key);
  }

  method(name: string): Method | undefined {
    const key = name.toLowerCase();
    return this.methods().find(one => one.name.toLowerCase() === key);
  }
}
