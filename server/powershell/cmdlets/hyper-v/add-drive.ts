import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { controllerIn, type Drive, driveAt, placeIn } from './drive-places.ts';
import { machinesOf } from './machines.ts';
import { refuses } from './refuses.ts';
import { pathIn } from './vhd-files.ts';

const KNOWN = (
  'VMName VM VMDriveController ComputerName ControllerType ControllerNumber ControllerLocation ' +
  'Path AllowUnverifiedPaths'
).split(' ');

function* add(call: Call, type: Drive['type']): Steps<void> {
  const { bound, shell, invokedAs } = call;
  if (yield* refuses(call, KNOWN)) return;
  const path = pathIn(call, 'Path') ?? null;
  const place = { ...controllerIn(call, 'VMDriveController'), ...placeIn(call) };
  for (const vm of yield* machinesOf(call, bound.texts('VMName'))) {
    if (!(yield* shell.should(vm.name, invokedAs))) continue;
    const before = new Set(shell.lab.by('disk-drive', 'vm', vm.id).map(({ id }) => id));
    const args = { vm: vm.id, type, ...place, path };
    if (!(yield* shell.finish('vm.addDrive', args, vm.name))) continue;
    if (!bound.flag('Passthru')) continue;
    const added = driveAt(call, vm.id, ({ id }) => !before.has(id));
    if (added !== undefined) yield* shell.write(added);
  }
}

export const addVmHardDiskDrive: Cmdlet = {
  name: 'Add-VMHardDiskDrive',
  synopsis: 'Adds a hard disk drive to virtual machines; on SCSI also while they run.',
  examples: [
    {
      line: 'Add-VMHardDiskDrive SQL01 -ControllerType SCSI -Path C:\\VHDs\\Data.vhdx',
      about: 'Also while it runs.',
    },
  ],
  process: call => add(call, 'HardDisk'),
};

export const addVmDvdDrive: Cmdlet = {
  name: 'Add-VMDvdDrive',
  synopsis: 'Adds a DVD drive to virtual machines.',
  examples: [{ line: 'Add-VMDvdDrive SQL01 -ControllerNumber 1', about: 'On the second IDE.' }],
  process: call => add(call, 'Dvd'),
};
