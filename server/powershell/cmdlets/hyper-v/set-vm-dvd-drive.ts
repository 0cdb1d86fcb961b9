import type { Cmdlet } from '../../engine/cmdlet.ts';
import { diskDrives } from '../../objects/disk-drive.ts';
import { recordIn } from '../../objects/lab-object.ts';
import { invalidArgument, machinesOf } from './machines.ts';

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
    const path = bound.text('Path') ?? '';
    for (const vm of machines) {
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
