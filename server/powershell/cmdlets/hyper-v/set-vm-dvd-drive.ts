import type { Id } from '../../../protocol/id.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { diskDrives } from '../../objects/disk-drive.ts';
import { recordIn } from '../../objects/lab-object.ts';
import { absolute } from '../../value/path.ts';
import { invalidArgument, machinesOf } from './machines.ts';
import { refuses } from './refuses.ts';

const KNOWN =
  'VMName VMDvdDrive ComputerName Path ControllerNumber ControllerLocation AllowUnverifiedPaths'.split(
    ' ',
  );

/** Where -ControllerNumber and -ControllerLocation point, as far as they are given. */
const hasDriveAt = ({ bound, shell }: Call, vm: Id<'vm'>): boolean => {
  const [number, location] = [bound.number('ControllerNumber'), bound.number('ControllerLocation')];
  return shell.lab
    .by('disk-drive', 'vm', vm)
    .some(
      one =>
        one.type === 'Dvd' &&
        (number === undefined || one.controllerNumber === number) &&
        (location === undefined || one.location === location),
    );
};

export const setVmDvdDrive: Cmdlet = {
  name: 'Set-VMDvdDrive',
  synopsis: 'Puts an ISO into the DVD drive of a virtual machine, or takes it out.',
  examples: [
    { line: 'Set-VMDvdDrive WEB01 -Path C:\\ISO\\ws2012.iso', about: 'Inserted.' },
    { line: 'Set-VMDvdDrive WEB01 -Path $null', about: 'Taken out.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    const drives = bound.values('VMDvdDrive')?.flatMap(one => recordIn(one, 'disk-drive') ?? []);
    const machines =
      drives === undefined
        ? yield* machinesOf(call, bound.texts('VMName') ?? [])
        : drives.flatMap(({ vm }) => shell.lab.get('vm', vm) ?? []);
    if (yield* refuses(call, KNOWN)) return;
    const path = absolute(bound.text('Path') ?? '', shell.session.location);
    for (const vm of machines) {
      if (drives === undefined && !hasDriveAt(call, vm.id)) {
        const message = `Hyper-V was unable to find a DVD drive at that place of ${vm.name}.`;
        yield* shell.error(invalidArgument(call, message, vm.name));
        continue;
      }
      const image = shell.lab
        .by('library-image', 'host', vm.host)
        .find(one => one.type === 'Iso' && one.path.toLowerCase() === path.toLowerCase());
      if (path !== '' && image === undefined) {
        yield* shell.error(
          invalidArgument(
            call,
            `The file '${path}' was not found on the host of ${vm.name}.`,
            path,
          ),
        );
        continue;
      }
      const args = { vm: vm.id, image: image?.id ?? null };
      const done = yield* shell.finish('vm.setDvd', args, vm.name);
      if (!done || !bound.flag('Passthru')) continue;
      for (const drive of diskDrives(shell.lab, vm.id, 'Dvd')) yield* shell.write(drive);
    }
  },
};
