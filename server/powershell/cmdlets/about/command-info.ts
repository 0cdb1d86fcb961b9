import type { ManifestCommand } from '../../manifest/manifest.ts';
import { syntaxLines } from '../../help/syntax-line.ts';
import { property } from '../../value/property.ts';
import { type Property, PSObject } from '../../value/ps-object.ts';

const INFO = 'System.Management.Automation.CommandInfo';

/** What Get-Command writes for a cmdlet. */
export class CmdletInfo extends PSObject {
  readonly typeNames = ['System.Management.Automation.CmdletInfo', INFO, 'System.Object'];
  readonly #command: ManifestCommand;

  constructor(command: ManifestCommand) {
    super();
    this.#command = command;
  }

  properties(): readonly Property[] {
    const { name, module } = this.#command;
    const [verb = '', noun = ''] = name.split('-');
    return [
      property('CommandType', 'System.Management.Automation.CommandTypes', () => 'Cmdlet'),
      property('Name', 'string', () => name),
      property('ModuleName', 'string', () => module),
      property('Verb', 'string', () => verb),
      property('Noun', 'string', () => noun),
      property('DefaultParameterSet', 'string', () => this.#command.signature.defaultSet),
      property('Definition', 'string', () => this.#syntax()),
      property('OutputType', 'array', () =>
        this.#command.output.map(one => one.split(' ')[0] ?? ''),
      ),
    ];
  }

  text(): string {
    return this.#command.name;
  }

  #syntax(): string {
    const { signature, sets } = this.#command;
    return `\n${syntaxLines(signature, sets).join('\n\n')}\n`;
  }
}

/** For an alias: `gvm -> Get-VM`. */
export class AliasInfo extends PSObject {
  readonly typeNames = ['System.Management.Automation.AliasInfo', INFO, 'System.Object'];
  readonly #name: string;
  readonly #definition: string;
  readonly #module: string;

  constructor(name: string, definition: string, module: string) {
    super();
    this.#name = name;
    this.#definition = definition;
    this.#module = module;
  }

  properties(): readonly Property[] {
    const shown = `${this.#name} -> ${this.#definition}`;
    return [
      property('CommandType', 'System.Management.Automation.CommandTypes', () => 'Alias'),
      property('Name', 'string', () => this.#name),
      property('ModuleName', 'string', () => this.#module),
      property('Definition', 'string', () => this.#definition),
      property('ResolvedCommandName', 'string', () => this.#definition),
      property('DisplayName', 'string', () => shown),
    ];
  }

  text(): string {
    return this.#name;
  }
}

/** For a function of the session. */
export class FunctionInfo extends PSObject {
  readonly typeNames = ['System.Management.Automation.FunctionInfo', INFO, 'System.Object'];
  readonly #name: string;
  readonly #definition: string;

  constructor(name: string, definition: string) {
    super();
    this.#name = name;
    this.#definition = definition;
  }

  properties(): readonly Property[] {
    return [
      property('CommandType', 'System.Management.Automation.CommandTypes', () => 'Function'),
      property('Name', 'string', () => this.#name),
      property('ModuleName', 'string', () => ''),
      property('Definition', 'string', () => this.#definition),
    ];
  }

  text(): string {
    return this.#name;
  }
}
