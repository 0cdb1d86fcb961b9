import { hyperVEnum } from './enum-of.ts';
import type { ObjectType } from './lab-object.ts';
import { OWN } from './vm-part.ts';

// What the emulated board of a generation 1 machine has beside its drives.

export const VM_BIOS: ObjectType<'vm'> = {
  types: ['Microsoft.HyperV.PowerShell.VMBios'],
  kind: 'vm',
  text: ({ record }) => `VMBios (VMName = '${record.name}')`,
  properties: [
    // Nothing turns it on here.
    ['NumLockEnabled', 'bool', () => false],
    [
      'StartupOrder',
      'Microsoft.HyperV.PowerShell.BootDevice[]',
      ({ record }) => record.bootOrder.map(device => hyperVEnum('BootDevice', device)),
    ],
    ...OWN,
  ],
};

const comPort = (number: 1 | 2): ObjectType<'vm'> => ({
  types: ['Microsoft.HyperV.PowerShell.VMComPort'],
  kind: 'vm',
  text: ({ record }) => `VMComPort (Name = 'COM ${number}', VMName = '${record.name}')`,
  properties: [
    // The named pipe behind it; none is connected here.
    ['Path', 'string', () => ''],
    ['Name', 'string', () => `COM ${number}`],
    ...OWN,
  ],
});

export const COM_PORTS = [comPort(1), comPort(2)] as const;

export const FLOPPY_DRIVE: ObjectType<'vm'> = {
  types: [
    'Microsoft.HyperV.PowerShell.VMFloppyDiskDrive',
    'Microsoft.HyperV.PowerShell.RemovableDrive',
  ],
  kind: 'vm',
  text: ({ record }) => `VMFloppyDiskDrive (VMName = '${record.name}')`,
  properties: [
    // The virtual floppy disk in it; there are none here.
    ['Path', 'string', () => null],
    ['Name', 'string', () => 'Diskette Drive'],
    ...OWN,
  ],
};
