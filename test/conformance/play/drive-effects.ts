import { textOf } from '../../../server/powershell/value/text.ts';
import type { Effect } from './effect.ts';
import { machinesOf, ofKind, partsOf, type Rec, type Records } from './records.ts';
import type { Ran } from './watched-shell.ts';

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

export const isAt = (drive: Rec, values: ReadonlyMap<string, unknown>): boolean =>
  (
    [
      ['ControllerNumber', 'controllerNumber'],
      ['ControllerLocation', 'location'],
    ] as const
  ).every(([parameter, field]) => {
    const value = values.get(parameter);
    return typeof value !== 'number' || value === drive[field];
  });

const diskIn = (ran: Ran, records: Records): Rec | undefined => {
  const path = textOf(ran.values.get('Path') ?? null)
    .replace(/^\.\\/, '')
    .toLowerCase();
  return ofKind(records, 'virtual-disk').find(
    one => path !== '' && String(one['path']).toLowerCase().endsWith(path),
  );
};

const attached: Effect = ({ ran, before, after }) =>
  ran.values.has('Path')
    ? machinesOf(ran, before).map(vm => ({
        what: `disk of ${String(vm['name'])}`,
        wanted: vm.id,
        is: diskIn(ran, after)?.['vm'],
      }))
    : [];

/** Another disk is where the drive was. */
const exchanged: Effect = ({ ran, before, after }) =>
  ran.values.has('Path')
    ? partsOf(ran, 'disk-drive', before)
        .filter(drive => drive['type'] === 'HardDisk' && isAt(drive, ran.values))
        .map(drive => ({
          what: `machine of the disk in ${drive.id}`,
          wanted: drive['vm'],
          is: diskIn(ran, after)?.['vm'],
        }))
    : [];

/** Where a drive was moved to, there is one of its machine. */
const moved: Effect = ({ ran, before, after }) => {
  const place = (
    [
      ['ToControllerType', 'controller'],
      ['ToControllerNumber', 'controllerNumber'],
      ['ToControllerLocation', 'location'],
    ] as const
  ).filter(([parameter]) => ran.values.has(parameter));
  if (place.length === 0) return [];
  return partsOf(ran, 'disk-drive', before)
    .filter(drive => isAt(drive, ran.values))
    .map(drive => ({
      what: `where ${drive.id} went`,
      wanted: true,
      is: drivesOf(after, { id: String(drive['vm']) }).some(
        one =>
          !before.has(one.id) &&
          place.every(
            ([parameter, field]) =>
              textOf(ran.values.get(parameter) ?? null) === String(one[field]),
          ),
      ),
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
  ['Set-VMHardDiskDrive', both(exchanged, moved)],
  ['Remove-VMHardDiskDrive', fewer],
  ['Add-VMDvdDrive', more('Dvd')],
  ['Remove-VMDvdDrive', fewer],
  ['Add-VMScsiController', controllers(1)],
  ['Remove-VMScsiController', controllers(-1)],
];
