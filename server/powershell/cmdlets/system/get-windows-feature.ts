import type { Cmdlet } from '../../engine/cmdlet.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { refuses } from '../hyper-v/refuses.ts';
import { computersOf } from './computers.ts';

interface Feature {
  readonly name: string;
  readonly title: string;
  readonly depth: number;
  readonly type: 'Role' | 'Role Service' | 'Feature';
}

/** What a host of the lab has: it is installed to be a Hyper-V host, and managed from itself. */
const FEATURES: readonly Feature[] = [
  { name: 'Hyper-V', title: 'Hyper-V', depth: 1, type: 'Role' },
  { name: 'RSAT', title: 'Remote Server Administration Tools', depth: 1, type: 'Feature' },
  { name: 'RSAT-Role-Tools', title: 'Role Administration Tools', depth: 2, type: 'Feature' },
  { name: 'RSAT-Hyper-V-Tools', title: 'Hyper-V Management Tools', depth: 3, type: 'Feature' },
  { name: 'Hyper-V-Tools', title: 'Hyper-V GUI Management Tools', depth: 4, type: 'Feature' },
  {
    name: 'Hyper-V-PowerShell',
    title: 'Hyper-V Module for Windows PowerShell',
    depth: 4,
    type: 'Feature',
  },
];

const made = ({ name, title, depth, type }: Feature): CustomObject => {
  const feature = new CustomObject('Microsoft.Windows.ServerManager.Commands.Feature');
  feature.note('Display Name', `${'    '.repeat(depth - 1)}[X] ${title}`);
  feature.note('Name', name);
  feature.note('Install State', 'Installed');
  feature.note('DisplayName', title);
  feature.note('Installed', true);
  feature.note('InstallState', 'Installed');
  feature.note('FeatureType', type);
  feature.note('Depth', depth);
  return feature;
};

/** Features that are not simulated are not listed: nothing is said of them. */
export const getWindowsFeature: Cmdlet = {
  name: 'Get-WindowsFeature',
  synopsis: 'Lists the roles and features of a host that the lab knows: those of Hyper-V.',
  examples: [{ line: 'Get-WindowsFeature *Hyper-V*', about: 'The role and its tools.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Name', 'ComputerName', 'Credential'])) return;
    const patterns = (bound.texts('Name') ?? ['*']).map(name => new Wildcard(name));
    for (const host of yield* computersOf(call)) {
      if (host.state !== 'Running') continue;
      for (const feature of FEATURES)
        if (patterns.some(pattern => pattern.matches(feature.name)))
          yield* shell.write(made(feature));
    }
  },
};
