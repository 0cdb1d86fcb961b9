import { Hashtable } from '../../value/hashtable.ts';
import { property } from '../../value/property.ts';
import { type Property, PSObject } from '../../value/ps-object.ts';

/** What Get-Module writes. */
export class ModuleInfo extends PSObject {
  readonly typeNames = ['System.Management.Automation.PSModuleInfo', 'System.Object'];
  readonly name: string;
  readonly #exported: readonly string[];

  constructor(name: string, exported: readonly string[]) {
    super();
    this.name = name;
    this.#exported = exported;
  }

  properties(): readonly Property[] {
    return [
      property('ModuleType', 'System.Management.Automation.ModuleType', () => 'Manifest'),
      property('Name', 'string', () => this.name),
      property('ExportedCommands', 'hashtable', () => this.#commands()),
    ];
  }

  text(): string {
    return this.name;
  }

  #commands(): Hashtable {
    const table = new Hashtable(true);
    for (const command of this.#exported) table.set(command, command);
    return table;
  }
}
