import { ACTION_PREFERENCE, CONFIRM_IMPACT } from '../value/enum.ts';
import { Hashtable } from '../value/hashtable.ts';
import { property } from '../value/property.ts';
import { type Property, PSObject } from '../value/ps-object.ts';
import type { Value } from '../value/value.ts';
import { Version } from '../value/version.ts';
import type { Core } from './core.ts';
import { HostObject } from './host-object.ts';
import type { Scope } from './scope.ts';

/** Windows PowerShell 3.0 of Server 2012. Source: $PSVersionTable of a Server 2012 console, recalled. */
const versionTable = (): Hashtable => {
  const table = new Hashtable();
  table.set('PSVersion', new Version([3, 0]));
  table.set('WSManStackVersion', new Version([3, 0]));
  table.set('SerializationVersion', new Version([1, 1, 0, 1]));
  table.set('CLRVersion', new Version([4, 0, 30319, 18010]));
  table.set('BuildVersion', new Version([6, 2, 9200, 16434]));
  table.set('PSCompatibleVersions', [
    new Version([1, 0]),
    new Version([2, 0]),
    new Version([3, 0]),
  ]);
  table.set('PSRemotingProtocolVersion', new Version([2, 2]));
  return table;
};

/** $PWD: in a string it is its path. */
class PathInfo extends PSObject {
  readonly typeNames = ['System.Management.Automation.PathInfo', 'System.Object'];
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  properties(): readonly Property[] {
    return [property('Path', 'string', () => this.#path)];
  }

  text(): string {
    return this.#path;
  }
}

/** The variables a session begins with. */
export const declareAutomatic = (core: Core, global: Scope = core.global): void => {
  const constant = (name: string, value: Value): void =>
    global.declare({ name, value, type: null, readOnly: true, hidden: false });
  const computed = (name: string, get: () => Value): void =>
    global.declare({ name, value: null, type: null, readOnly: true, hidden: false, get });
  const plain = (name: string, value: Value): void =>
    global.declare({ name, value, type: null, readOnly: false, hidden: false });
  constant('true', true);
  constant('false', false);
  computed('null', () => null);
  computed('?', () => core.succeeded);
  computed('Error', () => core.errors);
  computed('PID', () => 4096 + (core.setup.seed % 4096) * 4);
  computed('PWD', () => new PathInfo(core.location));
  computed('Host', () => new HostObject(core));
  constant('HOME', `C:\\Users\\${core.setup.user}`);
  constant('PSHOME', 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0');
  constant('PSVersionTable', versionTable());
  constant('ShellId', 'Microsoft.PowerShell');
  constant('PSCulture', 'en-US');
  constant('PSUICulture', 'en-US');
  plain(
    'PROFILE',
    `C:\\Users\\${core.setup.user}\\Documents\\WindowsPowerShell\\Microsoft.PowerShell_profile.ps1`,
  );
  plain('LASTEXITCODE', 0);
  plain('MaximumHistoryCount', 4096);
  plain('ErrorActionPreference', ACTION_PREFERENCE.parse('Continue'));
  plain('WarningPreference', ACTION_PREFERENCE.parse('Continue'));
  plain('VerbosePreference', ACTION_PREFERENCE.parse('SilentlyContinue'));
  plain('DebugPreference', ACTION_PREFERENCE.parse('SilentlyContinue'));
  plain('ProgressPreference', ACTION_PREFERENCE.parse('Continue'));
  plain('ConfirmPreference', CONFIRM_IMPACT.parse('High'));
  plain('WhatIfPreference', false);
  plain('FormatEnumerationLimit', 4);
};
