import { textOf } from '../../../server/powershell/value/text.ts';
import type { Effect } from './effect.ts';
import { machinesOf, ofKind, partsOf, type Rec, type Records } from './records.ts';

// What must be so of drives and controllers after a command.

const drivesOf = (records: Records, vm: Rec): readonly Rec[] =>
  ofKind(records, 'disk-drive').filter(drive => drive['vm'] === vm.id);

const more =
  (type: string): Effect =>
  ({ ran, before, after }) =>
    machinesOf(ran, before).map(vm => {
      const added = drivesOf(after, vm).filter(drive => !before.has(drive.id));
      return {
        what: `${String(vm['name'])} has one more`,
        wanted: type,
        is: added.map(drive => String(drive['type'])).join(),
      };
    });

/** The drives themselves, as objects, or those at the place that was named. */
const fewer: Effect = ({ ran, before, after }) =>
  partsOf(ran, 'disk-drive', before)
    .filter(drive => isAt(drive, ran.values))
    .map(drive => ({ what: `${drive.id} is there`, wanted: false, is: after.has(drive.id) }));

const isAt = (drive: Rec, values: ReadonlyMap<string, unknown>): boolean =>
  (
    [
      ['ControllerNumber', 'controllerNumber'],
      ['ControllerLocation', 'location'],
    ] as const
  ).every(([parameter, field]) => {
    const value = values.get(parameter);
    return typeof value !== 'number' || value === drive[field];
  });

const attached: Effect = ({ ran, before, after }) => {
  const path = textOf(ran.values.get('Path') ?? null)
    .replace(/^\.\\/, '')
    .toLowerCase();
  if (path === '') return [];
  const disk = ofKind(after, 'virtual-disk').find(one =>
    String(one['path']).toLowerCase().endsWith(path),
  );
  return machinesOf(ran, before).map(vm => ({
    what: `disk of ${String(vm['name'])}`,
    wanted: vm.id,
    is: disk?.['vm'],
  }));
};

const controllers =
  (by: number): Effect =>
  ({ ran, before, after }) =>
    machinesOf(ran, before).map(vm => ({
      what: `SCSI controllers of ${String(vm['name'])}`,
      wanted: Number(vm['scsiControllers']) + by,
      is: after.get(vm.id)?.['scsiControllers'],
    }));

const both =
  (one: Effect, other: Effect): Effect =>
  look => [...one(look), ...other(look)];

export const DRIVE_EFFECTS: readonly (readonly [command: string, effect: Effect])[] = [
  ['Add-VMHardDiskDrive', both(more('HardDisk'), attached)],
  ['Set-VMHardDiskDrive', attached],
  ['Remove-VMHardDiskDrive', fewer],
  ['Add-VMDvdDrive', more('Dvd')],
  ['Remove-VMDvdDrive', fewer],
  ['Add-VMScsiController', controllers(1)],
  ['Remove-VMScsiController', controllers(-1)],
];
