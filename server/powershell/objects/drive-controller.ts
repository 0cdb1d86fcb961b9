import type { Id } from '../../protocol/id.ts';
import type { ShellLab } from '../engine/lab.ts';
import { byPlace, DVD_DRIVE, HARD_DISK_DRIVE } from './disk-drive.ts';
import { LabObject, type ObjectType } from './lab-object.ts';
import { OWN } from './vm-part.ts';

type Bus = 'IDE' | 'SCSI';

// Controllers are no records: a machine of generation 1 has two for IDE, and knows how many for SCSI.

const controller = (bus: Bus, number: number): ObjectType<'vm'> => ({
  types: [
    `Microsoft.HyperV.PowerShell.${bus === 'IDE' ? 'VMIdeController' : 'VMScsiController'}`,
    'Microsoft.HyperV.PowerShell.VMDriveController',
  ],
  kind: 'vm',
  text: ({ record }) =>
    `${bus === 'IDE' ? 'VMIdeController' : 'VMScsiController'} (VMName = '${record.name}')`,
  properties: [
    ['ControllerNumber', 'int', () => number],
    [
      'Drives',
      'Microsoft.HyperV.PowerShell.Drive[]',
      ({ record, lab }) =>
        lab
          .by('disk-drive', 'vm', record.id)
          .filter(drive => drive.controller === bus && drive.controllerNumber === number)
          .toSorted(byPlace)
          .map(
            drive => new LabObject(drive.type === 'Dvd' ? DVD_DRIVE : HARD_DISK_DRIVE, drive, lab),
          ),
    ],
    ['Name', 'string', () => (bus === 'IDE' ? `IDE Controller ${number}` : 'SCSI Controller')],
    ...OWN,
  ],
});

export const IDE_CONTROLLERS = [controller('IDE', 0), controller('IDE', 1)] as const;

/** Server 2012 has four at most. */
export const SCSI_CONTROLLERS = [
  controller('SCSI', 0),
  controller('SCSI', 1),
  controller('SCSI', 2),
  controller('SCSI', 3),
] as const;

export const driveControllers = (
  lab: ShellLab,
  vm: Id<'vm'>,
  bus: Bus,
): readonly LabObject<'vm'>[] => {
  const record = lab.get('vm', vm);
  if (record === undefined) return [];
  const types = bus === 'IDE' ? IDE_CONTROLLERS : SCSI_CONTROLLERS.slice(0, record.scsiControllers);
  return types.map(type => new LabObject(type, record, lab));
};
