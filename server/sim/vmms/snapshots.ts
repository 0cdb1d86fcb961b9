import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { SnapshotId } from '../../protocol/id.ts';
import type { ArgsOf, Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { SavedState } from '../../protocol/record/vm.ts';
import type { Turn } from '../engine/turn.ts';
import { giveSpace, takeSpace } from '../storage/volume.ts';
import { captureState } from '../vmwp/saved-state.ts';
import { CONFIGURATION_SIZE, DEVICE_STATE_SIZE, savedStateOf } from '../vmwp/vm-file.ts';
import { newGuid } from './guid.ts';
import { CODE, invalidState, notFound } from './refusal.ts';
import { branchDisks, drivesNow, dropBranches, mergeChild, nextMerge } from './snapshot-disks.ts';
import { mergeDisks } from './snapshot-merge.ts';
import { mayChange } from './vm-state.ts';

// Snapshots of a virtual machine, as Server 2012 calls them: a tree, with what the machine is now
// below the one that was taken or applied last.

type Vm = RecordOf<'vm'>;
type Snapshot = RecordOf<'vm-snapshot'>;
type Done = Result<null, Refusal>;

const DONE = ok(null);

/** MS Learn, Hyper-V scalability in Windows Server 2012. */
export const SNAPSHOTS_OF_A_VM = 50;

/** What a snapshot keeps of a configuration. */
const KEPT = [
  'processorCount',
  'cpuReserve',
  'cpuLimit',
  'cpuWeight',
  'memoryStartup',
  'notes',
  'automaticStartAction',
  'automaticStartDelay',
  'automaticStopAction',
  'bootOrder',
  'scsiControllers',
] as const;

export function snapshotsOf(turn: Turn, vm: Vm): readonly Snapshot[] {
  return turn.where('vm-snapshot', 'vm', vm.id);
}

export function checkTake(turn: Turn, vm: Vm): Done {
  if (!mayChange(vm.state, 'takeSnapshot')) return invalidState(vm, 'takeSnapshot');
  if (snapshotsOf(turn, vm).length < SNAPSHOTS_OF_A_VM) return DONE;
  return fail({
    kind: 'QuotaReached',
    code: CODE.failed,
    message: `The maximum number of snapshots (${SNAPSHOTS_OF_A_VM}) for virtual machine '${vm.name}' has been reached.`,
    data: { vm: vm.id },
  });
}

/** Everything of it in one moment: files, state of a machine that stands, branches of its disks. */
export function recordSnapshot(turn: Turn, vm: Vm, name: string): Done {
  const content = contentNow(turn, vm);
  if (!content.ok) return content;
  const hasMemory = Object.keys(content.value).length > 0;
  const guid = newGuid(turn, vm.host);
  const id: SnapshotId = `vm-snapshot:${guid}`;
  const { virtualMachinePath } = turn.must('host', vm.host);
  const path = `${virtualMachinePath}\\Snapshots\\${guid.toUpperCase()}.xml`;
  const size = CONFIGURATION_SIZE + (hasMemory ? vm.memoryStartup + DEVICE_STATE_SIZE : 0);
  const taken = takeSpace(turn, vm.host, { path, bytes: size });
  if (!taken.ok) return taken;
  const drives = drivesNow(turn, vm.id);
  const branched = branchDisks(turn, vm, id);
  if (!branched.ok) {
    giveSpace(turn, vm.host, { path, bytes: size });
    return branched;
  }
  turn.insert('vm-snapshot', id, {
    host: vm.host,
    vm: vm.id,
    name,
    parent: standOn(turn, vm, null)?.id ?? null,
    current: true,
    createdAt: turn.now,
    state: hasMemory ? 'Saved' : 'Off',
    path,
    size,
    configuration: Object.fromEntries(KEPT.map(field => [field, vm[field]])),
    drives,
    content: content.value,
  });
  return DONE;
}

/** Moves `Now` below another snapshot, or none; answers where it stood. */
export function standOn(turn: Turn, vm: Vm, snapshot: SnapshotId | null): Snapshot | undefined {
  const before = snapshotsOf(turn, vm).find(({ current }) => current);
  if (before !== undefined) turn.patch('vm-snapshot', before.id, { current: false });
  if (snapshot !== null) turn.patch('vm-snapshot', snapshot, { current: true });
  return before;
}

function contentNow(turn: Turn, vm: Vm): Result<SavedState, Refusal> {
  if (vm.state === 'Running') return captureState(turn, vm.id);
  return ok(vm.state === 'Saved' ? (savedStateOf(turn, vm.id) ?? {}) : {});
}

/** The configuration that a snapshot kept, of those fields that a machine has. */
export function keptConfiguration(snapshot: Snapshot): Partial<Vm> {
  return snapshot.configuration as Partial<Vm>;
}

export function renameSnapshot(turn: Turn, vm: Vm, args: ArgsOf<'vm.renameSnapshot'>): Done {
  const snapshot = turn.get('vm-snapshot', args.snapshot);
  if (snapshot?.vm !== vm.id) return notFound(args.snapshot);
  turn.patch('vm-snapshot', snapshot.id, { name: args.name });
  return DONE;
}

/** Its record and files go at once, and what is below it moves up; its disks are merged behind. */
export function deleteSnapshot(turn: Turn, vm: Vm, args: ArgsOf<'vm.deleteSnapshot'>): Done {
  if (!mayChange(vm.state, 'deleteSnapshot')) return invalidState(vm, 'deleteSnapshot');
  const snapshot = turn.get('vm-snapshot', args.snapshot);
  if (snapshot?.vm !== vm.id) return notFound(args.snapshot);
  const gone = args.subtree ? [snapshot, ...below(turn, snapshot)] : [snapshot];
  for (const one of gone) remove(turn, vm, one);
  mergeDisks(turn, vm);
  return DONE;
}

/** All that were taken from it, and from those. */
function below(turn: Turn, snapshot: Snapshot): Snapshot[] {
  const children = turn
    .where('vm-snapshot', 'vm', snapshot.vm)
    .filter(({ parent }) => parent === snapshot.id);
  return children.flatMap(child => [child, ...below(turn, child)]);
}

function remove(turn: Turn, vm: Vm, { id, host, path, size, parent, current }: Snapshot): void {
  for (const child of turn.where('vm-snapshot', 'vm', vm.id)) {
    if (child.parent === id) turn.patch('vm-snapshot', child.id, { parent });
  }
  if (current && parent !== null) turn.patch('vm-snapshot', parent, { current: true });
  giveSpace(turn, host, { path, bytes: size });
  turn.remove('vm-snapshot', id);
}

/** Of a machine that is deleted: its disks stay, merged at once so that nobody has to wait (chosen). */
export function forgetSnapshots(turn: Turn, vm: Vm): void {
  for (const snapshot of snapshotsOf(turn, vm)) remove(turn, vm, snapshot);
  dropBranches(turn, vm);
  for (let child = nextMerge(turn, vm); child !== null; child = nextMerge(turn, vm)) {
    if (!mergeChild(turn, vm.id, child).ok) break;
  }
  for (const disk of turn.where('virtual-disk', 'host', vm.host)) {
    if (disk.vm === vm.id) turn.patch('virtual-disk', disk.id, { vm: null });
  }
}
