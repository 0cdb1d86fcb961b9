import type { ArgsOf } from '../../protocol/operation/index.ts';
import type { EchoNames } from './echo.ts';
import { quoted } from './quote.ts';

// Lines of the operations on drives and their controllers.

type DriveOperation =
  | 'vm.addDrive'
  | 'vm.setDrive'
  | 'vm.removeDrive'
  | 'vm.addScsiController'
  | 'vm.removeScsiController';

type Line<N extends DriveOperation> = (args: ArgsOf<N>, names: EchoNames) => string | null;

const on = (command: string, vm: string, names: EchoNames, words: readonly string[]) => {
  const found = names.vm(vm);
  const host = found === undefined ? undefined : names.host(found.host);
  if (found === undefined || host === undefined) return null;
  const all = [command, quoted(found.name), ...words, `-ComputerName ${quoted(host)}`];
  return all.filter(word => word !== '').join(' ');
};

interface Place {
  readonly controller?: 'IDE' | 'SCSI' | undefined;
  readonly number?: number | undefined;
  readonly location?: number | undefined;
}

/** A DVD drive is always on IDE: its cmdlets do not ask. */
const place = (
  { controller, number, location }: Place,
  type: 'HardDisk' | 'Dvd',
  before: '' | 'To' = '',
): readonly string[] => [
  controller === undefined || type === 'Dvd' ? '' : `-${before}ControllerType ${controller}`,
  number === undefined ? '' : `-${before}ControllerNumber ${number}`,
  location === undefined ? '' : `-${before}ControllerLocation ${location}`,
];

const NOUN = { HardDisk: 'VMHardDiskDrive', Dvd: 'VMDvdDrive' } as const;

export const DRIVE_ECHO: { readonly [N in DriveOperation]: Line<N> } = {
  'vm.addDrive': ({ vm, type, path, ...at }, names) =>
    on(`Add-${NOUN[type]}`, vm, names, [
      ...place(at, type),
      path === null ? '' : `-Path ${quoted(path)}`,
    ]),
  'vm.setDrive': ({ vm, drive, path, to }, names) => {
    const found = names.drive(drive);
    if (found === undefined) return null;
    return on(`Set-${NOUN[found.type]}`, vm, names, [
      ...place(found, found.type),
      path === undefined ? '' : `-Path ${path === null ? '$null' : quoted(path)}`,
      ...(to === undefined ? [] : place(to, found.type, 'To')),
    ]);
  },
  'vm.removeDrive': ({ vm, drive }, names) => {
    const found = names.drive(drive);
    if (found === undefined) return null;
    return on(`Remove-${NOUN[found.type]}`, vm, names, place(found, found.type));
  },
  'vm.addScsiController': ({ vm }, names) => on('Add-VMScsiController', vm, names, []),
  'vm.removeScsiController': ({ vm, number }, names) =>
    on('Remove-VMScsiController', vm, names, [`-ControllerNumber ${number}`]),
};
