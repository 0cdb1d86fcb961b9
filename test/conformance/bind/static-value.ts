import { objectProperties, objectTypes } from '../../../server/powershell/manifest/object-type.ts';
import { type Property, PSObject } from '../../../server/powershell/value/ps-object.ts';
import type { Value } from '../../../server/powershell/value/value.ts';
import { Wildcard } from '../../../server/powershell/value/wildcard.ts';

// Values as far as they can be known without running anything: by their types.

/** An object of a known type; its properties have the types that the data says. */
export class TypedObject extends PSObject {
  readonly typeNames: readonly string[];

  /** Several types: it may be any of them. */
  constructor(...types: readonly string[]) {
    super();
    this.typeNames = [...types.flatMap(type => [type, ...basesOf(type)]), 'System.Object'];
  }

  properties(): readonly Property[] {
    return (objectProperties(this.typeNames[0] ?? '') ?? []).map(({ name, type }) => ({
      name,
      type,
      kind: 'Property',
      get: () => valueOfType(type),
    }));
  }

  text(): string {
    return this.typeNames[0] ?? '';
  }
}

const HV = 'Microsoft.HyperV.PowerShell.';
const ADAPTER = [`${HV}VMNetworkAdapterBase`, `${HV}VMComponentObject`];
const MACHINE = [`${HV}VirtualMachineBase`];
const CONTROLLER = [`${HV}VMDriveController`];

const BASES: Readonly<Record<string, readonly string[]>> = {
  [`${HV}VMNetworkAdapter`]: ADAPTER,
  [`${HV}VMInternalNetworkAdapter`]: ADAPTER,
  [`${HV}VirtualMachine`]: MACHINE,
  [`${HV}VMSnapshot`]: MACHINE,
  [`${HV}VMIdeController`]: CONTROLLER,
  [`${HV}VMScsiController`]: CONTROLLER,
  'System.Management.Automation.PSRemotingJob': ['System.Management.Automation.Job'],
  'System.Management.Automation.RemotingJob': ['System.Management.Automation.Job'],
  [`${HV}HardDiskDrive`]: [`${HV}VMComponentObject`],
  [`${HV}DvdDrive`]: [`${HV}VMComponentObject`],
};

const CIM = 'Microsoft.Management.Infrastructure.CimInstance';

const basesOf = (type: string): readonly string[] =>
  BASES[type] ?? (type.startsWith(`${CIM}#`) ? [CIM] : []);

/** What nothing is known of: it is of every type. */
export class Unknown extends PSObject {
  readonly typeNames = EVERY_TYPE;

  properties(): readonly Property[] {
    return [];
  }

  text(): string {
    return 'unknown';
  }
}

const EVERY_TYPE: readonly string[] = [
  ...[
    'String',
    'Int32',
    'Int64',
    'UInt32',
    'UInt64',
    'Guid',
    'Boolean',
    'DateTime',
    'TimeSpan',
  ].map(name => `System.${name}`),
  'System.Collections.Hashtable',
  'System.Management.Automation.PSCredential',
  'Microsoft.Management.Infrastructure.CimSession',
  'Microsoft.Management.Infrastructure.CimInstance',
  ...objectTypes(),
  'System.Object',
];

const unknownProperty = (name: string): Property => ({
  name,
  type: 'object',
  kind: 'NoteProperty',
  get: () => new Unknown(),
});

/** What Select-Object leaves of an object. */
export class Part extends PSObject {
  readonly typeNames = ['System.Management.Automation.PSCustomObject', 'System.Object'];
  readonly #own: readonly Property[];

  constructor(whole: Value, names: readonly string[]) {
    super();
    const known = whole instanceof PSObject ? whole.properties() : [];
    this.#own = names.flatMap(name => {
      const pattern = new Wildcard(name);
      const found = known.filter(one => pattern.matches(one.name));
      return found.length > 0 ? found : [unknownProperty(name)];
    });
  }

  properties(): readonly Property[] {
    return this.#own;
  }

  text(): string {
    return '';
  }
}

/** A script block; binding asks only whether it is one. */
export class StaticBlock extends PSObject {
  readonly typeNames = ['System.Management.Automation.ScriptBlock', 'System.Object'];

  properties(): readonly Property[] {
    return [];
  }

  text(): string {
    return '';
  }
}

export const valueOfType = (type: string): Value => {
  if (type.endsWith('[]')) return [valueOfType(type.slice(0, -2))];
  const name = type.replace(/^System\./, '');
  if (name === 'Object') return new Unknown();
  if (name === 'String') return 'text';
  if (name === 'Guid') return '8f14e45f-ceea-467f-a0e6-9c1e5b1d2f3a';
  if (/^U?Int(16|32|64)$/.test(name)) return 1;
  if (name === 'Boolean') return true;
  return type.includes('.') ? new TypedObject(type) : new Unknown();
};
