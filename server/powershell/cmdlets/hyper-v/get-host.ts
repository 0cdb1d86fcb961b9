import type { Cmdlet } from '../../engine/cmdlet.ts';
import { VIRTUAL_HARD_DISK, VM_HOST } from '../../objects/host-objects.ts';
import { LabObject } from '../../objects/lab-object.ts';
import { textOf } from '../../value/text.ts';
import { hostsOf } from './hosts.ts';
import { absolute } from '../../value/path.ts';
import { invalidArgument } from './machines.ts';
import { refuses } from './refuses.ts';

export const getVmHost: Cmdlet = {
  name: 'Get-VMHost',
  synopsis: 'Shows the settings of a host.',
  examples: [{ line: 'Get-VMHost HV01, HV02 | Format-List *', about: 'Two hosts.' }],
  *process(call) {
    for (const host of yield* hostsOf(call))
      yield* call.shell.write(new LabObject(VM_HOST, host, call.shell.lab));
  },
};

export const getVhd: Cmdlet = {
  name: 'Get-VHD',
  synopsis: 'Shows a virtual hard disk.',
  examples: [{ line: 'Get-VMHardDiskDrive WEB01 | Get-VHD', about: 'The disks of a machine.' }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, ['VMId', 'Path', 'ComputerName'])) return;
    const ids = bound.values('VMId')?.map(id => `vm:${textOf(id).toLowerCase()}`);
    for (const host of yield* hostsOf(call)) {
      const disks = shell.lab.by('virtual-disk', 'host', host.id);
      for (const disk of disks)
        if (ids?.includes(disk.vm?.toLowerCase() ?? '') === true)
          yield* shell.write(new LabObject(VIRTUAL_HARD_DISK, disk, shell.lab));
      for (const written of bound.texts('Path') ?? []) {
        const path = absolute(written, shell.session.location);
        const disk = disks.find(one => one.path.toLowerCase() === path.toLowerCase());
        if (disk !== undefined)
          yield* shell.write(new LabObject(VIRTUAL_HARD_DISK, disk, shell.lab));
        else
          yield* shell.error(
            invalidArgument(call, `'${path}' is not an existing virtual hard disk file.`, path),
          );
      }
    }
  },
};
