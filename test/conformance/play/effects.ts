import { isNumber, plainNumber } from '../../../server/powershell/value/number.ts';
import { isTrue, textOf } from '../../../server/powershell/value/text.ts';
import {
  machinesOf,
  objectsOf,
  ofKind,
  partsOf,
  type Rec,
  type Records,
  textsOf,
} from './records.ts';
import { DISK_EFFECTS } from './disk-effects.ts';
import { DRIVE_EFFECTS, isAt } from './drive-effects.ts';
import type { Effect, Expected, Look } from './effect.ts';
import { SNAPSHOT_EFFECTS } from './snapshot-effects.ts';
import type { Ran } from './watched-shell.ts';

// What must be so after a command, by its name and what it was given: the documented effect of each
// cmdlet, read back from the records of the lab.

/** What was there before, and what the line itself made. */
const known = (before: Records, after: Records): Records => new Map([...after, ...before]);

const become =
  (state: (ran: Ran) => string): Effect =>
  ({ ran, before, after }) =>
    machinesOf(ran, known(before, after)).map(vm => ({
      what: `${String(vm['name'])} state`,
      wanted: state(ran),
      is: after.get(vm.id)?.['state'],
    }));

/** Parameter by parameter, the field of the record that it sets. */
const setting =
  (
    fields: readonly (readonly [parameter: string, field: string])[],
    of: (look: Look) => readonly Rec[],
  ): Effect =>
  look =>
    of(look).flatMap(one =>
      fields
        .filter(([parameter]) => look.ran.values.has(parameter))
        .map(([parameter, field]) => ({
          what: `${String(one['name'])} ${field}`,
          wanted: plain(look.ran, parameter),
          is: look.after.get(one.id)?.[field],
        })),
    );

const plain = ({ values }: Ran, parameter: string): unknown => {
  const value = values.get(parameter) ?? null;
  if (isNumber(value)) return plainNumber(value);
  return typeof value === 'boolean' || value === null ? value : textOf(value);
};

const flag = ({ values }: Ran, name: string): boolean => isTrue(values.get(name) ?? false);

const named = ({ ran, before, after }: Look): readonly Rec[] =>
  machinesOf(ran, known(before, after));

const MACHINE = [
  ['MemoryStartupBytes', 'memoryStartup'],
  ['StartupBytes', 'memoryStartup'],
  ['ProcessorCount', 'processorCount'],
  ['Count', 'processorCount'],
  ['Reserve', 'cpuReserve'],
  ['Maximum', 'cpuLimit'],
  ['RelativeWeight', 'cpuWeight'],
  ['NewName', 'name'],
  ['NewVMName', 'name'],
  ['Notes', 'notes'],
  ['AutomaticStartAction', 'automaticStartAction'],
  ['AutomaticStartDelay', 'automaticStartDelay'],
  ['AutomaticStopAction', 'automaticStopAction'],
] as const;

const switchName = (records: Records, adapter: Rec | undefined): unknown =>
  records.get(String(adapter?.['virtualSwitch']))?.['name'] ?? null;

const plugged =
  (wanted: (look: Look) => unknown): Effect =>
  look =>
    partsOf(look.ran, 'network-adapter', known(look.before, look.after)).map(
      ({ id, ...adapter }) => ({
        what: `adapter ${String(adapter['name'])} switch`,
        wanted: wanted(look),
        is: switchName(look.after, look.after.get(id)),
      }),
    );

const targetSwitch = ({ ran, after }: Look): unknown => {
  const object = partsNamed(ran, after);
  return object ?? textOf(ran.values.get('SwitchName') ?? null);
};

const partsNamed = ({ values }: Ran, after: Records): unknown => {
  const text = textOf(values.get('VMSwitch') ?? null);
  return ofKind(after, 'virtual-switch').find(one => text.includes(`'${String(one['name'])}'`))?.[
    'name'
  ];
};

const services =
  (enabled: boolean): Effect =>
  ({ ran, before, after }) =>
    partsOf(ran, 'integration-service', known(before, after)).map(one => ({
      what: `${String(one['name'])} enabled`,
      wanted: enabled,
      is: after.get(one.id)?.['enabled'],
    }));

const media: Effect = ({ ran, before, after }) => {
  const objects = partsOf(ran, 'disk-drive', before).filter(
    one => one['type'] === 'Dvd' && isAt(one, ran.values),
  );
  const path = plain(ran, 'Path');
  return objects.map(drive => {
    const is = after.get(drive.id)?.['media'] ?? null;
    const wanted = path === null || path === '' ? null : String(path).replace(/^\.\\/, '');
    const isSo = wanted !== null && String(is).toLowerCase().endsWith(wanted.toLowerCase());
    return { what: 'media', wanted, is: isSo ? wanted : is };
  });
};

