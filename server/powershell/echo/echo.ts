import type { ArgsOf, OperationName } from '../../protocol/operation/index.ts';
import { DISK_ECHO } from './disk-lines.ts';
import { DRIVE_ECHO } from './drive-lines.ts';
import { SNAPSHOT_ECHO } from './snapshot-lines.ts';
import { quoted, size } from './quote.ts';

/** Names of things in the lab, for whoever writes a line about them. Undefined: it is not there. */
export interface EchoNames {
  vm(id: string): { readonly name: string; readonly host: string } | undefined;
  /** A host's name by its record id. */
  host(id: string): string | undefined;
  virtualSwitch(id: string): string | undefined;
  /** Path of a virtual hard disk, or of an image of a library. */
  path(id: string): string | undefined;
  adapter(id: string): string | undefined;
  integrationService(id: string): string | undefined;
  /** A snapshot's name. */
  snapshot(id: string): string | undefined;
  /** Of a virtual machine: what it is and where. */
  drive(id: string):
    | {
        readonly type: 'HardDisk' | 'Dvd';
        readonly controller: 'IDE' | 'SCSI';
        readonly number: number;
        readonly location: number;
      }
    | undefined;
  service(id: string): { readonly name: string; readonly host: string } | undefined;
  workerProcess(id: string): { readonly pid: number; readonly host: string } | undefined;
}

type Line<N extends OperationName> = (args: ArgsOf<N>, names: EchoNames) => string | null;

/** Operations that no cmdlet of Windows Server 2012 does, and why. */
export const WITHOUT_LINE = {
  'host.start': 'A computer without power hears no command: somebody presses its power button.',
  'host.powerOff': 'Somebody pulls the plug of the computer; Windows is not asked.',
  'guest.crash': 'Happens inside the guest, which PowerShell of this version cannot reach.',
  'guest.shutDown': 'Somebody does it inside the guest; from the host it is Stop-VM.',
  'clock.pause': 'Stops the time of the whole lab, which no computer in it knows of.',
  'clock.resume': 'The time of the whole lab goes on, which no computer in it knows of.',
  'clock.speed': 'Sets the pace of the whole lab, which no computer in it knows of.',
  'clock.step': 'Moves the time of the whole lab, which no computer in it knows of.',
} as const satisfies { readonly [N in OperationName]?: string };

type Lined = Exclude<OperationName, keyof typeof WITHOUT_LINE>;

/** The line that does what an operation does. It may be null for a case that no cmdlet does. */
export const ECHO: { readonly [N in Lined]: Line<N> } = {
  'vm.create': ({ host, name, memory, processors, disk, virtualSwitch, iso }, names) => {
    const on = names.host(host);
    const vhd = diskWords(disk, name, names);
    const lan = virtualSwitch === null ? null : names.virtualSwitch(virtualSwitch);
    if (on === undefined || vhd === null || lan === undefined) return null;
    const words = [
      `New-VM ${quoted(name)}`,
      `-MemoryStartupBytes ${size(memory)}`,
      vhd,
      lan === null ? '' : `-SwitchName ${quoted(lan)}`,
      `-ComputerName ${quoted(on)}`,
    ];
    const rest = [
      processors === 1 ? '' : `Set-VMProcessor ${quoted(name)} -Count ${processors}`,
      iso === null ? '' : `Set-VMDvdDrive ${quoted(name)} -Path ${quoted(names.path(iso) ?? '')}`,
    ];
    const made = words.filter(word => word !== '').join(' ');
    return [
      made,
      ...rest.filter(line => line !== '').map(line => `${line} -ComputerName ${quoted(on)}`),
    ].join('; ');
  },
  'vm.start': ({ vm }, names) => onVm('Start-VM', vm, names),
  'vm.pause': ({ vm }, names) => onVm('Suspend-VM', vm, names),
  'vm.resume': ({ vm }, names) => onVm('Resume-VM', vm, names),
  'vm.save': ({ vm }, names) => onVm('Save-VM', vm, names),
  'vm.deleteSavedState': ({ vm }, names) => onVm('Remove-VMSavedState', vm, names),
  'vm.reset': ({ vm }, names) => onVm('Restart-VM', vm, names, '-Force'),
  'vm.turnOff': ({ vm }, names) => onVm('Stop-VM', vm, names, '-TurnOff'),
  'vm.shutDown': ({ vm, force }, names) => onVm('Stop-VM', vm, names, force ? '-Force' : ''),
  'vm.rename': ({ vm, name }, names) => onVm('Rename-VM', vm, names, `-NewName ${quoted(name)}`),
  'vm.delete': ({ vm }, names) => onVm('Remove-VM', vm, names, '-Force'),
  'vm.setMemory': ({ vm, startup }, names) =>
    onVm('Set-VMMemory', vm, names, `-StartupBytes ${size(startup)}`),
  'vm.setProcessors': ({ vm, count, reserve, limit, weight }, names) =>
    onVm(
      'Set-VMProcessor',
      vm,
      names,
      given({ Count: count, Reserve: reserve, Maximum: limit, RelativeWeight: weight }),
    ),
  'vm.configure': ({ vm, bootOrder, ...rest }, names) => {
    const words = given({
      Notes: rest.notes === undefined ? undefined : quoted(rest.notes),
      AutomaticStartAction: rest.automaticStartAction,
      AutomaticStartDelay: rest.automaticStartDelay,
      AutomaticStopAction: rest.automaticStopAction,
    });
    const order = bootOrder === undefined ? '' : `-StartupOrder ${bootOrder.join(', ')}`;
    // Another cmdlet sets the BIOS.
    const lines = [
      words === '' ? null : onVm('Set-VM', vm, names, words),
      order === '' ? null : onVm('Set-VMBios', vm, names, order),
    ].filter(line => line !== null);
    return lines.length === 0 ? null : lines.join('; ');
  },
  'vm.setDvd': ({ vm, image }, names) => {
    const path = image === null ? null : names.path(image);
    if (path === undefined) return null;
    return onVm('Set-VMDvdDrive', vm, names, `-Path ${path === null ? '$null' : quoted(path)}`);
  },
  'vm.connectNetworkAdapter': ({ vm, adapter, virtualSwitch }, names) => {
    const name = names.adapter(adapter);
    if (name === undefined) return null;
    if (virtualSwitch === null)
      return onVm('Disconnect-VMNetworkAdapter', vm, names, `-Name ${quoted(name)}`);
    const lan = names.virtualSwitch(virtualSwitch);
    const words = `-Name ${quoted(name)} -SwitchName ${quoted(lan ?? '')}`;
    return lan === undefined ? null : onVm('Connect-VMNetworkAdapter', vm, names, words);
  },
  'vm.setIntegrationService': ({ vm, service, enabled }, names) => {
    const name = names.integrationService(service);
    const verb = enabled ? 'Enable' : 'Disable';
    if (name === undefined) return null;
    return onVm(`${verb}-VMIntegrationService -Name ${quoted(name)} -VMName`, vm, names);
  },
  ...SNAPSHOT_ECHO,
  ...DISK_ECHO,
  ...DRIVE_ECHO,
  'host.shutDown': ({ host }, names) => onHost('Stop-Computer', host, names),
  'service.stop': ({ service }, names) => onService('Stop-Service -Force', service, names),
  'service.start': ({ service }, names) => onService('Start-Service', service, names),
  'process.end': ({ process }, names) => {
    const found = names.workerProcess(process);
    const host = found === undefined ? undefined : names.host(found.host);
    // Stop-Process has no -ComputerName: it runs where the process does.
    return found === undefined || host === undefined
      ? null
      : `Invoke-Command ${quoted(host)} { Stop-Process -Id ${found.pid} -Force }`;
  },
  'file.write': ({ host, path, text, append, encoding }, names) => {
    const lines = text.split('\r\n');
    // Only whole lines are written by a cmdlet of this version.
    if (lines.pop() !== '' || lines.some(line => /[\r\n]/.test(line))) return null;
    const form = encoding === 'ASCII' ? '' : ` -Encoding ${encoding}`;
    const value = lines.map(quoted).join(', ');
    return value === ''
      ? null
      : onFile(append ? 'Add-Content' : 'Set-Content', `-Value ${value}${form}`, {
          host,
          path,
          names,
        });
  },
  'file.makeFolder': ({ host, path }, names) =>
    onFile('New-Item', '-ItemType Directory', { host, path, names }),
  'file.move': ({ host, path, to }, names) => {
    const share = shareOf(to, host, names);
    return share === null
      ? null
      : onFile('Move-Item', `-Destination ${quoted(share)}`, { host, path, names });
  },
  'file.remove': ({ host, path }, names) =>
    onFile('Remove-Item', '-Recurse -Force', { host, path, names }),
};

