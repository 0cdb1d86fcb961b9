import { property } from '../value/property.ts';
import { type Property, PSObject } from '../value/ps-object.ts';
import type { Value } from '../value/value.ts';
import type { Computer } from './cmdlet.ts';
import type { ShellLab } from './lab.ts';
import type { Scope } from './scope.ts';

/** A runspace on another computer that is kept: New-PSSession. Its variables stay from call to call. */
export class RemoteSession extends PSObject {
  readonly typeNames = ['System.Management.Automation.Runspaces.PSSession', 'System.Object'];
  readonly id: number;
  readonly name: string;
  readonly computer: Computer;
  readonly scope: Scope;
  isClosed = false;
  readonly #lab: ShellLab;
  /** Which start of the host it was opened in: no session outlives the host's. */
  readonly #bootedAt: number | null;

  constructor(
    { id, name }: { readonly id: number; readonly name: string | undefined },
    place: { readonly computer: Computer; readonly scope: Scope },
    lab: ShellLab,
  ) {
    super();
    this.id = id;
    this.name = name ?? `Session${id}`;
    this.computer = place.computer;
    this.scope = place.scope;
    this.#lab = lab;
    this.#bootedAt = this.#host?.bootedAt ?? null;
  }

  get #host() {
    return this.#lab.get('host', this.computer.id as `host:${string}`);
  }

  get state(): 'Opened' | 'Closed' | 'Broken' {
    if (this.isClosed) return 'Closed';
    const host = this.#host;
    if (host === undefined) return this.#bootedAt === null ? 'Opened' : 'Broken';
    return host.state === 'Running' && host.bootedAt === this.#bootedAt ? 'Opened' : 'Broken';
  }

  properties(): readonly Property[] {
    return [
      property('State', 'System.Management.Automation.Runspaces.RunspaceState', () => this.state),
      property('ComputerName', 'string', () => this.computer.name),
      property('ConfigurationName', 'string', () => 'Microsoft.PowerShell'),
      property('Id', 'int', () => this.id),
      property('Name', 'string', () => this.name),
      property('Availability', 'System.Management.Automation.Runspaces.RunspaceAvailability', () =>
        this.state === 'Opened' ? 'Available' : 'None',
      ),
    ];
  }

  text(): string {
    return `[PSSession]${this.name}`;
  }

  override comparable(): Value {
    return this.id;
  }
}