const created: Effect = ({ ran, before, after }) => {
  const [name = 'New Virtual Machine'] = textsOf(ran.values.get('Name'));
  const vm = ofKind(after, 'vm').find(one => one['name'] === name && !before.has(one.id));
  const of = (kind: string): readonly Rec[] =>
    ofKind(after, kind).filter(one => one['vm'] === vm?.id);
  const [adapter] = of('network-adapter');
  const disks = of('disk-drive').flatMap(drive => after.get(String(drive['disk'])) ?? []);
  const [disk] = disks;
  const expected: Expected[] = [{ what: 'name', wanted: name, is: vm?.['name'] }];
  const expect = (parameter: string, what: string, is: unknown): void => {
    if (ran.values.has(parameter)) expected.push({ what, wanted: plain(ran, parameter), is });
  };
  expect('MemoryStartupBytes', 'memory', vm?.['memoryStartup']);
  expect('NewVHDSizeBytes', 'size of the disk', disk?.['maximumSize']);
  expect('NewVHDPath', 'disk', disk?.['path']);
  expect('VHDPath', 'disk', disk?.['path']);
  expect('SwitchName', 'switch', switchName(after, adapter));
  if (ran.values.has('BootDevice'))
    expected.push({
      what: 'boots first from',
      wanted: bootDevice(String(plain(ran, 'BootDevice'))),
      is: (vm?.['bootOrder'] as readonly string[] | undefined)?.[0],
    });
  if (flag(ran, 'NoVHD')) expected.push({ what: 'disks', wanted: 0, is: disks.length });
  return expected;
};

const bootDevice = (name: string): string =>
  name === 'VHD' ? 'IDE' : name === 'NetworkAdapter' ? 'LegacyNetworkAdapter' : name;

const ordered: Effect = look =>
  named(look).map(vm => ({
    what: `${String(vm['name'])} boots from`,
    wanted: textsOf(look.ran.values.get('StartupOrder')).map(bootDevice).join(),
    is: (look.after.get(vm.id)?.['bootOrder'] as readonly string[] | undefined)?.join(),
  }));

const gone: Effect = look =>
  named(look).map(vm => ({
    what: `${String(vm['name'])} is there`,
    wanted: false,
    is: look.after.has(vm.id),
  }));

const serviceStates =
  (wanted: string): Effect =>
  ({ ran, before, after }) => {
    const objects = objectsOf(ran.values.get('InputObject'), before);
    const names = textsOf(ran.values.get('Name')).map(name => name.toLowerCase());
    const byName = ofKind(before, 'service').filter(({ name }) =>
      names.includes(String(name).toLowerCase()),
    );
    return (objects.length > 0 ? objects : byName).map(one => ({
      what: `service ${one.id}`,
      wanted,
      is: after.get(one.id)?.['state'],
    }));
  };

const hosts = (wanted: string): Effect =>
  (({ ran, before, after }) => {
    const names = textsOf(ran.values.get('ComputerName'));
    return ofKind(before, 'host')
      .filter(({ name }) => names.some(one => one.split('.')[0] === name))
      .map(host => ({
        what: `host ${String(host['name'])}`,
        wanted,
        is: after.get(host.id)?.['state'],
      }));
  }) satisfies Effect;

export const EFFECTS: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['Start-VM', become(() => 'Running')],
  ['Resume-VM', become(() => 'Running')],
  ['Restart-VM', become(() => 'Running')],
  ['Suspend-VM', become(() => 'Paused')],
  ['Save-VM', become(() => 'Saved')],
  ['Stop-VM', become(ran => (flag(ran, 'Save') ? 'Saved' : 'Off'))],
  ['Remove-VMSavedState', become(() => 'Off')],
  ['Remove-VM', gone],
  ['New-VM', created],
  ['Rename-VM', setting(MACHINE, named)],
  ['Set-VM', setting(MACHINE, named)],
  ['Set-VMMemory', setting(MACHINE, named)],
  ['Set-VMProcessor', setting(MACHINE, named)],
  ['Set-VMBios', ordered],
  ['Connect-VMNetworkAdapter', plugged(targetSwitch)],
  ['Disconnect-VMNetworkAdapter', plugged(() => null)],
  ['Enable-VMIntegrationService', services(true)],
  ['Disable-VMIntegrationService', services(false)],
  ['Set-VMDvdDrive', media],
  ...SNAPSHOT_EFFECTS,
  ...DISK_EFFECTS,
  ...DRIVE_EFFECTS,
  ['Stop-Service', serviceStates('Stopped')],
  ['Start-Service', serviceStates('Running')],
  ['Stop-Computer', hosts('Off')],
  ['Restart-Computer', hosts('Running')],
]);
