import type { Json } from '../../../base/json.ts';
import type { RecordOf } from '../../../protocol/record/index.ts';
import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { LabObject, recordIn } from '../../objects/lab-object.ts';
import { virtualMachine } from '../../objects/virtual-machine.ts';
import { VM_SNAPSHOT } from '../../objects/vm-snapshot.ts';
import { DateTime } from '../../value/date-time.ts';
import { formatDate } from '../../value/date-format.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { vmAction } from './act.ts';
import { invalidArgument, machinesOf } from './machines.ts';
import { refuses } from './refuses.ts';

type Vm = RecordOf<'vm'>;
type Snapshot = RecordOf<'vm-snapshot'>;

const bySeniority = (a: Snapshot, b: Snapshot): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** Of one machine, the oldest first. */
const of = ({ shell }: Call, vm: Vm): readonly Snapshot[] =>
  shell.lab.by('vm-snapshot', 'vm', vm.id).toSorted(bySeniority);

/** `WEB01 - (3/4/2013 - 8:00:02 AM)`: the name of one that nobody names. */
const defaultName = ({ shell: { lab } }: Call, vm: Vm): string => {
  const now = DateTime.fromUnix(lab.calendar(lab.now));
  return `${vm.name} - (${formatDate(now, 'M/d/yyyy - h:mm:ss tt')})`;
};

export const checkpointVm = vmAction({
  name: 'Checkpoint-VM',
  synopsis: 'Takes a snapshot of virtual machines.',
  examples: [
    { line: 'Checkpoint-VM SQL01 -SnapshotName BeforeUpdates', about: 'Also while it runs.' },
  ],
  *order(call, vm) {
    const name = call.bound.text('SnapshotName') ?? defaultName(call, vm);
    return { op: 'vm.takeSnapshot', args: { name } };
  },
});

export const getVmSnapshot: Cmdlet = {
  name: 'Get-VMSnapshot',
  synopsis: 'Lists the snapshots of virtual machines.',
  examples: [{ line: 'Get-VMSnapshot SQL01', about: 'All of a machine.' }],
  *process(call) {
    if (yield* refuses(call, ['VM', 'VMName', 'Name', 'ComputerName', 'SnapshotType', 'Id']))
      return;
    const { bound, shell } = call;
    const id = bound.text('Id')?.toLowerCase();
    const pattern = new Wildcard(bound.text('Name') ?? '*');
    const machines =
      id === undefined ? yield* machinesOf(call, bound.texts('VMName')) : shell.lab.all('vm');
    for (const vm of machines)
      for (const one of of(call, vm))
        if (id === undefined ? pattern.matches(one.name) : one.id.endsWith(id))
          yield* shell.write(new LabObject(VM_SNAPSHOT, one, shell.lab));
  },
};

/** The snapshots that are meant: objects, or names of those of machines. */
function* meant(call: Call): Steps<readonly Snapshot[]> {
  const { bound, shell } = call;
  const objects = bound.values('VMSnapshot');
  if (objects !== undefined) return objects.flatMap(one => recordIn(one, 'vm-snapshot') ?? []);
  const name = bound.text('Name');
  const found: Snapshot[] = [];
  for (const vm of yield* machinesOf(call, bound.texts('VMName'))) {
    const pattern = new Wildcard(name ?? '*');
    const there = of(call, vm).filter(one => pattern.matches(one.name));
    found.push(...there);
    if (there.length > 0 || name === undefined || /[*?[]/.test(name)) continue;
    const message = `Hyper-V was unable to find a snapshot with name "${name}" of virtual machine "${vm.name}".`;
    yield* shell.error(invalidArgument(call, message, name));
  }
  return found;
}

interface SnapshotAction {
  readonly name: string;
  readonly synopsis: string;
  readonly line: string;
  readonly known?: readonly string[];
  readonly op: string;
  readonly args?: (call: Call) => { readonly [name: string]: Json };
  /** What -Passthru writes: the snapshot, or its machine when it is gone. */
  readonly writes: 'snapshot' | 'machine';
}

const KNOWN = ['VMSnapshot', 'Name', 'VMName', 'VM', 'ComputerName'];

const onSnapshots = (action: SnapshotAction): Cmdlet => ({
  name: action.name,
  synopsis: action.synopsis,
  examples: [{ line: action.line, about: action.synopsis }],
  *process(call) {
    const { bound, shell } = call;
    if (yield* refuses(call, [...KNOWN, ...(action.known ?? [])])) return;
    for (const snapshot of yield* meant(call)) {
      // One that went with another one of the same line.
      if (shell.lab.get('vm-snapshot', snapshot.id) === undefined) continue;
      if (!(yield* shell.should(snapshot.name, action.name))) continue;
      const args = { vm: snapshot.vm, snapshot: snapshot.id, ...action.args?.(call) };
      const object = new LabObject(VM_SNAPSHOT, snapshot, shell.lab);
      if (!(yield* shell.finish(action.op, args, object)) || !bound.flag('Passthru')) continue;
      const vm = shell.lab.get('vm', snapshot.vm);
      if (action.writes === 'snapshot') yield* shell.write(object);
      else if (vm !== undefined) yield* shell.write(virtualMachine(vm, shell.lab));
    }
  },
});

export const restoreVmSnapshot = onSnapshots({
  name: 'Restore-VMSnapshot',
  synopsis: 'Makes a virtual machine what it was when a snapshot was taken.',
  line: 'Restore-VMSnapshot -VMName SQL01 -Name BeforeUpdates -Confirm:$false',
  op: 'vm.applySnapshot',
  writes: 'snapshot',
});

export const removeVmSnapshot = onSnapshots({
  name: 'Remove-VMSnapshot',
  synopsis: 'Deletes snapshots; their disks are merged.',
  line: 'Remove-VMSnapshot SQL01 -Name BeforeUpdates -IncludeAllChildSnapshots',
  known: ['IncludeAllChildSnapshots'],
  op: 'vm.deleteSnapshot',
  args: ({ bound }) => ({ subtree: bound.flag('IncludeAllChildSnapshots') }),
  writes: 'machine',
});

export const renameVmSnapshot = onSnapshots({
  name: 'Rename-VMSnapshot',
  synopsis: 'Gives snapshots another name.',
  line: 'Rename-VMSnapshot -VMName SQL01 -Name BeforeUpdates -NewName Clean',
  known: ['NewName'],
  op: 'vm.renameSnapshot',
  args: ({ bound }) => ({ name: bound.text('NewName') ?? '' }),
  writes: 'snapshot',
});