export const echoOf = <N extends OperationName>(
  op: N,
  args: ArgsOf<N>,
  names: EchoNames,
): string | null => {
  const lines: { readonly [O in OperationName]?: Line<O> } = ECHO;
  return lines[op]?.(args, names) ?? null;
};

const onVm = (command: string, vm: string, names: EchoNames, more = ''): string | null => {
  const found = names.vm(vm);
  const host = found === undefined ? undefined : names.host(found.host);
  if (found === undefined || host === undefined) return null;
  const words = [command, quoted(found.name), more, `-ComputerName ${quoted(host)}`];
  return words.filter(word => word !== '').join(' ');
};

const onHost = (command: string, host: string, names: EchoNames): string | null => {
  const name = names.host(host);
  return name === undefined ? null : `${command} ${quoted(name)} -Force`;
};

interface OnHost {
  readonly host: string;
  readonly path: string;
  readonly names: EchoNames;
}

/** By the host's administrative share, which is the same file from wherever the console is. */
const onFile = (command: string, more: string, { host, path, names }: OnHost): string | null => {
  const share = shareOf(path, host, names);
  return share === null ? null : `${command} ${quoted(share)} ${more}`;
};

const shareOf = (path: string, host: string, names: EchoNames): string | null => {
  const name = names.host(host);
  return name === undefined ? null : `\\\\${name}\\${path.charAt(0)}$${path.slice(2)}`;
};

const onService = (command: string, service: string, names: EchoNames): string | null => {
  const found = names.service(service);
  const host = found === undefined ? undefined : names.host(found.host);
  if (found === undefined || host === undefined) return null;
  return `Get-Service ${quoted(found.name)} -ComputerName ${quoted(host)} | ${command}`;
};

const given = (values: { readonly [parameter: string]: number | string | undefined }): string =>
  Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [`-${name} ${value}`]))
    .join(' ');

type Disk = ArgsOf<'vm.create'>['disk'];

const diskWords = (disk: Disk, name: string, names: EchoNames): string | null => {
  switch (disk.from) {
    case 'none':
      return '-NoVHD';
    case 'empty':
      // A name alone is a file in the host's folder for virtual hard disks.
      return `-NewVHDPath ${quoted(disk.path ?? `${name}.vhdx`)} -NewVHDSizeBytes ${size(disk.size)}`;
    case 'library':
      return pathWord(names.path(disk.image));
    case 'existing':
      return pathWord(names.path(disk.disk));
  }
};

const pathWord = (path: string | undefined): string | null =>
  path === undefined ? null : `-VHDPath ${quoted(path)}`;
