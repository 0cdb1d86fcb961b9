import type { Id } from '../../../protocol/id.ts';
import type { Json } from '../../../base/json.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { ErrorRecord } from '../../engine/error-record.ts';
import type { Steps } from '../../engine/steps.ts';
import { virtualMachine } from '../../objects/virtual-machine.ts';
import { absolute } from '../../value/path.ts';
import { textOf } from '../../value/text.ts';
import { hostsOf } from './hosts.ts';
import { invalidArgument } from './machines.ts';
import { refuses } from './refuses.ts';
import { deviceNamed } from './set-vm-bios.ts';

/** Startup memory of a machine that was made without a word about it. Source: the page of New-VM. */
const MEMORY = 512 * 1024 * 1024;

/** Parameters that do something here. From a DVD is how every machine of the lab boots first. */
const KNOWN = (
  'Name MemoryStartupBytes NoVHD SwitchName VHDPath NewVHDPath NewVHDSizeBytes ComputerName ' +
  'Credential Force BootDevice:CD BootDevice:IDE BootDevice:VHD BootDevice:Floppy'
).split(' ');

export const newVm: Cmdlet = {
  name: 'New-VM',
  synopsis: 'Creates a virtual machine, Off, on a host.',
  examples: [
    { line: 'New-VM WEB01 -MemoryStartupBytes 1GB -NoVHD', about: 'Without a disk.' },
    {
      line: 'New-VM WEB02 -NewVHDPath C:\\VHDs\\web02.vhdx -NewVHDSizeBytes 40GB',
      about: 'With an empty disk.',
    },
  ],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, KNOWN)) return;
    const name = bound.text('Name') ?? 'New Virtual Machine';
    for (const host of yield* hostsOf(call)) {
      if (!(yield* shell.should(name, 'New-VM'))) continue;
      const disk = yield* diskOf(call, host);
      if ('fault' in disk) {
        yield* shell.error(disk.fault);
        continue;
      }
      const virtualSwitch = yield* switchOf(call, host);
      if (virtualSwitch === undefined) continue;
      const args = {
        host: host.id,
        name,
        memory: bound.number('MemoryStartupBytes') ?? MEMORY,
        disk: disk.disk,
        virtualSwitch,
      };
      yield* create(call, args);
    }
  },
};

/** The operation answers with the machine's id; the object is what the cmdlet writes. */
function* create(call: Call, args: { readonly [name: string]: Json }): Steps<void> {
  const { bound, shell } = call;
  const before = new Set(shell.lab.all('vm').map(({ id }) => id));
  if (!(yield* shell.finish('vm.create', args, args['name'] as string))) return;
  const made = shell.lab
    .all('vm')
    .find(vm => !before.has(vm.id) && vm.name === args['name'] && vm.host === args['host']);
  if (made === undefined) return;
  const object = virtualMachine(made, shell.lab);
  const device = deviceNamed(textOf(bound.value('BootDevice') ?? 'CD'));
  if (device !== made.bootOrder[0]) {
    const bootOrder = [device, ...made.bootOrder.filter(one => one !== device)];
    if (!(yield* shell.finish('vm.configure', { vm: made.id, bootOrder }, object))) return;
  }
  yield* shell.write(object);
}

type Disk = { readonly disk: Json } | { readonly fault: ErrorRecord };

function* diskOf(call: Call, host: RecordOf<'host'>): Steps<Disk> {
  const { bound } = call;
  const given = bound.text('VHDPath');
  if (given !== undefined)
    return yield* existing(call, host, absolute(given, call.shell.session.location));
  const size = bound.number('NewVHDSizeBytes');
  if (size === undefined) return { disk: { from: 'none' } };
  const path = newPath(call, host);
  if (path === null) return { disk: { from: 'empty', size } };
  if (DISK_PATH.test(path)) return { disk: { from: 'empty', size, path } };
  const message = `Failed to create the virtual hard disk: '${path}' is not the path of one. Its name has to end in .vhd or .vhdx.`;
  return { fault: invalidArgument(call, message, path) };
}

const DISK_PATH = /^[A-Za-z]:\\(?:[^\\/:*?"<>|]+\\)*[^\\/:*?"<>|]+\.vhdx?$/i;

/** A name alone is a file in the host's folder for disks; null for the one the lab takes itself. */
const newPath = ({ bound }: Call, host: RecordOf<'host'>): string | null => {
  const wanted = (bound.text('NewVHDPath') ?? '').replaceAll('/', '\\').replace(/^\.\\/, '');
  const own = `${bound.text('Name') ?? 'New Virtual Machine'}.vhdx`;
  if (wanted === '' || wanted.toLowerCase() === own.toLowerCase()) return null;
  return wanted.includes(':') ? wanted : `${host.virtualHardDiskPath}\\${wanted}`;
};

/** A disk by its path, or an image of the host's library. */
function* existing(call: Call, host: RecordOf<'host'>, path: string): Steps<Disk> {
  const { lab } = call.shell;
  const key = path.toLowerCase();
  const disk = lab.by('virtual-disk', 'host', host.id).find(one => one.path.toLowerCase() === key);
  if (disk !== undefined) return { disk: { from: 'existing', disk: disk.id } };
  const image = lab
    .by('library-image', 'host', host.id)
    .find(one => one.type === 'Vhdx' && one.path.toLowerCase() === key);
  if (image !== undefined) {
    const text = 'The image stays as it is: the machine gets a differencing disk of it.';
    yield* call.shell.say('warning', text);
    return { disk: { from: 'library', image: image.id } };
  }
  const message = `Failed to add device 'Virtual Hard Disk': the file '${path}' was not found on ${host.name}.`;
  return { fault: invalidArgument(call, message, path) };
}

/** Undefined after an error: there is no switch of that name. */
function* switchOf(
  call: Call,
  host: RecordOf<'host'>,
): Steps<Id<'virtual-switch'> | null | undefined> {
  const name = call.bound.text('SwitchName');
  if (name === undefined) return null;
  return yield* switchNamed(call, host, name);
}

export function* switchNamed(
  call: Call,
  host: RecordOf<'host'>,
  name: string,
): Steps<Id<'virtual-switch'> | undefined> {
  const found = call.shell.lab
    .by('virtual-switch', 'host', host.id)
    .find(one => one.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found.id;
  const message = `Hyper-V was unable to find a virtual switch with name "${name}".`;
  yield* call.shell.error(invalidArgument(call, message, name));
  return undefined;
}
