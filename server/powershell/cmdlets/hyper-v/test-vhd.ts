import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { absolute } from '../../value/path.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { hostsOf } from './hosts.ts';
import { invalidArgument } from './machines.ts';

type Disk = RecordOf<'virtual-disk'>;

export const testVhd: Cmdlet = {
  name: 'Test-VHD',
  synopsis: 'Says whether a virtual hard disk and those it is based on fit together.',
  examples: [
    { line: 'Test-VHD C:\\VMs\\WEB01.vhdx', about: 'True, or an error that says why not.' },
  ],
  *process(call) {
    const { bound, shell } = call;
    for (const host of yield* hostsOf(call)) {
      const disks = shell.lab.by('virtual-disk', 'host', host.id);
      for (const written of bound.texts('Path') ?? []) {
        const path = absolute(written, shell.session.location);
        const pattern = new Wildcard(path);
        const found = disks.filter(one => pattern.matches(one.path));
        if (found.length === 0)
          yield* shell.error(
            invalidArgument(call, `'${path}' is not an existing virtual hard disk file.`, path),
          );
        for (const disk of found) {
          const mistake = brokenAt(call, disk);
          if (mistake === null) yield* shell.write(true);
          else yield* shell.error(invalidArgument(call, mistake, disk.path));
        }
      }
    }
  },
};

/** The sentences are those of the driver that would open the file. */
const brokenAt = ({ shell }: Call, disk: Disk): string | null => {
  for (let child = disk; child.parent !== null;) {
    const parent = shell.lab.get('virtual-disk', child.parent);
    if (parent === undefined)
      return `The chain of virtual hard disks is broken. The system cannot locate the parent virtual hard disk for the differencing disk. (0xC03A000D)`;
    if (parent.revision !== child.parentRevision)
      return `The chain of virtual hard disks is corrupted. There is a mismatch in the identifiers of the parent virtual hard disk and differencing disk. (0xC03A000E)`;
    if (parent.maximumSize !== child.maximumSize)
      return `The chain of virtual hard disks is corrupted. There is a mismatch in the virtual sizes of the parent virtual hard disk and differencing disk. (0xC03A0017)`;
    child = parent;
  }
  return null;
};
