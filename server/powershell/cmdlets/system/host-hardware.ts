import type { Id } from '../../../protocol/id.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Cmdlet } from '../../engine/cmdlet.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { textOf } from '../../value/text.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { hereOf, nothingHere } from '../here.ts';
import { refuses } from '../hyper-v/refuses.ts';

// What a host is made of, as the cmdlets of its own modules show it. Columns: recalled.

const CIM = 'Microsoft.Management.Infrastructure.CimInstance#ROOT';

const volumeOf = ({ letter, capacity, free }: RecordOf<'volume'>): CustomObject => {
  const made = new CustomObject(`${CIM}/Microsoft/Windows/Storage/MSFT_Volume`);
  made.note('DriveLetter', letter);
  made.note('FileSystemLabel', '');
  made.note('FileSystem', 'NTFS');
  made.note('DriveType', 'Fixed');
  made.note('HealthStatus', 'Healthy');
  made.note('SizeRemaining', free);
  made.note('Size', capacity);
  return made;
};

export const getVolume: Cmdlet = {
  name: 'Get-Volume',
  synopsis: 'Lists the volumes of a host.',
  examples: [{ line: 'Get-Volume -DriveLetter C', about: 'How much is free on C.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['DriveLetter'])) return;
    if (hereOf(call) === undefined) return yield* shell.error(nothingHere(call));
    const letters = bound.values('DriveLetter')?.map(one => textOf(one).slice(0, 1).toUpperCase());
    const volumes = shell.lab.by('volume', 'host', shell.computer as Id<'host'>);
    for (const volume of volumes)
      if (letters?.includes(volume.letter) ?? true) yield* shell.write(volumeOf(volume));
    for (const letter of letters ?? [])
      if (!volumes.some(volume => volume.letter === letter))
        yield* shell.error(
          shell.fault({
            message: `No MSFT_Volume objects found with property 'DriveLetter' equal to '${letter}'.  Verify the value of the property and retry.`,
            id: 'CmdletizationQuery_NotFound_DriveLetter',
            category: 'ObjectNotFound',
            exception: 'Microsoft.PowerShell.Cmdletization.Cim.CimJobException',
            target: letter,
          }),
        );
  },
};

interface Adapter {
  readonly name: string;
  readonly description: string;
  readonly mac: string;
  readonly speed: number;
  readonly isUp: boolean;
}

const adapterOf = (adapter: Adapter, index: number): CustomObject => {
  const made = new CustomObject(`${CIM}/StandardCimv2/MSFT_NetAdapter`);
  const gigabits = adapter.speed / 1_000_000_000;
  made.note('Name', adapter.name);
  made.note('InterfaceAlias', adapter.name);
  made.note('InterfaceDescription', adapter.description);
  made.note('ifIndex', index + 12);
  made.note('Status', adapter.isUp ? 'Up' : 'Disconnected');
  made.note('MacAddress', adapter.mac);
  made.note('LinkSpeed', gigabits >= 1 ? `${gigabits} Gbps` : `${gigabits * 1_000} Mbps`);
  return made;
};

export const getNetAdapter: Cmdlet = {
  name: 'Get-NetAdapter',
  synopsis: 'Lists the network adapters of a host, with those that it has on virtual switches.',
  examples: [{ line: 'Get-NetAdapter Ethernet*', about: 'The physical ones.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['Name', 'InterfaceDescription', 'Physical'])) return;
    if (hereOf(call) === undefined) return yield* shell.error(nothingHere(call));
    const host = shell.computer as Id<'host'>;
    const nics = shell.lab.by('physical-nic', 'host', host);
    const own = nics.map(({ name, mac, speed, linkUp }) => ({
      name,
      description: name,
      mac,
      speed,
      isUp: linkUp,
    }));
    const shared = shell.lab
      .by('virtual-switch', 'host', host)
      .filter(one => one.allowManagementOs)
      .map(({ name, physicalNic }, index) => ({
        name: `vEthernet (${name})`,
        description: `Hyper-V Virtual Ethernet Adapter${index === 0 ? '' : ` #${index + 1}`}`,
        mac: nics.find(({ id }) => id === physicalNic)?.mac ?? '00-00-00-00-00-00',
        speed: 10_000_000_000,
        isUp: true,
      }));
    const names = (bound.texts('Name') ?? ['*']).map(name => new Wildcard(name));
    const all = bound.flag('Physical') ? own : [...own, ...shared];
    for (const [index, adapter] of all.entries())
      if (names.some(name => name.matches(adapter.name)))
        yield* shell.write(adapterOf(adapter, index));
  },
};
