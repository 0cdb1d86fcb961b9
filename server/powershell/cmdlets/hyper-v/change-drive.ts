import type { Json } from '../../../base/json.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { LabObject } from '../../objects/lab-object.ts';
import { DVD_DRIVE, HARD_DISK_DRIVE } from '../../objects/disk-drive.ts';
import { type Drive, driveAt, drivesMeant, placeIn } from './drive-places.ts';
import { refuses } from './refuses.ts';
import { pathIn } from './vhd-files.ts';

const PLACE = 'VMName VMHardDiskDrive VMDvdDrive ComputerName ControllerType ControllerNumber';
const KNOWN = (
  `${PLACE} ControllerLocation Path ToControllerType ToControllerNumber ToControllerLocation ` +
  'AllowUnverifiedPaths'
).split(' ');

function* change(call: Call, type: Drive['type']): Steps<void> {
  const { bound, shell, invokedAs } = call;
  if (yield* refuses(call, KNOWN)) return;
  const to = placeIn(call, 'To');
  const path = bound.has('Path') ? pathIn(call, 'Path') || null : undefined;
  for (const drive of yield* drivesMeant(call, type)) {
    const { vm, id } = drive;
    if (!(yield* shell.should(shell.lab.get('vm', vm)?.name ?? '', invokedAs))) continue;
    const isSame = to.controller === undefined || to.controller === drive.controller;
    const stays = isSame ? { number: drive.controllerNumber } : {};
    const place = { controller: drive.controller, ...stays, ...to };
    const isMoved = Object.keys(to).length > 0;
    const args: { readonly [name: string]: Json } = {
      vm,
      drive: id,
      ...(path === undefined ? {} : { path }),
      ...(isMoved ? { to: place } : {}),
    };
    const before = new Set(shell.lab.by('disk-drive', 'vm', vm).map(one => one.id));
    if (!(yield* shell.finish('vm.setDrive', args, id)) || !bound.flag('Passthru')) continue;
    const now = driveAt(call, vm, one => one.id === id || !before.has(one.id));
    if (now !== undefined) yield* shell.write(now);
  }
}

function* remove(call: Call, type: Drive['type']): Steps<void> {
  const { bound, shell, invokedAs } = call;
  if (yield* refuses(call, [...PLACE.split(' '), 'ControllerLocation'])) return;
  for (const drive of yield* drivesMeant(call, type)) {
    const { vm, id } = drive;
    if (!(yield* shell.should(shell.lab.get('vm', vm)?.name ?? '', invokedAs))) continue;
    const object = new LabObject(type === 'Dvd' ? DVD_DRIVE : HARD_DISK_DRIVE, drive, shell.lab);
    const isDone = yield* shell.finish('vm.removeDrive', { vm, drive: id }, object);
    if (isDone && bound.flag('Passthru')) yield* shell.write(object);
  }
}

export const setVmHardDiskDrive: Cmdlet = {
  name: 'Set-VMHardDiskDrive',
  synopsis: 'Puts another file into a hard disk drive, or the drive to another place.',
  examples: [
    {
      line: 'Set-VMHardDiskDrive SQL01 -ControllerType SCSI -Path C:\\VHDs\\Other.vhdx',
      about: 'Another disk.',
    },
  ],
  process: call => change(call, 'HardDisk'),
};

export const setVmDvdDrive: Cmdlet = {
  name: 'Set-VMDvdDrive',
  synopsis:
    'Puts an ISO into the DVD drive of a virtual machine, takes it out, or moves the drive.',
  examples: [
    { line: 'Set-VMDvdDrive WEB01 -Path C:\\ISO\\ws2012.iso', about: 'Inserted.' },
    { line: 'Set-VMDvdDrive WEB01 -Path $null', about: 'Taken out.' },
  ],
  process: call => change(call, 'Dvd'),
};

export const removeVmHardDiskDrive: Cmdlet = {
  name: 'Remove-VMHardDiskDrive',
  synopsis: 'Removes hard disk drives; the files stay.',
  examples: [
    {
      line: 'Remove-VMHardDiskDrive SQL01 -ControllerType SCSI -ControllerNumber 0 -ControllerLocation 1',
      about: 'Also while it runs.',
    },
  ],
  process: call => remove(call, 'HardDisk'),
};

export const removeVmDvdDrive: Cmdlet = {
  name: 'Remove-VMDvdDrive',
  synopsis: 'Removes DVD drives.',
  examples: [
    {
      line: 'Remove-VMDvdDrive SQL01 -ControllerNumber 1 -ControllerLocation 0',
      about: 'The one that every new machine has.',
    },
  ],
  process: call => remove(call, 'Dvd'),
};
