import type { ArgsOf } from '../../protocol/operation/index.ts';
import type { EchoNames } from './echo.ts';
import { quoted } from './quote.ts';

// Lines of the operations on snapshots.

type SnapshotOperation =
  | 'vm.takeSnapshot'
  | 'vm.applySnapshot'
  | 'vm.deleteSnapshot'
  | 'vm.renameSnapshot';

type Line<N extends SnapshotOperation> = (args: ArgsOf<N>, names: EchoNames) => string | null;

const hostOf = (vm: string, names: EchoNames) => {
  const found = names.vm(vm);
  const host = found === undefined ? undefined : names.host(found.host);
  return found === undefined || host === undefined ? undefined : { vm: found.name, host };
};

const on = (
  command: string,
  { vm, snapshot }: { readonly vm: string; readonly snapshot: string },
  names: EchoNames,
  more: string,
): string | null => {
  const found = hostOf(vm, names);
  const name = names.snapshot(snapshot);
  if (found === undefined || name === undefined) return null;
  const words = `${command} -VMName ${quoted(found.vm)} -Name ${quoted(name)}`;
  return `${words}${more} -ComputerName ${quoted(found.host)}`;
};

export const SNAPSHOT_ECHO: { readonly [N in SnapshotOperation]: Line<N> } = {
  'vm.takeSnapshot': ({ vm, name }, names) => {
    const found = hostOf(vm, names);
    return found === undefined
      ? null
      : `Checkpoint-VM ${quoted(found.vm)} -SnapshotName ${quoted(name)} -ComputerName ${quoted(found.host)}`;
  },
  'vm.applySnapshot': (args, names) => on('Restore-VMSnapshot', args, names, ' -Confirm:$false'),
  'vm.deleteSnapshot': (args, names) =>
    on('Remove-VMSnapshot', args, names, args.subtree ? ' -IncludeAllChildSnapshots' : ''),
  'vm.renameSnapshot': (args, names) =>
    on('Rename-VMSnapshot', args, names, ` -NewName ${quoted(args.name)}`),
};
