import type { Id } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { ShellLab } from '../engine/lab.ts';
import { hyperVEnum } from './enum-of.ts';
import { LabObject, type ObjectType, type PropertyRow } from './lab-object.ts';
import { OF_VM } from './of-vm.ts';

const COMMON: readonly PropertyRow<'disk-drive'>[] = [
  [
    'Path',
    'string',
    ({ record, lab }) =>
      record.disk === null ? record.media : (lab.get('virtual-disk', record.disk)?.path ?? null),
  ],
  [
    'ControllerType',
    'Microsoft.HyperV.PowerShell.ControllerType',
    ({ record }) => hyperVEnum('ControllerType', record.controller),
  ],
  ['ControllerNumber', 'int', ({ record }) => record.controllerNumber],
  ['ControllerLocation', 'int', ({ record }) => record.location],
  ['DiskNumber', 'System.Nullable[int]', () => null],
  [
    'Name',
    'string',
    ({ record: { type, controller, controllerNumber, location } }) =>
      `${type === 'Dvd' ? 'DVD Drive' : 'Hard Drive'} on ${controller} controller number ${controllerNumber} at location ${location}`,
  ],
  ...OF_VM,
];

const BASE = 'Microsoft.HyperV.PowerShell.Drive';

export const HARD_DISK_DRIVE: ObjectType<'disk-drive'> = {
  types: ['Microsoft.HyperV.PowerShell.HardDiskDrive', BASE],
  kind: 'disk-drive',
  text: ({ record, lab }) => driveText(record, lab),
  properties: COMMON,
};

export const DVD_DRIVE: ObjectType<'disk-drive'> = {
  types: ['Microsoft.HyperV.PowerShell.DvdDrive', BASE],
  kind: 'disk-drive',
  text: ({ record, lab }) => driveText(record, lab),
  properties: [
    [
      'DvdMediaType',
      'Microsoft.HyperV.PowerShell.DvdMediaType',
      ({ record }) => hyperVEnum('DvdMediaType', record.media === null ? 'None' : 'ISO'),
    ],
    ...COMMON,
  ],
};

const driveText = ({ type, vm }: RecordOf<'disk-drive'>, lab: ShellLab): string =>
  `${type === 'Dvd' ? 'DvdDrive' : 'HardDiskDrive'} (VMName = '${lab.get('vm', vm)?.name ?? ''}')`;

/** Drives of a machine in the order of their places. */
export const diskDrives = (
  lab: ShellLab,
  vm: Id<'vm'>,
  type: 'HardDisk' | 'Dvd',
): readonly LabObject<'disk-drive'>[] =>
  lab
    .by('disk-drive', 'vm', vm)
    .filter(drive => drive.type === type)
    .toSorted(byPlace)
    .map(drive => new LabObject(type === 'Dvd' ? DVD_DRIVE : HARD_DISK_DRIVE, drive, lab));

export const byPlace = (a: RecordOf<'disk-drive'>, b: RecordOf<'disk-drive'>): number =>
  (a.controller < b.controller ? -1 : a.controller > b.controller ? 1 : 0) ||
  a.controllerNumber - b.controllerNumber ||
  a.location - b.location;
